package org.ampay.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.ampay.payment.PaymentMethod;
import org.ampay.payment.kit.ExampleBank;
import org.ampay.store.TestDatabase;
import org.ampay.web.WebFixture.Reply;
import org.ampay.web.people.Role;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Accounts, payment methods and PINs over the API. */
class PaymentAccountApiTest {

  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private static final String SECRET = ExampleBank.SECRET;

  private static WebFixture web;
  private static ExampleBank bank;
  private static String own;

  @BeforeAll
  static void start() {
    web = new WebFixture(DATABASE.database());
    bank = new ExampleBank(web.time);
    own = web.key(Role.OPERATOR_ADMIN, 1L);
  }

  @AfterAll
  static void stop() {
    bank.close();
    web.close();
  }

  private static Reply create(String name, String secret) {
    return web.post(
        own,
        "/payment-accounts",
        """
        {"provider":"examplebank","name":"%s","settings":
         {"endpoint":"%s","merchant":"%s","secret":"%s"}}
        """
            .formatted(name, bank.url(), ExampleBank.MERCHANT, secret));
  }

  private static long driver() {
    return web.post(own, "/drivers", "{\"name\":\"Fleet\"}").body().at("/id").asLong();
  }

  private static Reply put(String path, String body) {
    return web.call(own, "PUT", path, body);
  }

  @Test
  void kinds_nameTheirSettings() {
    Reply kinds = web.get(own, "/payment-providers");
    assertThat(kinds.text()).contains("examplebank").contains("\"name\":\"secret\"");
  }

  @Test
  void account_isMadeReadChanged_itsSecretNeverShown() {
    Reply made = create("Bank", SECRET);
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    String path = "/payment-accounts/" + made.body().at("/id").asLong();
    assertThat(made.body().at("/secrets/0").asText()).isEqualTo("secret");
    Reply patched =
        web.call(own, "PATCH", path, "{\"enabled\":false,\"settings\":{\"merchant\":\"m-1\"}}");
    assertThat(patched.status()).as(patched.text()).isEqualTo(200);
    assertThat(patched.body().at("/enabled").asBoolean()).isFalse();
    assertThat(patched.body().at("/settings/endpoint").asText()).isEqualTo(bank.url());
    for (Reply reply :
        List.of(made, patched, web.get(own, path), web.get(own, "/payment-accounts"))) {
      assertThat(reply.text()).doesNotContain(SECRET);
    }
    assertThat(web.get(own, path + "/callbacks").body().at("/items").size()).isZero();
    assertThat(web.audit.list(1, Long.MAX_VALUE, 5))
        .extracting(entry -> entry.action())
        .contains("payment_account.create", "payment_account.update");
  }

  @Test
  void check_provesTheKeys() {
    long good = create("Good", SECRET).body().at("/id").asLong();
    long bad = create("Bad", "quite-another-secret").body().at("/id").asLong();
    assertThat(check(good)).isEqualTo("works");
    assertThat(check(bad)).isNotEqualTo("works");
  }

  private static String check(long id) {
    return web.post(own, "/payment-accounts/" + id + "/check", "{}").body().at("/result").asText();
  }

  @Test
  void badInput_namesTheField() {
    assertThat(create("x", "short").field()).isEqualTo("settings.secret");
    assertThat(
            web.post(own, "/payment-accounts", "{\"provider\":\"nobody\",\"name\":\"x\"}").field())
        .isEqualTo("provider");
    assertThat(
            web.post(
                    own,
                    "/payment-accounts",
                    "{\"provider\":\"examplebank\",\"name\":\"x\",\"settings\":{\"a\":1}}")
                .field())
        .isEqualTo("settings.a");
    assertThat(
            web.post(
                    own,
                    "/payment-accounts",
                    "{\"provider\":\"examplebank\",\"name\":\"x\",\"code\":\"Üx\"}")
                .field())
        .isEqualTo("code");
  }

