package org.ampay.app;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.HexFormat;
import org.ampay.base.Digests;

/** The name under which a process holds leases: the same after a restart on the same folder. */
final class NodeName {

  private NodeName() {}

  static String of(Path data) {
    String host;
    try {
      host = InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      host = "localhost"; // a machine without a name is alone
    }
    byte[] hash = Digests.key16(host, data.toAbsolutePath().normalize());
    String shortHost = host.length() <= 30 ? host : host.substring(0, 30);
    return shortHost + "-" + HexFormat.of().formatHex(hash, 0, 6);
  }
}
