package org.ampay.gateway.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Map;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Offers the certificate whose kind of key the handshake asks for: so an ECDSA and an RSA
 * certificate serve at the same time, and the client's cipher suites and signature schemes choose
 * (A00.FR.318).
 */
final class ServerKeyChoice extends X509ExtendedKeyManager {

  private final Map<String, ServerKey> keys;

  /**
   * @param keys by algorithm
   */
  ServerKeyChoice(Map<String, ServerKey> keys) {
    this.keys = Map.copyOf(keys);
  }

  @Override
  public @Nullable String chooseEngineServerAlias(
      String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
    return keys.containsKey(keyType) ? keyType : null;
  }

  @Override
  public @Nullable String chooseServerAlias(
      String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return chooseEngineServerAlias(keyType, issuers, null);
  }

  @Override
  public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
    return keys.containsKey(keyType) ? new String[] {keyType} : null;
  }

  @Override
  public X509Certificate @Nullable [] getCertificateChain(@Nullable String alias) {
    ServerKey key = alias == null ? null : keys.get(alias);
    return key == null ? null : key.chain().toArray(new X509Certificate[0]);
  }

  @Override
  public @Nullable PrivateKey getPrivateKey(@Nullable String alias) {
    ServerKey key = alias == null ? null : keys.get(alias);
    return key == null ? null : key.key();
  }

  @Override
  public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
    return null; // we are the server
  }

  @Override
  public @Nullable String chooseClientAlias(
      String @Nullable [] keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return null;
  }
}
