package org.ampay.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.ampay.base.TestTime;
import org.ampay.billing.simulation.PastSessions;
import org.ampay.billing.simulation.SimulationWorker;
import org.ampay.billing.simulation.Simulations;
import org.ampay.store.Job;
import org.ampay.store.JobStore;
import org.ampay.store.TestDatabase;
import org.ampay.tariff.Tariff;
import org.ampay.web.WebFixture.Reply;
import org.ampay.web.people.Role;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Simulations over real HTTP. */
class SimulationApiTest {

  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private static final String OLD =
      "{\"currency\":\"CNY\",\"name\":\"Night\",\"elements\":[{\"price_components\":"
          + "[{\"type\":\"ENERGY\",\"price\":1,\"step_size\":1}]}]}";
  private static final String DRAFT =
      "{\"currency\":\"CNY\",\"elements\":[{\"price_components\":"
          + "[{\"type\":\"ENERGY\",\"price\":1.5,\"step_size\":1}]}]}";
  private static final String MARCH =
      "\"from\":\"2026-03-01T00:00:00Z\",\"to\":\"2026-04-01T00:00:00Z\"";

  private WebFixture web;
  private String own;
  private String other;
  private long site;
  private long tariff;

  @BeforeEach
  void start() {
    DATABASE.clear();
    web = new WebFixture(DATABASE.database());
    web.otherOperator(2);
    own = web.key(Role.OPERATOR_ADMIN, 1L);
    other = web.key(Role.OPERATOR_ADMIN, 2L);
    site =
        web.post(
                own,
                "/sites",
                "{\"code\":\"east\",\"name\":\"East\",\"time_zone\":\"Asia/Shanghai\"}")
            .body()
            .at("/id")
            .asLong();
    web.post(own, "/stations", "{\"id\":\"CP1\",\"site\":\"east\"}");
    tariff = web.post(own, "/tariffs", OLD).body().at("/id").asLong();
  }

  @AfterEach
  void stop() {
    web.close();
  }

  /** Twenty sessions at the site, priced with the stored tariff. */
  private PastSessions sessions() {
    PastSessions past = new PastSessions(DATABASE, new TestTime(PastSessions.FROM));
    Tariff old = web.tariffs.versions(1L, tariff).getLast().tariff();
    Random random = new Random(7);
    for (int i = 0; i < 20; i++) {
      past.finished(
          1,
          site,
          77,
          PastSessions.snapshot(tariff, old, PastSessions.SHANGHAI),
          PastSessions.facts(random, PastSessions.FROM.plusSeconds(i * 3_600L), 30, 0));
    }
    return past;
  }

  private void work() {
    SimulationWorker worker =
        new SimulationWorker(
            DATABASE.database(),
            web.jobs,
            web.time,
            new SimulationWorker.Portions(6, 6, Duration.ofMinutes(1)));
    for (List<Job> jobs = claim(); !jobs.isEmpty(); jobs = claim()) {
      worker.handle(jobs);
    }
  }

  private List<Job> claim() {
    return DATABASE
        .transactor()
        .call(
            tx ->
                web.jobs.claim(
                    tx,
                    new JobStore.Claim(
                        Simulations.KIND,
                        1,
                        web.time.now(),
                        web.time.now().plusSeconds(60),
                        "test")));
  }

  private static String body(String more) {
    return "{" + MARCH + "," + more + "}";
  }

