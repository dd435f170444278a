package org.ampay.payment.provider.wechat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.ServiceLoader;
import org.ampay.base.TestTime;
import org.ampay.payment.provider.AccountSettings;
import org.ampay.payment.provider.CommandKind;
import org.ampay.payment.provider.ProviderContext;
import org.ampay.payment.provider.ProviderFactory;
import org.ampay.payment.provider.RemoteProvider;
import org.ampay.payment.provider.SettingException;
import org.ampay.payment.provider.SettingField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a merchant fills in is read or named. */
class WechatSettingsTest {

  private static final KeyPair KEYS = pair("RSA", 2048);

  private static KeyPair pair(String algorithm, int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(bits);
      return generator.generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String pem(String what, Key key) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----"
        .formatted(what, Base64.getMimeEncoder().encodeToString(key.getEncoded()), what);
  }

  private static Map<String, String> good() {
    Map<String, String> values = new HashMap<>();
    values.put("mch_id", "1900000001");
    values.put("app_id", "wxd678efh567hg6787");
    values.put("merchant_serial_no", "5157F09EFDC096DE15EBE81A47057A7232F1B8E1");
    values.put("private_key", pem("PRIVATE KEY", KEYS.getPrivate()));
    values.put("api_v3_key", "0123456789abcdef0123456789abcdef");
    values.put("platform_public_key_id", "PUB_KEY_ID_0119000000012024");
    values.put("platform_public_key", pem("PUBLIC KEY", KEYS.getPublic()));
    return values;
  }

  private static RemoteProvider open(Map<String, String> values) throws SettingException {
    return new WechatFactory()
        .open(
            new AccountSettings(1, 1, "main", values),
            new ProviderContext(
                TestTime.monday(), new SecureRandom(), URI.create("https://a.example/hooks/x")));
  }

  private static Map<String, String> with(String name, String value) {
    Map<String, String> values = good();
    values.put(name, value);
    return values;
  }

  @Test
  void factory_isFoundByItsName() {
    assertThat(ServiceLoader.load(ProviderFactory.class))
        .extracting(ProviderFactory::name)
        .contains("wechat");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mch_id",
        "app_id",
        "merchant_serial_no",
        "private_key",
        "api_v3_key",
        "platform_public_key"
      })
  void missing_isNamed(String field) {
    Map<String, String> values = good();
    values.remove(field);
    assertThatThrownBy(() -> open(values))
        .isInstanceOfSatisfying(
            SettingException.class, e -> assertThat(e.field()).isEqualTo(field));
  }

  @ParameterizedTest
  @CsvSource({
    "mch_id, 19000O0001",
    "app_id, 1234",
    "merchant_serial_no, no hex",
    "private_key, secret-nonsense",
    "private_key, '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----'",
    "api_v3_key, short",
    "platform_public_key_id, 5157F09EFDC096DE",
    "platform_public_key, nonsense",
    "platform_certificate, nonsense",
    "payscore_service_id, abc",
    "profit_sharing, perhaps",
    "gateway, http://wechat.example.com",
    "gateway, 'not a url'",
    "timeout_seconds, soon",
    "timeout_seconds, 31"
  })
  void unusable_isNamed_withoutItsValue(String field, String value) {
    assertThatThrownBy(() -> open(with(field, value)))
        .isInstanceOfSatisfying(
            SettingException.class,
            e -> {
              assertThat(e.field()).isEqualTo(field);
              assertThat(e.getMessage()).doesNotContain(value);
              assertThat(e.getCause()).isNull();
            });
  }

  @Test
  void weakKey_isRefused() {
    Map<String, String> values =
        with("private_key", pem("PRIVATE KEY", pair("RSA", 1024).getPrivate()));
    assertThatThrownBy(() -> open(values)).hasMessageContaining("private_key: ");
  }

  @Test
  void payScore_needsTheKeyThatItsInvitationIsSignedWith() {
    assertThatThrownBy(() -> open(with("payscore_service_id", "500001")))
        .hasMessageContaining("api_v2_key: ");
  }

  @Test
  void commands_areThoseOfTheContract() throws SettingException {
    assertThat(open(good()).capabilities().commands())
        .containsExactlyInAnyOrder(CommandKind.PRESENT, CommandKind.CANCEL, CommandKind.REFUND);
    Map<String, String> all = with("payscore_service_id", "500001");
    all.put("api_v2_key", "0123456789abcdef0123456789abcdef");
    all.put("profit_sharing", "true");
    assertThat(open(all).capabilities().commands())
        .contains(CommandKind.AUTHORIZE, CommandKind.CAPTURE, CommandKind.SPLIT);
  }

  @Test
  void fields_holdEverySetting_andHideSecrets() {
    assertThat(new WechatFactory().settings())
        .filteredOn(SettingField::secret)
        .extracting(SettingField::name)
        .containsExactly("private_key", "api_v3_key", "api_v2_key");
  }

  @Test
  void timeout_isTenSeconds_unlessTold() throws SettingException {
    assertThat(WechatSettings.of(new AccountSettings(1, 1, "main", good())).timeout())
        .isEqualTo(Duration.ofSeconds(10));
  }
}
