package org.ampay.payment.provider.alipay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.alipay.api.AlipayApiException;
import com.alipay.api.internal.util.AlipaySignature;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.ampay.base.Money;
import org.ampay.base.TestTime;
import org.ampay.payment.provider.AccountSettings;
import org.ampay.payment.provider.Ask;
import org.ampay.payment.provider.Callback;
import org.ampay.payment.provider.Form;
import org.ampay.payment.provider.Operation;
import org.ampay.payment.provider.Outcome;
import org.ampay.payment.provider.PaymentCommand;
import org.ampay.payment.provider.ProviderContext;
import org.ampay.payment.provider.RawCallback;
import org.ampay.payment.provider.RemoteProvider;
import org.ampay.payment.provider.SettingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An account's settings, its notifications, and calls that cannot be made. */
class AlipayAccountTest {

  private static final KeyPair KEYS = keys();
  private static final Instant NOW = Instant.parse("2026-03-09T02:00:00Z");

  private static KeyPair keys() {
    try {
      KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
      rsa.initialize(2_048);
      return rsa.generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, String> settings() {
    Map<String, String> values = new HashMap<>();
    values.put("app_id", "2021000000000001");
    values.put("seller_id", "2088000000000001");
    values.put("private_key", text(KEYS.getPrivate().getEncoded()));
    values.put("alipay_public_key", text(KEYS.getPublic().getEncoded()));
    // Port 1 of the loopback: nobody listens.
    values.put("gateway", "http://127.0.0.1:1/gateway.do");
    values.put("timeout_seconds", "2");
    return values;
  }

  private static String text(byte[] key) {
    return Base64.getEncoder().encodeToString(key);
  }

  private static RemoteProvider open(Map<String, String> values) throws SettingException {
    return new AlipayFactory()
        .open(
            new AccountSettings(1, 1, "main", values),
            new ProviderContext(
                new TestTime(NOW), new SecureRandom(), URI.create("https://x/hooks/alipay/main")));
  }

  @ParameterizedTest
  @CsvSource({
    "app_id,wx12",
    "app_id,''",
    "seller_id,1900000001",
    "private_key,no key",
    "private_key,AAAA",
    "alipay_public_key,AAAA",
    "gateway,ftp://x",
    "gateway,a b",
    "gateway,https://x/?a=b",
    "page,both",
    "timeout_seconds,31",
    "timeout_seconds,0"
  })
  void badSetting_isNamed(String field, String value) {
    Map<String, String> values = settings();
    values.put(field, value);
    SettingException told = catchThrowableOfType(SettingException.class, () -> open(values));
    assertThat(told.field()).isEqualTo(field);
    assertThat(told.getMessage()).doesNotContain("AAAA");
  }

  @Test
  void keysMayBePem() throws SettingException {
    Map<String, String> values = settings();
    values.computeIfPresent(
        "private_key",
        (name, key) -> "-----BEGIN PRIVATE KEY-----\n" + key + "\n-----END PRIVATE KEY-----\n");
    assertThat(open(values).name()).isEqualTo("alipay");
  }

  @Test
  void gatewayThatIsNotThere_wasSentNothing() throws SettingException {
    RemoteProvider provider = open(settings());
    PaymentCommand.Present present = present(Form.QR);
    assertThat(provider.execute(present)).isInstanceOf(Outcome.NotSent.class);
    assertThat(provider.query(present)).isInstanceOf(Outcome.Unknown.class);
  }

  @Test
  void page_isAnAddressOfTheGateway_signed() throws SettingException {
    Outcome told = open(settings()).execute(present(Form.REDIRECT));
    assertThat(told).isInstanceOf(Outcome.ActionRequired.class);
    assertThat(((Outcome.ActionRequired) told).action())
        .startsWith("http://127.0.0.1:1/gateway.do?")
        .contains("alipay.trade.wap.pay", "sign=", "25.99")
        .hasSizeLessThanOrEqualTo(2_000);
  }

  private static PaymentCommand.Present present(Form form) {
    return new PaymentCommand.Present(
        new Operation(1, 1, 1, "abcd000001", new Money("CNY", 2_599), "", NOW),
        new Ask(
            "充电",
            form,
            NOW.plus(Duration.ofMinutes(15)),
            URI.create("https://x/pay/orders/y"),
            null,
            null,
            "zh"));
  }

  private static Map<String, String> paid() {
    Map<String, String> form = new TreeMap<>();
    form.put("notify_id", "2026030900222100001");
    form.put("notify_type", "trade_status_sync");
    form.put("notify_time", "2026-03-09 10:00:00");
    form.put("app_id", "2021000000000001");
    form.put("seller_id", "2088000000000001");
    form.put("out_trade_no", "abcd000001");
    form.put("trade_no", "2026030922001");
    form.put("trade_status", "TRADE_SUCCESS");
    form.put("total_amount", "25.99");
    form.put("subject", "充电 a+b&c=d");
    return form;
  }

  private static Callback heard(Map<String, String> form, Instant at) throws Exception {
    return open(settings()).verify(raw(signed(form), at));
  }

  private static Map<String, String> signed(Map<String, String> form) throws AlipayApiException {
    Map<String, String> all = new TreeMap<>(form);
    String content = AlipaySignature.getSignCheckContentV1(new TreeMap<>(form));
    all.put(
        "sign", AlipaySignature.rsa256Sign(content, text(KEYS.getPrivate().getEncoded()), "UTF-8"));
    all.put("sign_type", "RSA2");
    return all;
  }

  private static RawCallback raw(Map<String, String> form, Instant at) {
    String body =
        form.entrySet().stream()
            .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    return new RawCallback(Map.of(), body.getBytes(StandardCharsets.UTF_8), at);
  }

  private static Callback refused(Callback.Refusal why) {
    return new Callback.Refused(why);
  }

  @Test
  void payment_isNews() throws Exception {
    Money amount = new Money("CNY", 2_599);
    assertThat(heard(paid(), NOW))
        .isEqualTo(
            new Callback.News(
                "2026030900222100001",
                "abcd000001",
                "2026030922001",
                amount,
                new Outcome.Succeeded(amount, Money.zero("CNY"), "2026030922001")));
  }

  @Test
  void freeze_isNews() throws Exception {
    Map<String, String> form = new TreeMap<>();
    form.put("notify_id", "n1");
    form.put("notify_type", "fund_auth_freeze");
    form.put("notify_time", "2026-03-09 10:00:00");
    form.put("app_id", "2021000000000001");
    form.put("payee_user_id", "2088000000000001");
    form.put("out_order_no", "abcd000001");
    form.put("out_request_no", "abcd000001");
    form.put("auth_no", "2026030910002");
    form.put("operation_type", "FREEZE");
    form.put("amount", "50.00");
    form.put("status", "SUCCESS");
    assertThat(heard(form, NOW)).isInstanceOf(Callback.News.class);
    form.put("payee_user_id", "2088000000000002");
    assertThat(heard(form, NOW)).isEqualTo(refused(Callback.Refusal.OTHER_MERCHANT));
  }

  @ParameterizedTest
  @CsvSource({
    "app_id,2021000000000002,OTHER_MERCHANT",
    "seller_id,2088000000000002,OTHER_MERCHANT",
    "total_amount,25.999,UNREADABLE",
    "total_amount,x,UNREADABLE",
    "notify_time,yesterday,UNREADABLE",
    "notify_time,2026-03-09 09:54:59,TOO_OLD",
    "notify_time,2026-03-09 10:05:01,FROM_THE_FUTURE",
    "notify_time,2026-03-09 02:00:00,TOO_OLD",
    "trans_currency,USD,OTHER_CURRENCY",
    "notify_id,'',UNREADABLE"
  })
  void wellSigned_andNotToBeBelieved_isRefused(String name, String value, Callback.Refusal why)
      throws Exception {
    Map<String, String> form = paid();
    form.put(name, value);
    assertThat(heard(form, NOW)).isEqualTo(refused(why));
  }

  @Test
  void newsOfARefund_decidesNothing() throws Exception {
    Map<String, String> form = paid();
    form.put("refund_fee", "5.00");
    form.put("gmt_refund", "2026-03-09 10:00:00.123");
    assertThat(heard(form, NOW)).isInstanceOf(Callback.Irrelevant.class);
  }

  @Test
  void alteredUnsignedOrTwofold_isRefused() throws Exception {
    RemoteProvider provider = open(settings());
    Map<String, String> altered = signed(paid());
    altered.put("total_amount", "26.99");
    assertThat(provider.verify(raw(altered, NOW)))
        .isEqualTo(refused(Callback.Refusal.WRONG_SIGNATURE));
    assertThat(provider.verify(raw(paid(), NOW))).isEqualTo(refused(Callback.Refusal.NO_SIGNATURE));
    String twice =
        new String(raw(signed(paid()), NOW).body(), StandardCharsets.UTF_8) + "&total_amount=1.00";
    assertThat(
            provider.verify(new RawCallback(Map.of(), twice.getBytes(StandardCharsets.UTF_8), NOW)))
        .isEqualTo(refused(Callback.Refusal.UNREADABLE));
    assertThat(provider.verify(new RawCallback(Map.of(), new byte[10_000_000], NOW)))
        .isEqualTo(refused(Callback.Refusal.TOO_LARGE));
  }

  @Test
  void answer_isSuccess_exactly() throws SettingException {
    assertThat(open(settings()).acknowledged().body()).isEqualTo("success");
    assertThat(open(settings()).again().body()).isNotEqualTo("success");
  }
}
