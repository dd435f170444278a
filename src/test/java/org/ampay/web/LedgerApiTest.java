package org.ampay.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.ampay.ledger.AccountRow;
import org.ampay.ledger.LedgerStore.Page;
import org.ampay.ledger.Rebuild;
import org.ampay.payment.MoneyWorld;
import org.ampay.store.TestDatabase;
import org.ampay.store.tables.Tables;
import org.ampay.web.WebFixture.Reply;
import org.ampay.web.people.Role;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Statements, the trial balance of a time, the sheet, fees; and balances made again. */
class LedgerApiTest {

  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private MoneyWorld world;
  private WebFixture web;
  private String own;
  private String other;
  private String platform;

  @BeforeEach
  void start() {
    world = MoneyWorld.onDatabase(DATABASE);
    DATABASE
        .dsl()
        .insertInto(Tables.ID_SEQUENCE)
        .set(Tables.ID_SEQUENCE.NAME, "web-test")
        .set(Tables.ID_SEQUENCE.NEXT_VALUE, 1_000_000L)
        .execute();
    web = new WebFixture(DATABASE.database());
    own = web.key(Role.FINANCE, MoneyWorld.OPERATOR);
    other = web.key(Role.FINANCE, 2L);
    platform = web.key(Role.ADMIN, null);
  }

  @AfterEach
  void stop() {
    web.close();
  }

  private List<AccountRow> accounts() {
    return world.transactor.call(
        tx -> world.stores.ledger().accounts(tx, 1L, "wallet:1:real", new Page(0, 10)));
  }

  /** Ten top-ups of 1.00 to 10.00, an hour apart; the time of the first. */
  private Instant tops() {
    Instant first = world.time.now();
    for (int i = 1; i <= 10; i++) {
      world.topUp(1, i * 100);
      world.time.advance(Duration.ofHours(1));
    }
    return first;
  }

  @Test
  void statement_opens_tellsAndCloses_partByPart() {
    Instant first = tops();
    long account = accounts().getFirst().id();
    String path =
        "/ledger/accounts/"
            + account
            + "/statement?limit=3&from="
            + first.plus(Duration.ofHours(2))
            + "&to="
            + first.plus(Duration.ofHours(9));
    List<Long> amounts = new ArrayList<>();
    List<Long> balances = new ArrayList<>();
    String cursor = "";
    while (cursor != null) {
      Reply reply = web.get(own, path + cursor);
      JsonNode body = reply.body();
      assertThat(reply.status()).as(reply.text()).isEqualTo(200);
      assertThat(body.at("/opening/minor").asLong()).isEqualTo(-300);
      assertThat(body.at("/closing/minor").asLong()).isEqualTo(-4_500);
      for (JsonNode line : body.at("/lines")) {
        amounts.add(line.at("/amount/minor").asLong());
        balances.add(line.at("/balance/minor").asLong());
      }
      cursor = body.at("/next").isTextual() ? "&cursor=" + body.at("/next").asText() : null;
    }
    assertThat(amounts).containsExactly(-300L, -400L, -500L, -600L, -700L, -800L, -900L);
    assertThat(balances)
        .containsExactly(-600L, -1_000L, -1_500L, -2_100L, -2_800L, -3_600L, -4_500L);
    assertThat(web.get(other, path).status()).isEqualTo(404);
    assertThat(web.get(own, path + "&cursor=x").status()).isEqualTo(400);
  }

  @Test
  void trialBalance_ofATime_isOfWhatWasPostedBefore() {
    Instant first = tops();
    JsonNode then =
        web.get(own, "/ledger/trial-balance?at=" + first.plus(Duration.ofHours(3))).body();
    assertThat(then.at("/balanced").asBoolean()).isTrue();
    assertThat(then.at("/lines").findValuesAsText("minor")).contains("600").doesNotContain("5500");
    JsonNode now = web.get(own, "/ledger/trial-balance").body();
    assertThat(now.at("/lines").findValuesAsText("minor")).contains("5500");
    assertThat(
            web.get(other, "/ledger/trial-balance?at=" + first.plusSeconds(9)).body().at("/lines"))
        .isEmpty();
  }

  @Test
  void export_isStreamed_andScoped() {
    Instant first = tops();
    Reply all = web.get(own, "/ledger/export?to=" + first.plus(Duration.ofDays(1)));
    assertThat(all.status()).isEqualTo(200);
    assertThat(all.text().lines())
        .hasSize(21)
        .first()
        .asString()
        .startsWith("journal_id,journal_key,kind,posted_at,line,account");
    assertThat(all.text()).contains("\"wallet:1:real\",liability,CNY,-1000");
    assertThat(web.get(own, "/ledger/export?to=" + first.plusSeconds(9)).text().lines()).hasSize(3);
    assertThat(web.get(other, "/ledger/export").text().lines()).hasSize(1);
  }

  @Test
  void fee_isSetByThePlatform_fromATimeOn() {
    String body = "{\"operator\":1,\"basis_points\":250,\"flat_minor\":10}";
    assertThat(web.post(own, "/platform-fees", body).status()).isEqualTo(403);
    String admin = web.key(Role.OPERATOR_ADMIN, MoneyWorld.OPERATOR);
    assertThat(web.post(admin, "/platform-fees", body).status()).isEqualTo(403);
    Reply made = web.post(platform, "/platform-fees", body);
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    assertThat(web.get(own, "/platform-fees").body().at("/items/0/basis_points").asInt())
        .isEqualTo(250);
    assertThat(web.get(other, "/platform-fees").body().at("/items")).isEmpty();
    String early = "{\"operator\":1,\"from\":\"2020-01-01T00:00:00Z\"}";
    assertThat(web.post(platform, "/platform-fees", early).status()).isEqualTo(400);
    assertThat(web.audit.list(1L, Long.MAX_VALUE, 10))
        .extracting(entry -> entry.action())
        .containsOnlyOnce("platform_fee.set");
  }

  @Test
  void rebuild_findsAndMendsWrongBalances() {
    tops();
    long account = accounts().getFirst().id();
    DATABASE.dsl().execute("UPDATE account SET balance_minor = -7 WHERE id = " + account);
    Rebuild rebuild = new Rebuild(world.transactor, world.stores.ledger());
    List<Rebuild.Wrong> wrong = new ArrayList<>();
    assertThat(rebuild.run(false, wrong::add)).isEqualTo(2);
    assertThat(wrong).extracting(Rebuild.Wrong::postedMinor).containsExactly(-5_500L);
    assertThat(accounts().getFirst().balanceMinor()).isEqualTo(-7);
    rebuild.run(true, wrong::add);
    assertThat(accounts().getFirst().balanceMinor()).isEqualTo(-5_500);
    assertThat(rebuild.run(false, w -> wrong.add(w))).isEqualTo(2);
    assertThat(wrong).hasSize(2);
  }

  @Test
  void disputes_areListed_scoped() {
    assertThat(web.get(own, "/disputes?state=open").body().at("/items")).isEmpty();
    assertThat(web.get(own, "/disputes?state=odd").status()).isEqualTo(400);
    assertThat(web.get(own, "/disputes/1").status()).isEqualTo(404);
  }
}
