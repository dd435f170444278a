package org.ampay.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.ampay.audit.AuditLog.Verification;
import org.ampay.audit.AuditRecord;
import org.ampay.payment.MoneyWorld;
import org.ampay.store.TestDatabase;
import org.ampay.store.tables.Tables;
import org.ampay.web.WebFixture.Reply;
import org.ampay.web.people.Role;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Debts, write-offs by two persons and their audit entries over real HTTP. */
class ManualApiTest {

  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private static final long TOTAL = 1_155;

  private MoneyWorld world;
  private WebFixture web;
  private String ann;
  private String bob;
  private String other;
  private long driver;
  private String settlement;

  @BeforeEach
  void start() {
    world = MoneyWorld.onDatabase(DATABASE);
    // The world counts its ids by itself: the web's begin far above.
    DATABASE
        .dsl()
        .insertInto(Tables.ID_SEQUENCE)
        .set(Tables.ID_SEQUENCE.NAME, "web-test")
        .set(Tables.ID_SEQUENCE.NEXT_VALUE, 1_000_000L)
        .execute();
    web = new WebFixture(DATABASE.database());
    web.otherOperator(2);
    ann = web.key(Role.OPERATOR_ADMIN, MoneyWorld.OPERATOR);
    bob = web.people.createKey("bob", Role.FINANCE, MoneyWorld.OPERATOR, "bob").plaintext();
    other = web.key(Role.OPERATOR_ADMIN, 2L);
    driver = web.post(ann, "/drivers", "{\"name\":\"Zhang Wei\"}").body().at("/id").asLong();
    world.finish(1, driver, null, "10");
    world.runJobs();
    settlement = "/settlements/" + world.settlement(1).settlement().id();
  }

  @AfterEach
  void stop() {
    web.close();
  }

  private List<AuditRecord> entries(String action) {
    assertThat(web.audit.verify()).isInstanceOf(Verification.Intact.class);
    return web.audit.list(MoneyWorld.OPERATOR, Long.MAX_VALUE, 100).stream()
        .filter(entry -> entry.action().equals(action))
        .toList();
  }

  @Test
  void writeOff_isProposedByOne_andApprovedByAnother() {
    assertThat(web.post(ann, settlement + "/write-offs", "{\"reason\":\" \"}").field())
        .isEqualTo("reason");
    Reply proposed = web.post(ann, settlement + "/write-offs", "{\"reason\":\"moved away\"}");
    assertThat(proposed.status()).as(proposed.text()).isEqualTo(201);
    assertThat(proposed.body().at("/amount/minor").asLong()).isEqualTo(TOTAL);
    assertThat(web.get(bob, "/write-offs").body().at("/items/0/reason").asText())
        .isEqualTo("moved away");
    assertThat(web.get(other, "/write-offs").body().at("/items")).isEmpty();

    String decision = settlement + "/write-offs/" + proposed.body().at("/id").asLong();
    String approve = "{\"decision\":\"approve\"}";
    assertThat(web.post(other, decision + "/decision", approve).status()).isEqualTo(404);
    assertThat(web.post(ann, decision + "/decision", approve).status()).isEqualTo(403);
    assertThat(web.post(bob, decision + "/decision", "{\"decision\":\"?\"}").field())
        .isEqualTo("decision");
    Reply approved = web.post(bob, decision + "/decision", approve);
    assertThat(approved.status()).as(approved.text()).isEqualTo(200);
    assertThat(approved.body().at("/state").asText()).isEqualTo("approved");
    assertThat(web.post(bob, decision + "/decision", approve).status()).isEqualTo(409);

    assertThat(web.get(ann, settlement).body().at("/state").asText()).isEqualTo("written_off");
    assertThat(entries("write_off.propose")).hasSize(1);
    assertThat(entries("write_off.approve")).hasSize(1);
  }

  @Test
  void retry_chargesADebtAgain_andIsWrittenDown() {
    web.post(ann, "/drivers/" + driver + "/wallet/top-ups", "{\"amount\":{\"minor\":5000}}");
    world.runJobs(); // the top-up has collected it
    assertThat(web.post(ann, settlement + "/retry", "").status()).isEqualTo(409);
    assertThat(web.post(ann, settlement + "/query", "").status()).isEqualTo(409);
    assertThat(web.post(other, settlement + "/retry", "").status()).isEqualTo(404);
    assertThat(entries("settlement.retry")).isEmpty();

    world.finish(2, driver, null, "100");
    world.runJobs();
    String second = "/settlements/" + world.settlement(2).settlement().id();
    Reply again = web.post(ann, second + "/retry", "");
    assertThat(again.status()).as(again.text()).isEqualTo(202);
    assertThat(entries("settlement.retry")).hasSize(1);
  }

  @Test
  void limitOfDebts_isTheOperators() {
    assertThat(web.get(ann, "/debts/limit").body().at("/minor").asLong()).isZero();
    assertThat(web.call(ann, "PUT", "/debts/limit", "{\"minor\":-1}").status()).isEqualTo(400);
    assertThat(web.call(ann, "PUT", "/debts/limit", "{\"minor\":2000}").status()).isEqualTo(200);
    assertThat(web.get(bob, "/debts/limit").body().at("/minor").asLong()).isEqualTo(2_000);
    assertThat(web.get(other, "/debts/limit").body().at("/minor").asLong()).isZero();
    assertThat(entries("debts.limit")).hasSize(1);
  }

  @Test
  void lists_areScoped_andAnUnknownAlarmIsNotThere() {
    world.finish(3, null, null, "10");
    world.runJobs();
    assertThat(web.get(ann, "/manual/settlements").body().at("/items/0/reason").asText())
        .isEqualTo("no payer");
    assertThat(web.get(other, "/manual/settlements").body().at("/items")).isEmpty();
    assertThat(web.get(ann, "/manual/alarms").body().at("/items")).isEmpty();
    assertThat(web.post(ann, "/manual/alarms/1/acknowledgement", "{}").status()).isEqualTo(404);
    String viewer = web.key(Role.VIEWER, MoneyWorld.OPERATOR);
    assertThat(web.post(viewer, settlement + "/retry", "").status()).isEqualTo(403);
  }
}
