package org.ampay.app.sandbox.wechat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.Locale;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.ampay.app.sandbox.SandboxWire;

/** Keys of the merchants and of WeChat, made at the start and known to nobody else. */
final class WechatKeys {

  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

  /** For what nobody need find again: nonces. */
  private final SecureRandom random = new SecureRandom();

  private final KeyPair merchant;
  private final KeyPair platform;
  private final PrivateKey foreign;
  private final PlatformCertificate certificate;
  final String merchantSerial;
  final String publicKeyId;
  final String apiV3Key;
  final String apiV2Key;

  WechatKeys(SandboxWire.Secrets secrets) {
    this.merchant = pair(secrets, "wechat-merchant");
    this.platform = pair(secrets, "wechat-platform");
    this.foreign = pair(secrets, "wechat-foreign").getPrivate();
    this.certificate =
        PlatformCertificate.of(
            secrets.kept("wechat-certificate", () -> PlatformCertificate.make(platform, random)));
    this.merchantSerial = text(secrets, "wechat-serial", this::serial);
    this.publicKeyId =
        text(secrets, "wechat-public-key-id", () -> "PUB_KEY_ID_" + new BigInteger(80, random));
    this.apiV3Key = text(secrets, "wechat-v3", () -> letters(32));
    this.apiV2Key = text(secrets, "wechat-v2", () -> letters(32));
  }

  private static KeyPair pair(SandboxWire.Secrets secrets, String name) {
    try {
      byte[] kept = secrets.kept(name, WechatKeys::made);
      KeyFactory factory = KeyFactory.getInstance("RSA");
      RSAPrivateCrtKey key =
          (RSAPrivateCrtKey) factory.generatePrivate(new PKCS8EncodedKeySpec(kept));
      return new KeyPair(
          factory.generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent())),
          key);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a key that was kept cannot be read", e);
    }
  }

  private static byte[] made() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair().getPrivate().getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("RSA is in every Java", e);
    }
  }

  private static String text(
      SandboxWire.Secrets secrets, String name, java.util.function.Supplier<String> make) {
    return new String(
        secrets.kept(name, () -> make.get().getBytes(StandardCharsets.UTF_8)),
        StandardCharsets.UTF_8);
  }

  private String serial() {
    return new BigInteger(159, random).setBit(158).toString(16).toUpperCase(Locale.ROOT);
  }

  /** Letters and digits that nobody need find again. */
  String letters(int length) {
    return letters(length, random);
  }

  static String letters(int length, java.util.random.RandomGenerator random) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return text.toString();
  }

  String merchantPrivateKey() {
    return Pem.of("PRIVATE KEY", merchant.getPrivate().getEncoded());
  }

  String platformPublicKey() {
    return Pem.of("PUBLIC KEY", platform.getPublic().getEncoded());
  }

  String platformCertificate() {
    return certificate.pem();
  }

  String platformSerial() {
    return certificate.serial();
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
      byte[] secret =
          cipher(Cipher.ENCRYPT_MODE, associated, nonce)
              .doFinal(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(secret);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM is in every Java", e);
    }
  }

  /** What {@link #encrypt} hid. */
  String decrypt(String associated, String nonce, String text) {
    try {
      return new String(
          cipher(Cipher.DECRYPT_MODE, associated, nonce).doFinal(Base64.getDecoder().decode(text)),
          StandardCharsets.UTF_8);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("not encrypted by this key", e);
    }
  }

  private Cipher cipher(int mode, String associated, String nonce) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(
        mode,
        new SecretKeySpec(apiV3Key.getBytes(StandardCharsets.UTF_8), "AES"),
        new GCMParameterSpec(128, nonce.getBytes(StandardCharsets.UTF_8)));
    cipher.updateAAD(associated.getBytes(StandardCharsets.UTF_8));
    return cipher;
  }
}
