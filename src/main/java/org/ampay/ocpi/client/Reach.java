package org.ampay.ocpi.client;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.Set;

/**
 * Where we call. Partners tell us their addresses: none of them may lead into our own network, and
 * their tokens go through TLS only; unless partners inside are allowed.
 *
 * @param inside whether addresses inside our own network, and http, may be used
 */
public record Reach(boolean inside) {

  /** Why an address is never called; empty: it may be, though nobody may be there. */
  public Optional<String> objection(URI url) {
    try {
      check(url);
      return Optional.empty();
    } catch (UnknownHostException e) {
      return Optional.of("its host is not known");
    } catch (IllegalArgumentException e) {
      return Optional.ofNullable(e.getMessage());
    }
  }

  /**
   * @throws IllegalArgumentException saying why the address is not called
   */
  void check(URI url) throws UnknownHostException {
    String host = url.getHost();
    String scheme = String.valueOf(url.getScheme());
    if (host == null || !Set.of("http", "https").contains(scheme)) {
      throw new IllegalArgumentException("no http address");
    }
    if (inside) {
      return;
    }
    if (!scheme.equals("https")) {
      throw new IllegalArgumentException("partners are called by https only");
    }
    for (InetAddress address : InetAddress.getAllByName(host)) {
      if (isInside(address)) {
        throw new IllegalArgumentException("the address is inside our own network");
      }
    }
  }

  static boolean isInside(InetAddress address) {
    byte[] bytes = address.getAddress();
    boolean uniqueLocal = bytes.length == 16 && (bytes[0] & 0xfe) == 0xfc; // fc00::/7
    boolean shared = bytes.length == 4 && bytes[0] == 100 && (bytes[1] & 0xc0) == 64; // 100.64/10
    return uniqueLocal
        || shared
        || address.isLoopbackAddress()
        || address.isSiteLocalAddress()
        || address.isLinkLocalAddress()
        || address.isAnyLocalAddress()
        || address.isMulticastAddress();
  }
}
