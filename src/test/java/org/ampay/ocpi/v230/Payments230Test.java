package org.ampay.ocpi.v230;

import static org.ampay.ocpi.roaming.RoamingWorld.PTP;
import static org.ampay.ocpi.roaming.RoamingWorld.yuan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.ampay.access.Authorization;
import org.ampay.access.AuthorizationRequest;
import org.ampay.access.AuthorizationStatus;
import org.ampay.access.IdToken;
import org.ampay.app.check.CheckResult;
import org.ampay.billing.SettlementState;
import org.ampay.ledger.Account;
import org.ampay.ocpi.OcpiVersion;
import org.ampay.ocpi.Partner;
import org.ampay.ocpi.client.PartnerClient;
import org.ampay.ocpi.client.PartnerReply;
import org.ampay.ocpi.client.PartnerRequest;
import org.ampay.ocpi.facts.Facts;
import org.ampay.ocpi.facts.Strictness;
import org.ampay.ocpi.http.OcpiAnswer;
import org.ampay.ocpi.http.OcpiProblem;
import org.ampay.ocpi.http.OcpiStatus;
import org.ampay.ocpi.roaming.RoamingWorld;
import org.ampay.ocpi.terminal.ReferenceStore;
import org.ampay.ocpi.terminal.TerminalPayments;
import org.ampay.ocpi.terminal.Terminals;
import org.ampay.payment.Debts;
import org.ampay.payment.MoneyWorld;
import org.ampay.payment.TakenElsewhere;
import org.ampay.store.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Card terminals: their services confirm what they took, and sessions are paid by that. */
class Payments230Test {

  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private static final Partner CARDS = TestCall.partner(PTP, "PTP");

  private final List<PartnerRequest> sent = new ArrayList<>();
  private PartnerReply reply = new PartnerReply.NoEndpoint("not registered");
  private RoamingWorld world;
  private Payments230 module;
  private Terminals terminals;

  @BeforeEach
  void begin() {
    world = new RoamingWorld(DATABASE);
    PartnerClient client =
        (partner, request) -> {
          sent.add(request);
          return reply;
        };
    terminals = new Terminals(world.money.transactor, client, world.money.time);
    TakenElsewhere elsewhere =
        new TakenElsewhere(
            world.money.stores, world.money.providers, world.money.journals, world.money.ids);
    module =
        new Payments230(
            terminals,
            new TerminalPayments(
                world.money.transactor, new ReferenceStore(), elsewhere, world.money.time));
  }

  /** As it is written when a session of a partner is first told of. */
  private void reference(long session) {
    world.execute(
        """
        INSERT INTO ocpi_session_token (session_id, partner_id, operator_id, country_code,
          party_id, uid, type, contract_id, auth_method, auth_ref)
        VALUES (%d, %d, 1, 'DE', 'PTP', 'U', 'AD_HOC_USER', 'C', 'COMMAND', 'ref-%d')\
        """
            .formatted(session, PTP, session));
  }

  private void session(long session) {
    reference(session);
    world.session(session, PTP, "10"); // 11.55
  }

  private static String advice(String id, long session, String status, String costs) {
    return """
    {"id":"%s","authorization_reference":"ref-%d","total_costs":%s,"currency":"CNY",\
    "eft_data":["CARD 1234"],"capture_status_code":"%s",\
    "last_updated":"2026-03-02T11:00:00Z"}\
    """
        .formatted(id, session, costs, status);
  }

  private static final String ALL =
      "{\"before_taxes\":10.50,\"taxes\":[{\"name\":\"VAT\",\"amount\":1.05}]}";

  private int post(String body) {
    return ((OcpiAnswer.Done)
            module.handle(TestCall.post(CARDS, body, "financial-advice-confirmations")))
        .http();
  }

  private OcpiProblem refused(String body) {
    return catchThrowableOfType(OcpiProblem.class, () -> post(body));
  }

