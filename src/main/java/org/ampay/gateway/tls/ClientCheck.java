package org.ampay.gateway.tls;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.ampay.base.TimeSource;
import org.ampay.station.certs.ClientChains;
import org.ampay.station.certs.ClientTrust;
import org.jspecify.annotations.Nullable;

/**
 * Checks client certificates in the handshake, so that a station learns by a TLS alert what is
 * wrong. Whose certificate it is, is judged later, when the station has said its name.
 */
final class ClientCheck extends X509ExtendedTrustManager {

  private final ClientTrust trust;
  private final TimeSource time;

  ClientCheck(ClientTrust trust, TimeSource time) {
    this.trust = trust;
    this.time = time;
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    ClientChains.issuer(List.of(chain), trust.roots(), time.now());
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, @Nullable Socket socket)
      throws CertificateException {
    checkClientTrusted(chain, authType);
  }

  @Override
  public void checkClientTrusted(
      X509Certificate[] chain, String authType, @Nullable SSLEngine engine)
      throws CertificateException {
    checkClientTrusted(chain, authType);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw new CertificateException("we are the server");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, @Nullable Socket socket)
      throws CertificateException {
    checkServerTrusted(chain, authType);
  }

  @Override
  public void checkServerTrusted(
      X509Certificate[] chain, String authType, @Nullable SSLEngine engine)
      throws CertificateException {
    checkServerTrusted(chain, authType);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return trust.roots().toArray(new X509Certificate[0]);
  }
}
