package org.ampay.payment.provider.wechat;

import com.wechat.pay.java.core.util.PemUtil;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ampay.payment.provider.AccountSettings;
import org.ampay.payment.provider.SettingException;
import org.ampay.payment.provider.SettingField;
import org.jspecify.annotations.Nullable;

/**
 * A merchant's settings, as the merchant platform names them.
 *
 * @param platformKey what WeChat signs with, by public key; null: by certificates only
 * @param certificates what WeChat signs with, by certificates; may be empty with a platform key
 * @param score the PayScore service; null: the merchant has none
 * @param profitSharing whether payments are marked so that they can be split
 * @param gateway where calls go instead of WeChat; null: to WeChat
 */
record WechatSettings(
    String mchId,
    String appId,
    MerchantKey merchantKey,
    byte[] apiV3Key,
    @Nullable PlatformKey platformKey,
    List<X509Certificate> certificates,
    @Nullable Score score,
    boolean profitSharing,
    @Nullable URI gateway,
    Duration timeout) {

  static final List<SettingField> FIELDS =
      List.of(
          new SettingField("mch_id", true, false, "merchant number, digits"),
          new SettingField("app_id", true, false, "app id bound to the merchant: wx..."),
          new SettingField(
              "merchant_serial_no", true, false, "serial number of the merchant's API certificate"),
          new SettingField(
              "private_key", true, true, "the merchant's private key, apiclient_key.pem (PKCS#8)"),
          new SettingField("api_v3_key", true, true, "API v3 key, 32 characters"),
          new SettingField(
              "platform_public_key_id", false, false, "id of WeChat's public key: PUB_KEY_ID_..."),
          new SettingField("platform_public_key", false, false, "WeChat's public key, PEM"),
          new SettingField(
              "platform_certificate",
              false,
              false,
              "WeChat's platform certificates, PEM; instead of the public key or while changing"),
          new SettingField(
              "payscore_service_id", false, false, "PayScore service id; empty without PayScore"),
          new SettingField(
              "api_v2_key", false, true, "API v2 key; PayScore's confirmation is signed with it"),
          new SettingField(
              "profit_sharing", false, false, "true: payments are marked to be split; else false"),
          new SettingField("gateway", false, false, "URL called instead of WeChat's, for a proxy"),
          new SettingField("timeout_seconds", false, false, "time-out of a call, 1 to 30; 10"));

  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Pattern PEM_CERTIFICATE =
      Pattern.compile("-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----");

  /** The merchant's key that requests are signed with. */
  record MerchantKey(String serialNo, PrivateKey key) {}

  /** WeChat's key that answers and callbacks are verified with. */
  record PlatformKey(String id, PublicKey key) {}

  /**
   * PayScore.
   *
   * @param apiV2Key signs what the payer's app is told to open
   */
  record Score(String serviceId, String apiV2Key) {
    @Override
    public String toString() {
      return "Score[" + serviceId + "]";
    }
  }

  WechatSettings {
    certificates = List.copyOf(certificates);
  }

  static WechatSettings of(AccountSettings account) throws SettingException {
    Optional<PlatformKey> platformKey = platformKey(account);
    List<X509Certificate> certificates = certificates(account);
    if (platformKey.isEmpty() && certificates.isEmpty()) {
      throw new SettingException(
          "platform_public_key", "is required, or else platform_certificate");
    }
    return new WechatSettings(
        matching(account, "mch_id", "[0-9]{6,32}", "takes digits"),
        matching(account, "app_id", "wx[0-9A-Za-z]{6,30}", "takes wx and letters or digits"),
        new MerchantKey(
            matching(account, "merchant_serial_no", "[0-9A-Fa-f]{8,64}", "takes hex digits"),
            rsa(
                "private_key",
                "is not an RSA private key in PEM (PKCS#8) of 2048 bits or more",
                account.required("private_key"),
                PemUtil::loadPrivateKeyFromString)),
        apiV3Key(account),
        platformKey.orElse(null),
        certificates,
        score(account).orElse(null),
        profitSharing(account),
        gateway(account).orElse(null),
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

  private static <K extends Key> K rsa(String field, String wrong, String pem, Parser<K> parser)
      throws SettingException {
    K key = parsed(field, wrong, () -> parser.parse(pem));
    if (!(key instanceof RSAKey rsa) || rsa.getModulus().bitLength() < 2048) {
      throw new SettingException(field, wrong);
    }
    return key;
  }

  private static <T> T parsed(String field, String wrong, Supplier<T> parse)
      throws SettingException {
    try {
      return parse.get();
    } catch (IllegalArgumentException e) {
      // Without the cause: it may tell of the key.
      throw new SettingException(field, wrong);
    }
  }

  private static byte[] apiV3Key(AccountSettings account) throws SettingException {
    byte[] key = account.required("api_v3_key").strip().getBytes(StandardCharsets.UTF_8);
    if (key.length != 32) {
      throw new SettingException("api_v3_key", "takes 32 characters");
    }
    return key;
  }

  private static Optional<PlatformKey> platformKey(AccountSettings account)
      throws SettingException {
    Optional<String> pem = account.value("platform_public_key");
    if (pem.isEmpty()) {
      if (account.value("platform_public_key_id").isPresent()) {
        throw new SettingException("platform_public_key", "is required with its id");
      }
      return Optional.empty();
    }
    return Optional.of(
        new PlatformKey(
            matching(
                account,
                "platform_public_key_id",
                "PUB_KEY_ID_[0-9A-Za-z]{1,60}",
                "takes PUB_KEY_ID_ and digits"),
            rsa(
                "platform_public_key",
                "is not an RSA public key in PEM of 2048 bits or more",
                pem.get(),
                PemUtil::loadPublicKeyFromString)));
  }

  private static List<X509Certificate> certificates(AccountSettings account)
      throws SettingException {
    Optional<String> pem = account.value("platform_certificate");
    if (pem.isEmpty()) {
      return List.of();
    }
    String wrong = "is not a certificate in PEM with an RSA key";
    List<X509Certificate> certificates = new ArrayList<>();
    Matcher each = PEM_CERTIFICATE.matcher(pem.get());
    while (each.find()) {
      String one = each.group();
      certificates.add(
          parsed("platform_certificate", wrong, () -> PemUtil.loadX509FromString(one)));
    }
    if (certificates.isEmpty()
        || !certificates.stream().allMatch(one -> one.getPublicKey() instanceof RSAKey)) {
      throw new SettingException("platform_certificate", wrong);
    }
    return certificates;
  }

  private static Optional<Score> score(AccountSettings account) throws SettingException {
    if (account.value("payscore_service_id").isEmpty()) {
      return Optional.empty();
    }
    String service =
        matching(account, "payscore_service_id", "[0-9]{1,32}", "takes at most 32 digits");
    if (account.value("api_v2_key").isEmpty()) {
      throw new SettingException("api_v2_key", "is required with payscore_service_id");
    }
    return Optional.of(
        new Score(
            service, matching(account, "api_v2_key", "[0-9A-Za-z]{32}", "takes 32 characters")));
  }

  private static boolean profitSharing(AccountSettings account) throws SettingException {
    String value = account.value("profit_sharing").orElse("false").strip();
    return switch (value) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new SettingException("profit_sharing", "takes true or false");
    };
  }

  private static Optional<URI> gateway(AccountSettings account) throws SettingException {
    Optional<String> text = account.value("gateway");
    if (text.isEmpty()) {
      return Optional.empty();
    }
    String wrong = "takes https://HOST[:PORT], or http:// on this machine";
    URI uri = parsed("gateway", wrong, () -> URI.create(text.get().strip()));
    boolean here =
        "http".equals(uri.getScheme())
            && uri.getHost() != null
            && List.of("localhost", "127.0.0.1", "[::1]").contains(uri.getHost());
    if (uri.getHost() == null || !("https".equals(uri.getScheme()) || here)) {
      throw new SettingException("gateway", wrong);
    }
    return Optional.of(uri);
  }

  private static Duration timeout(AccountSettings account) throws SettingException {
    Optional<String> seconds = account.value("timeout_seconds");
    if (seconds.isEmpty()) {
      return TIMEOUT;
    }
    if (!seconds.get().strip().matches("[1-9]|[12][0-9]|30")) {
      throw new SettingException("timeout_seconds", "takes 1 to 30");
    }
    return Duration.ofSeconds(Long.parseLong(seconds.get().strip()));
  }

  /** Reads a key of a text. */
  @FunctionalInterface
  private interface Parser<K> {
    K parse(String pem);
  }

  /** Without values: they are secret. */
  @Override
  public String toString() {
    return "WeChat merchant " + mchId;
  }
}
