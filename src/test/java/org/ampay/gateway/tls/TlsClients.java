package org.ampay.gateway.tls;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.ampay.station.certs.TestAuthority;
import org.jspecify.annotations.Nullable;

/** Sockets of stations that trust one authority. */
public final class TlsClients {

  private static final int WAIT_MILLIS = 10_000;

  private final SSLContext context;

  /**
   * @param own the station's certificate; null: none
   */
  public TlsClients(X509Certificate root, TestAuthority.@Nullable Issued own) {
    try {
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      trusted.setCertificateEntry("root", root);
      TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
      trust.init(trusted);
      context = SSLContext.getInstance("TLS");
      context.init(
          own == null ? null : new KeyManager[] {new AlwaysShown(own)},
          trust.getTrustManagers(),
          null);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  public SSLContext context() {
    return context;
  }

  /** A connected socket before its handshake. */
  public SSLSocket socket(InetSocketAddress server, String... protocols) throws IOException {
    SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket();
    socket.connect(server, WAIT_MILLIS);
    socket.setSoTimeout(WAIT_MILLIS);
    if (protocols.length > 0) {
      socket.setEnabledProtocols(protocols);
    }
    return socket;
  }
}