  @Test
  void confirmation_paysItsSession_andTheServiceOwesIt() {
    session(1);
    assertThat(world.money.stateOf(1)).isEqualTo(SettlementState.DEBT);
    assertThat(world.money.settlement(1).settlement().reason()).contains("confirmation");
    assertThat(world.owed(PTP)).isZero();
    assertThat(post(advice("A1", 1, "SUCCESS", ALL))).isEqualTo(201);
    assertThat(world.money.stateOf(1)).isEqualTo(SettlementState.SETTLED);
    assertThat(world.owed(PTP)).isEqualTo(1_155);
    assertThat(world.money.balance(Account.receivable(1, PTP, "CNY"))).isZero();
    assertThat(world.money.balance(Account.payable(1, "CNY"))).isEqualTo(-1_050);
    assertThat(post(advice("a1", 1, "SUCCESS", ALL))).isEqualTo(200); // told again
    assertThat(world.owed(PTP)).isEqualTo(1_155);
    OcpiAnswer.Done read =
        (OcpiAnswer.Done)
            module.handle(TestCall.get(CARDS, "financial-advice-confirmations", "A1"));
    assertThat(Objects.requireNonNull(read.data()).path("eft_data").get(0).textValue())
        .isEqualTo("CARD 1234");
    world.refund(1, 155);
    assertThat(world.owed(PTP)).isEqualTo(1_000);
    world.facts();
    assertThat(world.checks()).extracting(CheckResult::line).allMatch(l -> l.startsWith("ok "));
  }

  @Test
  void partialAndFailedConfirmations_leaveADebt_thatALaterWordPays() {
    session(1);
    session(2);
    assertThat(post(advice("A1", 1, "PARTIAL_SUCCESS", "{\"before_taxes\":5}"))).isEqualTo(201);
    assertThat(world.money.stateOf(1)).isEqualTo(SettlementState.PARTIAL);
    assertThat(world.owed(PTP)).isEqualTo(500);
    assertThat(post(advice("A2", 1, "SUCCESS", "{\"before_taxes\":6.55}"))).isEqualTo(201);
    assertThat(world.money.stateOf(1)).isEqualTo(SettlementState.SETTLED);
    assertThat(post(advice("B1", 2, "FAILED", "{\"before_taxes\":0}"))).isEqualTo(201);
    assertThat(world.money.stateOf(2)).isEqualTo(SettlementState.DEBT);
    assertThat(post(advice("B1", 2, "SUCCESS", ALL))).isEqualTo(200); // at last
    assertThat(world.money.stateOf(2)).isEqualTo(SettlementState.SETTLED);
    assertThat(world.owed(PTP)).isEqualTo(2 * 1_155);
    world.facts();
    assertThat(world.checks()).extracting(CheckResult::line).allMatch(l -> l.startsWith("ok "));
  }

  @Test
  void whatCannotBe_isRefused_andMovesNothing() {
    session(1);
    assertThat(refused(advice("A1", 9, "SUCCESS", ALL)).getMessage())
        .contains("authorization_reference");
    reference(5); // started, not billed
    assertThat(refused(advice("A1", 5, "SUCCESS", ALL)).status())
        .isEqualTo(OcpiStatus.NOT_ENOUGH_INFORMATION);
    assertThat(refused(advice("A1", 1, "SUCCESS", "{\"before_taxes\":11.56}")).getMessage())
        .contains("11.55");
    assertThat(refused(advice("A1", 1, "SUCCESS", "{\"before_taxes\":0}")).getMessage())
        .contains("nothing");
    assertThat(refused(advice("A1", 1, "SUCCESS", "{\"before_taxes\":1.005}")).getMessage())
        .contains("digits");
    assertThat(
            refused(advice("A1", 1, "SUCCESS", ALL.replace("10.50", "1E+999999999"))).getMessage())
        .contains("before_taxes");
    assertThat(refused(advice("A1", 1, "DONE", ALL)).status())
        .isEqualTo(OcpiStatus.INVALID_PARAMETERS);
    assertThat(refused("{\"id\":\"A1\"}").status()).isEqualTo(OcpiStatus.INVALID_PARAMETERS);
    assertThat(refused(advice("A1", 1, "SUCCESS", ALL).replace("CNY", "EUR")).getMessage())
        .contains("total_costs");
    assertThat(world.owed(PTP)).isZero();
    assertThat(post(advice("A1", 1, "SUCCESS", ALL))).isEqualTo(201);
    assertThat(refused(advice("A1", 1, "PARTIAL_SUCCESS", ALL)).getMessage()).contains("id");
    assertThat(refused(advice("A2", 1, "SUCCESS", ALL)).getMessage()).contains("0.00");
    assertThat(world.owed(PTP)).isEqualTo(1_155);
  }

