package org.ampay.payment.provider.alipay;

import java.net.URI;
import java.net.URISyntaxException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAKey;
import java.security.spec.EncodedKeySpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.ampay.payment.provider.AccountSettings;
import org.ampay.payment.provider.SettingException;
import org.ampay.payment.provider.SettingField;

/**
 * A merchant's settings, as Alipay's open platform names them.
 *
 * @param sellerId the merchant's PID, 2088...
 * @param privateKey of the application, Base64 of PKCS#8
 * @param alipayPublicKey what Alipay signs with, Base64 of X.509
 * @param wap whether a page of Alipay is that for phones, else that for computers
 */
record AlipaySettings(
    String appId,
    String sellerId,
    String privateKey,
    String alipayPublicKey,
    boolean wap,
    URI gateway,
    Duration timeout) {

  static final List<SettingField> FIELDS =
      List.of(
          new SettingField("app_id", true, false, "application id, 16 digits"),
          new SettingField("seller_id", true, false, "the merchant's PID, 2088 and 12 digits"),
          new SettingField(
              "private_key", true, true, "the application's private key, PKCS#8, Base64 or PEM"),
          new SettingField(
              "alipay_public_key",
              true,
              false,
              "Alipay's public key for this application (not the application's own)"),
          new SettingField("page", false, false, "pages for phones: wap; for computers: page; wap"),
          new SettingField("gateway", false, false, "URL called instead of Alipay's"),
          new SettingField("timeout_seconds", false, false, "time-out of a call, 1 to 30; 10"));

  private static final URI ALIPAY = URI.create("https://openapi.alipay.com/gateway.do");
  private static final int LEAST_KEY_BITS = 2_048;

  static AlipaySettings of(AccountSettings account) throws SettingException {
    return new AlipaySettings(
        matching(account, "app_id", "[0-9]{16}", "takes 16 digits"),
        matching(account, "seller_id", "2088[0-9]{12}", "takes 2088 and 12 digits"),
        privateKey(account),
        publicKey(account),
        wap(account),
        gateway(account),
        timeout(account));
  }

  private static String matching(AccountSettings account, String field, String regex, String takes)
      throws SettingException {
    String value = account.required(field).strip();
    if (!value.matches(regex)) {
      throw new SettingException(field, takes);
    }
    return value;
  }

  private static String privateKey(AccountSettings account) throws SettingException {
    byte[] key = base64(account, "private_key");
    checkRsa("private_key", new PKCS8EncodedKeySpec(key), true);
    return Base64.getEncoder().encodeToString(key);
  }

  private static String publicKey(AccountSettings account) throws SettingException {
    byte[] key = base64(account, "alipay_public_key");
    checkRsa("alipay_public_key", new X509EncodedKeySpec(key), false);
    return Base64.getEncoder().encodeToString(key);
  }

  private static byte[] base64(AccountSettings account, String field) throws SettingException {
    String text =
        account.required(field).replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s+", "");
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw unusable(field, e);
    }
  }

  private static void checkRsa(String field, EncodedKeySpec spec, boolean secret)
      throws SettingException {
    try {
      KeyFactory rsa = KeyFactory.getInstance("RSA");
      RSAKey key = (RSAKey) (secret ? rsa.generatePrivate(spec) : rsa.generatePublic(spec));
      if (key.getModulus().bitLength() < LEAST_KEY_BITS) {
        throw new SettingException(field, "has less than " + LEAST_KEY_BITS + " bits");
      }
    } catch (GeneralSecurityException e) {
      throw unusable(field, e);
    }
  }

  private static SettingException unusable(String field, Exception cause) {
    SettingException told =
        new SettingException(
            field,
            field.startsWith("private")
                ? "is not an RSA private key (PKCS#8)"
                : "is not an RSA public key (X.509)");
    told.initCause(cause);
    return told;
  }

  private static boolean wap(AccountSettings account) throws SettingException {
    return switch (account.value("page").orElse("wap")) {
      case "wap" -> true;
      case "page" -> false;
      default -> throw new SettingException("page", "takes wap or page");
    };
  }

  private static URI gateway(AccountSettings account) throws SettingException {
    String text = account.value("gateway").orElse("").strip();
    if (text.isEmpty()) {
      return ALIPAY;
    }
    try {
      URI uri = new URI(text);
      String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
      if (uri.getHost() != null
          && (scheme.equals("https") || scheme.equals("http"))
          && uri.getUserInfo() == null
          && uri.getQuery() == null) {
        return uri;
      }
    } catch (URISyntaxException e) {
      SettingException told = new SettingException("gateway", "is no URL");
      told.initCause(e);
      throw told;
    }
    throw new SettingException("gateway", "takes a URL that starts with https://");
  }

  private static Duration timeout(AccountSettings account) throws SettingException {
    String text = account.value("timeout_seconds").orElse("10").strip();
    if (!text.matches("[1-9]|[12][0-9]|30")) {
      throw new SettingException("timeout_seconds", "takes 1 to 30");
    }
    return Duration.ofSeconds(Long.parseLong(text));
  }

  /** Without keys. */
  @Override
  public String toString() {
    return "app " + appId + " of " + sellerId;
  }
}
