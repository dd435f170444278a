package org.ampay.gateway.tls;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import org.ampay.station.certs.ClientChains;
import org.ampay.station.certs.PemCertificates;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;

/**
 * A certificate of ours with its private key.
 *
 * @param chain our own certificate first
 */
record ServerKey(List<X509Certificate> chain, PrivateKey key) {

  private static final byte[] PROBE = {1, 2, 3};

  ServerKey {
    chain = List.copyOf(chain);
  }

  X509Certificate certificate() {
    return chain.getFirst();
  }

  /** {@code EC} or {@code RSA}. */
  String algorithm() {
    return certificate().getPublicKey().getAlgorithm();
  }

  /** Never shows the key. */
  @Override
  public String toString() {
    return "ServerKey[" + certificate().getSubjectX500Principal() + "]";
  }

  /**
   * Reads PEM text: PKCS#8, PKCS#1 or SEC1 keys.
   *
   * @param name of the certificate's file, for messages
   * @param algorithm that it must have
   * @throws TlsException when it cannot be read, does not belong together or is too weak
   */
  static ServerKey read(String name, byte[] certificates, byte[] privateKey, String algorithm) {
    try {
      List<X509Certificate> chain = PemCertificates.read(certificates);
      ServerKey read =
          new ServerKey(
              chain, key(new String(privateKey, StandardCharsets.ISO_8859_1), chain.getFirst()));
      if (!read.algorithm().equals(algorithm)) {
        throw new TlsException(
            name + " has a key of " + read.algorithm() + ", not of " + algorithm);
      }
      ClientChains.checkStrength(read.certificate());
      read.checkPair();
      return read;
    } catch (IOException | CertificateException e) {
      throw new TlsException(name + " or its key: " + e.getMessage(), e);
    }
  }

  private static PrivateKey key(String pem, X509Certificate certificate) throws IOException {
    try (PEMParser parser = new PEMParser(new StringReader(pem))) {
      for (Object part = parser.readObject(); part != null; part = parser.readObject()) {
        switch (part) {
          case PrivateKeyInfo pkcs8 -> {
            return new JcaPEMKeyConverter().getPrivateKey(pkcs8);
          }
          case PEMKeyPair pair -> {
            return new JcaPEMKeyConverter().getPrivateKey(complete(pair, certificate));
          }
          default -> {} // parameters of the curve stand before an EC key
        }
      }
    }
    throw new IOException("there is no unencrypted private key in it");
  }

  /** A SEC1 key may leave its curve to the certificate. */
  private static PrivateKeyInfo complete(PEMKeyPair pair, X509Certificate certificate)
      throws IOException {
    SubjectPublicKeyInfo key =
        SubjectPublicKeyInfo.getInstance(certificate.getPublicKey().getEncoded());
    return new PrivateKeyInfo(key.getAlgorithm(), pair.getPrivateKeyInfo().parsePrivateKey());
  }

  private void checkPair() {
    try {
      String algorithm = algorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA";
      Signature signer = Signature.getInstance(algorithm);
      signer.initSign(key);
      signer.update(PROBE);
      byte[] signature = signer.sign();
      signer.initVerify(certificate().getPublicKey());
      signer.update(PROBE);
      if (!signer.verify(signature)) {
        throw new TlsException("the private key is not that of " + this);
      }
    } catch (GeneralSecurityException e) {
      throw new TlsException("the private key is not that of " + this, e);
    }
  }
}