  @Test
  void draftOfANewVersion_isPricedAndExplained() {
    PastSessions past = sessions();

    Reply made =
        web.post(
            own,
            "/tariffs/simulations",
            body("\"tariff_id\":" + tariff + ",\"tariff\":" + DRAFT + ",\"tariff_only\":true"));
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    assertThat(made.body().at("/state").asText()).isEqualTo("queued");
    assertThat(made.body().at("/name").asText()).isEqualTo("Night");
    assertThat(made.body().has("version") && !made.body().get("version").isNull()).isFalse();
    String path = "/tariffs/simulations/" + made.body().at("/id").asLong();
    work();

    JsonNode run = web.get(own, path).body();
    assertThat(run.at("/state").asText()).isEqualTo("done");
    assertThat(run.at("/total").asLong()).isEqualTo(20);
    assertThat(run.at("/done").asLong()).isEqualTo(20);
    long before = past.made.stream().mapToLong(s -> s.billed().minor()).sum();
    assertThat(run.at("/result/before/incl/minor").asLong()).isEqualTo(before);
    long after =
        past.made.stream()
            .mapToLong(
                s ->
                    org.ampay.tariff.Pricing.price(
                            PastSessions.snapshot(
                                0, PastSessions.tariff(DRAFT), PastSessions.SHANGHAI),
                            s.facts())
                        .payable()
                        .minor())
            .sum();
    assertThat(run.at("/result/after/incl/minor").asLong()).isEqualTo(after);
    assertThat(run.at("/result/change/incl/minor").asLong()).isEqualTo(after - before);
    assertThat(run.at("/result/dearer").asLong()).isEqualTo(20);
    assertThat(run.at("/hours")).hasSize(24);
    long hours = 0;
    for (JsonNode hour : run.at("/hours")) {
      hours += hour.at("/sums/after/incl/minor").asLong();
    }
    assertThat(hours).isEqualTo(after);
    assertThat(run.at("/sites/0/name").asText()).isEqualTo("East");
    assertThat(run.at("/rises")).hasSize(10);
    assertThat(run.at("/compares").asText()).contains("without the driver's tier");
    assertThat(run.at("/skipped")).isEmpty();

    assertThat(web.get(own, "/tariffs/simulations?tariff_id=" + tariff).body().at("/items"))
        .hasSize(1);
    assertThat(web.get(own, "/tariffs/simulations?tariff_id=9").body().at("/items")).isEmpty();
    assertThat(web.audit.list(1, Long.MAX_VALUE, 5))
        .anySatisfy(
            entry -> {
              assertThat(entry.action()).isEqualTo("simulation.create");
              assertThat(entry.subject()).isEqualTo("simulation:" + made.body().at("/id").asLong());
            });
  }

  @Test
  void storedVersion_isTheNewestOrTheOneThatIsAskedFor() {
    web.post(own, "/tariffs/" + tariff + "/versions", DRAFT);
    assertThat(version("\"tariff_id\":" + tariff)).isEqualTo(2);
    assertThat(version("\"tariff_id\":" + tariff + ",\"version\":1")).isEqualTo(1);
  }

  private int version(String which) {
    Reply made = web.post(own, "/tariffs/simulations", body(which));
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    return made.body().at("/version").asInt();
  }

  @Test
  void runs_belongToTheirOperator() {
    long id =
        web.post(own, "/tariffs/simulations", body("\"tariff\":" + DRAFT))
            .body()
            .at("/id")
            .asLong();
    String path = "/tariffs/simulations/" + id;
    assertThat(web.get(other, path).status()).isEqualTo(404);
    assertThat(web.call(other, "DELETE", path, null).status()).isEqualTo(404);
    assertThat(web.get(other, "/tariffs/simulations").body().at("/items")).isEmpty();
    assertThat(web.post(other, "/tariffs/simulations", body("\"tariff_id\":" + tariff)).field())
        .isEqualTo("tariff_id");
    assertThat(
            web.post(
                    other,
                    "/tariffs/simulations",
                    body("\"tariff\":" + DRAFT + ",\"sites\":[" + site + "]"))
                .field())
        .isEqualTo("sites[0]");
    assertThat(
            web.post(
                    other,
                    "/tariffs/simulations",
                    body("\"tariff\":" + DRAFT + ",\"stations\":[\"CP1\"]"))
                .field())
        .isEqualTo("stations[0]");
    String platform = web.key(Role.ADMIN, null);
    assertThat(web.get(platform, path).status()).isEqualTo(200);
    assertThat(web.get(web.key(Role.VIEWER, 1L), path).status()).isEqualTo(200);
    assertThat(
            web.post(web.key(Role.VIEWER, 1L), "/tariffs/simulations", body("\"tariff\":" + DRAFT))
                .status())
        .isEqualTo(403);
  }

