package org.ampay.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.ampay.ocpi.roaming.RoamingWorld;
import org.ampay.payment.MoneyWorld;
import org.ampay.store.TestDatabase;
import org.ampay.store.tables.Tables;
import org.ampay.web.WebFixture.Reply;
import org.ampay.web.people.Role;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Partners' money by the API: accounts, limits, statements, invoices, payments. */
class RoamingApiTest {

  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private static final String EMP = "/ocpi/parties/" + RoamingWorld.EMP;

  private RoamingWorld world;
  private WebFixture web;
  private String own;

  @BeforeEach
  void start() {
    world = new RoamingWorld(DATABASE);
    DATABASE
        .dsl()
        .insertInto(Tables.ID_SEQUENCE)
        .set(Tables.ID_SEQUENCE.NAME, "web-test")
        .set(Tables.ID_SEQUENCE.NEXT_VALUE, 1_000_000L)
        .execute();
    web = new WebFixture(DATABASE.database());
    own = web.key(Role.FINANCE, MoneyWorld.OPERATOR);
    world.session(1, RoamingWorld.EMP, "10");
    world.session(2, RoamingWorld.EMP, "20");
    world.refund(2, 300);
    world.at("2026-04-02T08:00:00Z");
    web.time.set(world.money.time.now());
  }

  @AfterEach
  void stop() {
    web.close();
  }

  private static long id(Reply reply) {
    return reply.body().at("/id").asLong();
  }

  private JsonNode invoice(int status) {
    Reply reply = web.post(own, EMP + "/invoices", "{\"period\":\"2026-03\"}");
    assertThat(reply.status()).as(reply.text()).isEqualTo(status);
    return reply.body();
  }

  @Test
  void statement_goesFromWhatWasOwedToWhatIsOwed_partByPart() {
    Reply first = web.get(own, EMP + "/statement?limit=2");
    assertThat(first.body().at("/opening/minor").asLong()).isZero();
    assertThat(first.body().at("/closing/minor").asLong()).isEqualTo(3_110);
    assertThat(first.body().at("/lines/0/what").asText()).isEqualTo("session");
    assertThat(first.body().at("/lines/0/session").asLong()).isEqualTo(1);
    Reply second =
        web.get(own, EMP + "/statement?limit=2&cursor=" + first.body().at("/next").asText());
    assertThat(second.body().at("/lines")).hasSize(1);
    assertThat(second.body().at("/lines/0/what").asText()).isEqualTo("credit");
    assertThat(second.body().at("/lines/0/balance/minor").asLong()).isEqualTo(3_110);
    assertThat(second.body().hasNonNull("next")).isFalse();
    assertThat(web.get(own, EMP + "/account").body().at("/owed/minor").asLong()).isEqualTo(3_110);
    assertThat(web.get(own, EMP + "/statement?from=2026-05-01T00:00:00Z").status())
        .isEqualTo(400); // after now, which is the default of to
  }

