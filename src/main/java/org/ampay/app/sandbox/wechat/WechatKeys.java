package org.ampay.app.sandbox.wechat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Date;
import java.util.Locale;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Keys of a merchant and of WeChat, made at the start and known to nobody else. */
final class WechatKeys {

  private static final int DAYS = 3_650;

  private final SecureRandom random;
  private final KeyPair merchant;
  private final KeyPair platform;
  private final PrivateKey foreign;
  private final BigInteger platformSerial;
  private final String platformCertificate;
  final String merchantSerial;
  final String publicKeyId;
  final String apiV3Key;
  final String apiV2Key;

  WechatKeys(SecureRandom random, Instant now) {
    this.random = random;
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048, random);
      this.merchant = generator.generateKeyPair();
      this.platform = generator.generateKeyPair();
      this.foreign = generator.generateKeyPair().getPrivate();
      this.platformSerial = new BigInteger(159, random).setBit(158);
      this.platformCertificate = certificate(now);
    } catch (GeneralSecurityException | OperatorCreationException e) {
      throw new IllegalStateException("keys cannot be made", e);
    }
    this.merchantSerial = hex(new BigInteger(159, random).setBit(158));
    this.publicKeyId = "PUB_KEY_ID_" + new BigInteger(80, random);
    this.apiV3Key = letters(32);
    this.apiV2Key = letters(32);
  }

  private String certificate(Instant now)
      throws OperatorCreationException, GeneralSecurityException {
    X500Principal name = new X500Principal("CN=Tenpay.com sandbox");
    var holder =
        new JcaX509v3CertificateBuilder(
                name,
                platformSerial,
                Date.from(now.minus(1, ChronoUnit.DAYS)),
                Date.from(now.plus(DAYS, ChronoUnit.DAYS)),
                name,
                platform.getPublic())
            .build(new JcaContentSignerBuilder("SHA256withRSA").build(platform.getPrivate()));
    try {
      return pem("CERTIFICATE", holder.getEncoded());
    } catch (java.io.IOException e) {
      throw new GeneralSecurityException(e);
    }
  }

  private static String hex(BigInteger serial) {
    return serial.toString(16).toUpperCase(Locale.ROOT);
  }

  /** Letters and digits at random: ids, nonces, keys. */
  String letters(int length) {
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }

  String merchantPrivateKey() {
    return pem("PRIVATE KEY", merchant.getPrivate());
  }

  String platformPublicKey() {
    return pem("PUBLIC KEY", platform.getPublic());
  }

  String platformCertificate() {
    return platformCertificate;
  }

  String platformSerial() {
    return hex(platformSerial);
  }

  private static String pem(String what, Key key) {
    return pem(what, key.getEncoded());
  }

  private static String pem(String what, byte[] der) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(what, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der), what);
  }

  /** WeChat's signature of a text. */
  String sign(String text) {
    return sign(text, platform.getPrivate());
  }

  /** A signature of the right form by a key that is nobody's. */
  String forge(String text) {
    return sign(text, foreign);
  }

  private static String sign(String text, PrivateKey key) {
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(key);
      signature.update(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("RSA is in every Java", e);
    }
  }

  /** Whether the merchant signed a text. */
  boolean isMerchants(String text, String signature) {
    try {
      Signature check = Signature.getInstance("SHA256withRSA");
      check.initVerify(merchant.getPublic());
      check.update(text.getBytes(StandardCharsets.UTF_8));
      return check.verify(Base64.getDecoder().decode(signature));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return false;
    }
  }

  /** AES-256-GCM by the API v3 key, in Base64. */
  String encrypt(String associated, String nonce, String text) {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(
          Cipher.ENCRYPT_MODE,
          new SecretKeySpec(apiV3Key.getBytes(StandardCharsets.UTF_8), "AES"),
          new GCMParameterSpec(128, nonce.getBytes(StandardCharsets.UTF_8)));
      cipher.updateAAD(associated.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder()
          .encodeToString(cipher.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM is in every Java", e);
    }
  }

  /** What {@link #encrypt} hid. */
  String decrypt(String associated, String nonce, String text) {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(
          Cipher.DECRYPT_MODE,
          new SecretKeySpec(apiV3Key.getBytes(StandardCharsets.UTF_8), "AES"),
          new GCMParameterSpec(128, nonce.getBytes(StandardCharsets.UTF_8)));
      cipher.updateAAD(associated.getBytes(StandardCharsets.UTF_8));
      return new String(cipher.doFinal(Base64.getDecoder().decode(text)), StandardCharsets.UTF_8);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("not encrypted by this key", e);
    }
  }
}