  @Test
  void endedRun_isCancelledFirst_thenRemoved() {
    sessions();
    long id =
        web.post(own, "/tariffs/simulations", body("\"tariff\":" + DRAFT))
            .body()
            .at("/id")
            .asLong();
    String path = "/tariffs/simulations/" + id;
    assertThat(web.call(own, "DELETE", path, null).status()).isEqualTo(204);
    assertThat(web.get(own, path).body().at("/state").asText()).isEqualTo("cancelled");
    work();
    assertThat(web.get(own, path).body().at("/done").asLong()).isZero();
    assertThat(web.call(own, "DELETE", path, null).status()).isEqualTo(204);
    assertThat(web.get(own, path).status()).isEqualTo(404);
    assertThat(web.audit.list(1, Long.MAX_VALUE, 3))
        .extracting(entry -> entry.action())
        .startsWith("simulation.delete", "simulation.cancel", "simulation.create");
  }

  @Test
  void sixthRun_mustWait() {
    for (int i = 0; i < 5; i++) {
      assertThat(web.post(own, "/tariffs/simulations", body("\"tariff\":" + DRAFT)).status())
          .isEqualTo(201);
    }
    Reply sixth = web.post(own, "/tariffs/simulations", body("\"tariff\":" + DRAFT));
    assertThat(sixth.status()).isEqualTo(409);
    assertThat(sixth.body().at("/type").asText()).isEqualTo("urn:ampay:problem:too-many-runs");
  }

  /** What is blamed, and the body. */
  private static final List<String> BAD =
      List.of(
          "tariff | {FROM}",
          "tariff.elements | {FROM,'tariff':{'currency':'CNY'}}",
          "tariff.elements[0].price_components[0].price"
              + " | {FROM,'tariff':{'currency':'CNY','elements':[{'price_components':"
              + "[{'type':'ENERGY','price':-1,'step_size':1}]}]}}",
          "tariff_id | {FROM,'tariff_id':999}",
          "version | {FROM,'tariff_id':ID,'version':9}",
          "version | {FROM,'tariff_id':ID,'version':'x'}",
          "tariff.currency | {FROM,'tariff_id':ID,'tariff':{'currency':'EUR','elements':"
              + "[{'price_components':[{'type':'ENERGY','price':1,'step_size':1}]}]}}",
          "from | {'tariff_id':ID}",
          "from | {'tariff_id':ID,'from':'yesterday','to':'2026-04-01T00:00:00Z'}",
          "to | {'tariff_id':ID,'from':'2026-04-01T00:00:00Z','to':'2026-04-01T00:00:00Z'}",
          "to | {'tariff_id':ID,'from':'2020-04-01T00:00:00Z','to':'2026-04-01T00:00:00Z'}",
          "basis | {FROM,'tariff_id':ID,'basis':'guess'}",
          "sites[1] | {FROM,'tariff_id':ID,'sites':['east','west']}",
          "sites | {FROM,'tariff_id':ID,'sites':'east'}",
          "stations[0] | {FROM,'tariff_id':ID,'stations':[true]}",
          "tariff_only | {FROM,'tariff_id':ID,'tariff_only':'yes'}",
          "tarif | {FROM,'tarif':{}}");

  @Test
  void badInput_namesItsField() {
    for (String bad : BAD) {
      String[] parts = bad.split(" \\| ", 2);
      Reply reply =
          web.post(
              own,
              "/tariffs/simulations",
              parts[1]
                  .replace("FROM", MARCH)
                  .replace("ID", String.valueOf(tariff))
                  .replace('\'', '"'));
      assertThat(reply.status()).as(bad).isEqualTo(400);
      assertThat(reply.field()).as(bad).isEqualTo(parts[0]);
    }
  }
}