  @Test
  void otherOperator_seesNothing() {
    web.otherOperator(2);
    long id = create("Mine", SECRET).body().at("/id").asLong();
    String other = web.key(Role.OPERATOR_ADMIN, 2L);
    String path = "/payment-accounts/" + id;
    assertThat(web.get(other, path).status()).isEqualTo(404);
    assertThat(web.call(other, "PATCH", path, "{\"name\":\"x\"}").status()).isEqualTo(404);
    assertThat(web.post(other, path + "/check", "{}").status()).isEqualTo(404);
    assertThat(web.get(other, "/payment-accounts").body().at("/items").size()).isZero();
  }

  @ParameterizedTest
  @EnumSource(
      value = Role.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"ADMIN", "OPERATOR_ADMIN"})
  void otherRoles_mayNot(Role role) {
    String key = web.key(role, 1L);
    assertThat(web.get(key, "/payment-accounts").status()).isEqualTo(403);
    assertThat(web.post(key, "/payment-accounts", "{}").status()).isEqualTo(403);
  }

  @Test
  void driver_paysByWalletInvoiceOrCard() {
    long driver = driver();
    String path = "/drivers/" + driver + "/payment-method";
    assertThat(web.get(own, path).body().at("/kind").asText()).isEqualTo("wallet");
    assertThat(web.paying.methods().of(driver)).isEqualTo(PaymentMethod.WALLET);

    Reply invoice = put(path, "{\"kind\":\"invoice\",\"credit\":{\"minor\":50000}}");
    assertThat(invoice.status()).as(invoice.text()).isEqualTo(200);
    assertThat(invoice.body().at("/credit/minor").asLong()).isEqualTo(50_000);
    assertThat(invoice.body().at("/used/minor").asLong()).isZero();
    assertThat(web.paying.methods().of(driver).via().provider()).isEqualTo("invoice");

    long account = create("Cards", SECRET).body().at("/id").asLong();
    String saved = "{\"kind\":\"saved\",\"account\":%d,\"payer\":\"cus_1\",\"method\":\"%s\"}";
    assertThat(put(path, saved.formatted(account, "card-1")).status()).isEqualTo(200);
    PaymentMethod card = web.paying.methods().of(driver);
    assertThat(card.via().accountId()).isEqualTo(account);
    assertThat(card.saved()).isNotNull();
    assertThat(put(path, saved.formatted(account, "4111 1111 1111 1111")).field())
        .as("a card number")
        .isEqualTo("method");
    assertThat(put(path, saved.formatted(999_999_999, "card-1")).field()).isEqualTo("account");

    assertThat(put(path, "{\"kind\":\"wallet\"}").status()).isEqualTo(200);
    assertThat(web.paying.methods().of(driver)).isEqualTo(PaymentMethod.WALLET);
    assertThat(put(path, "{\"kind\":\"invoice\",\"credit\":{\"minor\":-1}}").status())
        .isEqualTo(400);
    assertThat(put(path, "{\"kind\":\"gold\"}").field()).isEqualTo("kind");
    assertThat(web.audit.list(1, Long.MAX_VALUE, 5))
        .extracting(entry -> entry.action())
        .contains("driver.payment_method");
  }

  @Test
  void pin_isSetAndTakenAway() {
    long driver = driver();
    String path = "/drivers/" + driver + "/pin";
    assertThat(put(path, "{\"pin\":\"2468\"}").status()).isEqualTo(204);
    assertThat(web.get(own, "/drivers/" + driver + "/payment-method").body().at("/pin").asBoolean())
        .isTrue();
    assertThat(put(path, "{\"pin\":\"1111\"}").field()).isEqualTo("pin");
    assertThat(web.call(own, "DELETE", path, null).status()).isEqualTo(204);
    assertThat(web.call(own, "DELETE", path, null).status()).isEqualTo(404);
  }
}
