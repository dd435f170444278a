package org.ampay.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import org.ampay.payment.MoneyWorld;
import org.ampay.store.TestDatabase;
import org.ampay.store.tables.Tables;
import org.ampay.web.WebFixture.Reply;
import org.ampay.web.people.Role;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Payees and revenue contracts: what is refused, who sees what, what is written down. */
class RevenueApiTest {

  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private WebFixture web;
  private String own;
  private String other;
  private String support;
  private long payee;

  @BeforeEach
  void start() {
    MoneyWorld.onDatabase(DATABASE);
    DATABASE
        .dsl()
        .insertInto(Tables.ID_SEQUENCE)
        .set(Tables.ID_SEQUENCE.NAME, "web-test")
        .set(Tables.ID_SEQUENCE.NEXT_VALUE, 1_000_000L)
        .execute();
    DATABASE
        .dsl()
        .execute(
            "INSERT INTO operator (id, name, country_code, party_id, currency, hold_minor,"
                + " created_at) VALUES (2, 'Two', 'CN', 'TWO', 'CNY', 5000, '2026-01-01')");
    web = new WebFixture(DATABASE.database());
    own = web.key(Role.FINANCE, MoneyWorld.OPERATOR);
    other = web.key(Role.FINANCE, 2L);
    support = web.key(Role.SUPPORT, MoneyWorld.OPERATOR);
    payee = payee(own, "Mall");
  }

  @AfterEach
  void stop() {
    web.close();
  }

  private long payee(String key, String name) {
    Reply made =
        web.call(key, "POST", "/payees", "{\"name\":\"" + name + "\",\"kind\":\"site_owner\"}");
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    return made.body().path("id").asLong();
  }

  private static String contract(long payee, int basisPoints, String more) {
    return "{\"name\":\"All\",\"rules\":[{\"payee\":"
        + payee
        + ",\"components\":[\"electricity\",\"service\"],\"basis_points\":"
        + basisPoints
        + "}]"
        + more
        + "}";
  }

  private Reply add(String key, String body) {
    return web.call(key, "POST", "/revenue-contracts", body);
  }

  @Test
  void aContract_isAdded_shown_ended_andWrittenDown() {
    Reply made = add(own, contract(payee, 2_500, ",\"station\":\"CP1\""));
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    JsonNode contract = made.body();
    assertThat(contract.path("station").asText()).isEqualTo("CP1");
    assertThat(contract.path("currency").asText()).isEqualTo("CNY");
    assertThat(contract.path("rules").path(0).path("base").asText()).isEqualTo("price");
    String path = "/revenue-contracts/" + contract.path("id").asLong();
    assertThat(web.call(own, "GET", path, "").body()).isEqualTo(contract);
    JsonNode ended = web.call(own, "POST", path + "/end", "{}").body();
    assertThat(ended.path("valid_until").asText()).isNotEmpty();
    assertThat(
            DATABASE
                .dsl()
                .fetchValues("SELECT action FROM audit_entry WHERE operator_id = 1 ORDER BY id"))
        .map(String::valueOf)
        .containsSubsequence("payee.create", "revenue_contract.create", "revenue_contract.end");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2500|,\"site\":99|site",
        "2500|,\"station\":\"CP9\"|station",
        "2500|,\"site\":5,\"station\":\"CP1\"|station",
        "0||basis_points",
        "10001||basis_points",
        "2500|,\"valid_from\":\"2020-01-01T00:00:00Z\"|valid_from",
        "2500|,\"valid_from\":\"2099-01-02T00:00:00Z\",\"valid_until\":\"2099-01-01T00:00:00Z\""
            + "|valid_until"
      })
  void whatCannotBe_isRefused_andNamed(int basisPoints, String more, String field) {
    Reply refused = add(own, contract(payee, basisPoints, more == null ? "" : more));
    assertThat(refused.status()).as(refused.text()).isEqualTo(400);
    assertThat(refused.field()).contains(field);
    assertThat(web.call(own, "GET", "/revenue-contracts", "").body().path("items")).isEmpty();
  }

  @Test
  void moreThanAll_unknownPayees_andOverlaps_areRefused() {
    String two =
        "{\"name\":\"All\",\"rules\":[{\"payee\":%d,\"components\":[\"service\"],"
            + "\"basis_points\":6000},{\"payee\":%d,\"components\":[\"service\",\"time\"],"
            + "\"basis_points\":4001}]}";
    assertThat(add(own, two.formatted(payee, payee)).text()).contains("service exceed 100 %");
    assertThat(add(own, contract(payee + 999, 100, "")).text()).contains("payee");
    assertThat(add(own, contract(payee(other, "His"), 100, "")).status()).isEqualTo(400);
    assertThat(add(own, contract(payee, 100, "")).status()).isEqualTo(201);
    Reply again = add(own, contract(payee, 100, ""));
    assertThat(again.status()).isEqualTo(400);
    assertThat(again.text()).contains("overlaps contract");
    assertThat(add(own, contract(payee, 100, ",\"site\":5")).status()).isEqualTo(201);
  }

  @Test
  void oneThatFollows_begins_whenTheOtherEnds() {
    Instant end = Instant.parse("2099-01-01T00:00:00Z");
    String until = ",\"valid_until\":\"" + end + "\"";
    assertThat(add(own, contract(payee, 100, until)).status()).isEqualTo(201);
    Instant before = end.minus(Duration.ofSeconds(1));
    String early = ",\"valid_from\":\"" + before + "\"";
    assertThat(add(own, contract(payee, 200, early)).status()).isEqualTo(400);
    String from = ",\"valid_from\":\"" + end + "\"";
    assertThat(add(own, contract(payee, 200, from)).status()).isEqualTo(201);
  }

  @Test
  void aPayeeThatIsOff_isNotNamedInNewContracts() {
    Reply off = web.call(own, "PATCH", "/payees/" + payee, "{\"active\":false}");
    assertThat(off.body().path("active").asBoolean()).isFalse();
    assertThat(off.body().path("name").asText()).isEqualTo("Mall");
    assertThat(add(own, contract(payee, 100, "")).text()).contains("active payee");
  }

  @Test
  void others_seeNothing_andSupportChangesNothing() {
    long id = add(own, contract(payee, 100, "")).body().path("id").asLong();
    assertThat(web.call(other, "GET", "/payees/" + payee, "").status()).isEqualTo(404);
    assertThat(web.call(other, "PATCH", "/payees/" + payee, "{}").status()).isEqualTo(404);
    assertThat(web.call(other, "GET", "/revenue-contracts/" + id, "").status()).isEqualTo(404);
    assertThat(web.call(other, "POST", "/revenue-contracts/" + id + "/end", "{}").status())
        .isEqualTo(404);
    assertThat(web.call(other, "GET", "/payees", "").body().path("items")).isEmpty();
    assertThat(add(support, contract(payee, 100, "")).status()).isEqualTo(403);
  }
}