  @Test
  void invoice_isMadeOnce_paidInParts_andItsItemsAreListed() {
    JsonNode made = invoice(201);
    assertThat(invoice(200)).isEqualTo(made);
    assertThat(made.at("/number").asText()).isEqualTo("CN-AMP-R000001");
    assertThat(made.at("/total/minor").asLong()).isEqualTo(3_110);
    assertThat(made.at("/lines/0/rate").decimalValue()).isEqualByComparingTo("10");
    String path = EMP + "/invoices/" + made.at("/id").asLong();
    assertThat(web.get(own, path + "/items").body().at("/items")).hasSize(3);
    String payment =
        """
        {"amount":{"minor":1000},"fee":{"minor":25},"invoice":%d,"received_on":"2026-04-01",\
        "reference":"bank 7"}\
        """
            .formatted(made.at("/id").asLong());
    Reply paid = web.post(own, EMP + "/payments", payment, "idempotency-key", "p1");
    assertThat(paid.status()).as(paid.text()).isEqualTo(201);
    Reply again = web.post(own, EMP + "/payments", payment, "idempotency-key", "p1");
    assertThat(id(again)).isEqualTo(id(paid));
    assertThat(web.get(own, path).body().at("/state").asText()).isEqualTo("part_paid");
    assertThat(web.get(own, path).body().at("/open/minor").asLong()).isEqualTo(2_085);
    assertThat(web.post(own, path + "/cancellation", "{\"reason\":\"x\"}").status()).isEqualTo(400);
    Reply reversed = web.post(own, EMP + "/payments/" + id(paid) + "/reversal", "{}");
    assertThat(reversed.body().at("/credited/minor").asLong()).isEqualTo(-1_025);
    Reply credit = web.post(own, path + "/cancellation", "{\"reason\":\"wrong\"}");
    assertThat(credit.body().at("/kind").asText()).isEqualTo("credit");
    assertThat(web.get(own, path).body().at("/cancelled_by").asLong()).isEqualTo(id(credit));
    assertThat(world.owed(RoamingWorld.EMP)).isEqualTo(3_110);
    assertThat(web.get(own, EMP + "/invoices").body().at("/items")).hasSize(2);
    assertThat(web.get(own, EMP + "/payments").body().at("/items")).hasSize(2);
    assertThat(web.audit.list(1, Long.MAX_VALUE, 100))
        .extracting(entry -> entry.action())
        .contains(
            "roaming.invoice",
            "roaming.payment",
            "roaming.payment_reverse",
            "roaming.invoice_cancel");
  }

  @Test
  void limit_isSetAndTakenAway() {
    Reply set = web.call(own, "PUT", EMP + "/credit-limit", "{\"minor\":5000}");
    assertThat(set.body().at("/limit/minor").asLong()).isEqualTo(5_000);
    Reply none = web.call(own, "PUT", EMP + "/credit-limit", "{\"minor\":0}");
    assertThat(none.body().hasNonNull("limit")).isFalse();
    assertThat(web.call(own, "PUT", EMP + "/credit-limit", "{\"minor\":-1}").status())
        .isEqualTo(400);
  }

  @Test
  void wrongWishes_areRefused_namingTheField() {
    assertThat(web.post(own, EMP + "/invoices", "{\"period\":\"2026-04\"}").field())
        .isEqualTo("period");
    assertThat(web.post(own, EMP + "/invoices", "{\"period\":\"March\"}").field())
        .isEqualTo("period");
    String payment = "{\"amount\":{\"minor\":%s},\"received_on\":\"%s\",\"reference\":\"r\"}";
    assertThat(web.post(own, EMP + "/payments", payment.formatted("0", "2026-04-01")).field())
        .isEqualTo("amount");
    assertThat(web.post(own, EMP + "/payments", payment.formatted("1", "2026-13-01")).field())
        .isEqualTo("received_on");
    assertThat(world.owed(RoamingWorld.EMP)).isEqualTo(3_110);
  }

  @Test
  void otherOperators_seeNothing_andReadersChangeNothing() {
    String other = web.key(Role.FINANCE, 2L);
    String reader = web.key(Role.AUDITOR, MoneyWorld.OPERATOR);
    long invoice = invoice(201).at("/id").asLong();
    for (String path :
        List.of("/account", "/statement", "/invoices", "/invoices/" + invoice, "/payments")) {
      assertThat(web.get(other, EMP + path).status()).as(path).isEqualTo(404);
      assertThat(web.get(reader, EMP + path).status()).as(path).isEqualTo(200);
    }
    assertThat(web.post(reader, EMP + "/invoices", "{\"period\":\"2026-03\"}").status())
        .isEqualTo(403);
    assertThat(web.get(own, "/ocpi/parties/1/account").status()).isEqualTo(404);
    assertThat(web.get(own, "/ocpi/parties/701/invoices/" + invoice).status()).isEqualTo(404);
    assertThat(web.get(own, "/drivers/" + RoamingWorld.EMP).status()).isEqualTo(404);
  }
}