  @Test
  void sameConfirmation_manyTimesAtOnce_paysOnce() throws Exception {
    session(1);
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> answers = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        Callable<Integer> work = () -> post(advice("A1", 1, "SUCCESS", ALL));
        answers.add(executor.submit(work));
      }
      List<Integer> told = new ArrayList<>();
      for (Future<Integer> answer : answers) {
        told.add(answer.get());
      }
      assertThat(told).containsOnlyOnce(201);
    }
    assertThat(world.owed(PTP)).isEqualTo(1_155);
  }

  @Test
  void unconfirmedSessions_keepNobodyFromStarting_andServicesAreInvoicedWhatTheyTook() {
    session(1);
    session(2);
    post(advice("A1", 1, "SUCCESS", ALL));
    Debts debts = new Debts(world.money.transactor, world.money.stores, world.money.time);
    debts.refresh();
    AuthorizationRequest request =
        new AuthorizationRequest(
            MoneyWorld.station(),
            List.of(1),
            new IdToken("TAG1", "ISO14443"),
            AuthorizationRequest.Purpose.START,
            world.money.time.now());
    Authorization asked =
        new Authorization(AuthorizationStatus.ACCEPTED, null, null, 1L, PTP, null, 1);
    assertThat(debts.refuse(request, asked).toCompletableFuture().join()).isEmpty();
    world.at("2026-04-02T00:00:00Z");
    assertThat(world.invoice(world.ptp(), RoamingWorld.MARCH).total()).isEqualTo(yuan(1_155));
  }

  @Test
  void tampering_isFoundByTheAudit() {
    session(1);
    post(advice("A1", 1, "SUCCESS", ALL));
    world.facts();
    world.execute("CREATE TABLE kept_advice AS SELECT * FROM ocpi_financial_advice");
    Map<String, String> tamperings =
        Map.of(
            "UPDATE ocpi_financial_advice SET total_minor = total_minor + 1",
            "terminal_confirmations_paid",
            "UPDATE ocpi_financial_advice SET status = 'FAILED'",
            "terminal_confirmations_paid",
            "DELETE FROM ocpi_financial_advice",
            "terminal_charges_confirmed");
    tamperings.forEach(
        (sql, check) -> {
          world.execute(sql);
          assertThat(world.checks().stream().filter(result -> !result.ok()).map(CheckResult::name))
              .as(sql)
              .contains(check);
          world.execute("DELETE FROM ocpi_financial_advice");
          world.execute("INSERT INTO ocpi_financial_advice SELECT * FROM kept_advice");
        });
    world.execute("DROP TABLE kept_advice");
  }

  private static final String TERMINAL =
      """
      {"terminal_id":"T-1","reference":"left pole","country_code":"DE","party_id":"PTP",\
      "last_updated":"2026-03-02T10:00:00Z"}\
      """;

  @Test
  void terminals_areTold_readAndAssigned_onceTheServiceHasTakenIt() throws Exception {
    assertThat(
            ((OcpiAnswer.Done) module.handle(TestCall.post(CARDS, TERMINAL, "terminals"))).http())
        .isEqualTo(201);
    String older = TERMINAL.replace("left", "old").replace("T10", "T09");
    module.handle(TestCall.post(CARDS, older, "terminals"));
    assertThat(terminals.list(CARDS)).singleElement().asString().contains("left pole");
    assertThat(terminals.assign(CARDS, "t-1", List.of("S1"), List.of(), tx -> {}))
        .isInstanceOf(Terminals.Assigned.Refused.class);
    assertThat(terminals.find(CARDS, "T-1").orElseThrow()).doesNotContain("location_ids");
    reply =
        new PartnerReply.Done(
            com.fasterxml.jackson.databind.node.MissingNode.getInstance(), Map.of());
    assertThat(terminals.assign(CARDS, "t-1", List.of("S1"), List.of("11"), tx -> {}))
        .isInstanceOf(Terminals.Assigned.Done.class);
    assertThat(sent.getLast().method()).isEqualTo("PATCH");
    assertThat(sent.getLast().path()).containsExactly("terminals", "T-1");
    ObjectNode stored =
        (ObjectNode)
            new com.fasterxml.jackson.databind.ObjectMapper()
                .readTree(terminals.find(CARDS, "T-1").orElseThrow());
    assertThat(stored.path("location_ids").get(0).textValue()).isEqualTo("S1");
    assertThat(Facts.of(OcpiVersion.V2_3_0).check("Terminal", stored, Strictness.SENT)).isEmpty();
    assertThat(terminals.assign(CARDS, "T-2", List.of(), List.of(), tx -> {}))
        .isInstanceOf(Terminals.Assigned.Unknown.class);
    Partner other = TestCall.partner(RoamingWorld.EMP, "EMSP");
    OcpiProblem unknown =
        catchThrowableOfType(
            OcpiProblem.class, () -> module.handle(TestCall.get(other, "terminals", "T-1")));
    assertThat(unknown.http()).isEqualTo(404);
    OcpiProblem method =
        catchThrowableOfType(
            OcpiProblem.class,
            () -> module.handle(TestCall.post(CARDS, TERMINAL, "terminals", "T-1")));
    assertThat(method.http()).isEqualTo(405);
  }
}
