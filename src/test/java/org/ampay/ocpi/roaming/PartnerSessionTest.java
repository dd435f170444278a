package org.ampay.ocpi.roaming;

import static org.ampay.ocpi.roaming.RoamingWorld.EMP;
import static org.ampay.ocpi.roaming.RoamingWorld.OTHER;
import static org.ampay.ocpi.roaming.RoamingWorld.yuan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.ampay.access.Authorization;
import org.ampay.access.AuthorizationRequest;
import org.ampay.access.AuthorizationRequest.Purpose;
import org.ampay.access.AuthorizationStatus;
import org.ampay.access.IdToken;
import org.ampay.billing.SettlementState;
import org.ampay.ledger.Account;
import org.ampay.ledger.Books;
import org.ampay.ledger.Statement.Place;
import org.ampay.payment.HoldState;
import org.ampay.payment.MoneyWorld;
import org.ampay.payment.PaymentOperation;
import org.ampay.store.TestDatabase;
import org.ampay.tariff.InvalidInputException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Sessions of partners: started, billed, settled, given back, refused. */
class PartnerSessionTest {

  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private RoamingWorld world;

  @BeforeEach
  void begin() {
    world = new RoamingWorld(DATABASE);
  }

  private long balance(Account account) {
    return world.money.balance(account);
  }

  @Test
  void session_isOwedByItsPartner_withoutWalletOrHold() {
    world.session(1, EMP, "10");
    assertThat(world.owed(EMP)).isEqualTo(1_155);
    assertThat(balance(Account.receivable(1, EMP, "CNY"))).isZero();
    assertThat(balance(Account.payablePending(1, "CNY"))).isZero();
    assertThat(balance(Account.payable(1, "CNY"))).isEqualTo(-1_050);
    assertThat(balance(Account.walletHeld(1, EMP, "CNY"))).isZero();
    assertThat(world.money.stateOf(1)).isEqualTo(SettlementState.SETTLED);
    assertThat(world.money.hold(1).state()).isEqualTo(HoldState.RELEASED);
    assertThat(world.money.hold(1).amount().minor()).isZero();
    assertThat(world.money.settlement(1).operations())
        .extracting(PaymentOperation::provider)
        .containsExactly("roaming");
  }

  @Test
  void refundAndItsCredit_takeOffWhatThePartnerOwes() {
    world.session(1, EMP, "10");
    world.refund(1, 500);
    assertThat(world.owed(EMP)).isEqualTo(655);
    assertThat(balance(Account.payable(1, "CNY"))).isEqualTo(-596);
    world.refund(1, 655);
    assertThat(world.owed(EMP)).isZero();
    assertThat(balance(Account.payable(1, "CNY"))).isZero();
    assertThat(world.money.stateOf(1)).isEqualTo(SettlementState.REFUNDED);
  }

  @Test
  void sessionOfNothing_owesNothing() {
    world.session(1, EMP, "0");
    assertThat(world.owed(EMP)).isEqualTo(55); // the flat price alone
    world.session(2, OTHER, "1");
    assertThat(world.owed(OTHER)).isEqualTo(165);
    assertThat(world.owed(EMP)).isEqualTo(55);
  }

  private Optional<AuthorizationStatus> asked(long partner, Purpose purpose) {
    Authorization candidate =
        new Authorization(AuthorizationStatus.ACCEPTED, null, null, 1L, partner, null, 1);
    return world
        .payers
        .refuse(
            new AuthorizationRequest(
                MoneyWorld.station(),
                List.of(1),
                new IdToken("TAG1", "ISO14443"),
                purpose,
                world.money.time.now()),
            candidate)
        .toCompletableFuture()
        .join();
  }

  @Test
  void limit_refusesStartsOfWhoOwesMore_untilItPays() {
    world.payers.limit(1, EMP, yuan(1_155), tx -> {});
    world.session(1, EMP, "10");
    world.payers.refresh();
    assertThat(asked(EMP, Purpose.START)).isEmpty(); // owes as much as it may, not more
    world.session(2, EMP, "0");
    world.payers.refresh();
    assertThat(asked(EMP, Purpose.START)).contains(AuthorizationStatus.NO_CREDIT);
    assertThat(asked(EMP, Purpose.PRESENT)).contains(AuthorizationStatus.NO_CREDIT);
    assertThat(asked(EMP, Purpose.STOP)).isEmpty();
    assertThat(asked(EMP, Purpose.CONTINUE)).isEmpty();
    assertThat(asked(OTHER, Purpose.START)).isEmpty();
    world.at("2026-03-20T00:00:00Z");
    world.payments.book(
        world.emp(),
        new RoamingPayment.Draft(null, yuan(55), yuan(0), LocalDate.of(2026, 3, 20), "r", "k"),
        RoamingWorld.BY);
    world.payers.refresh();
    assertThat(asked(EMP, Purpose.START)).isEmpty();
  }

  @Test
  void limitOfZero_isNone() {
    world.payers.limit(1, EMP, yuan(1), tx -> {});
    world.payers.limit(1, EMP, yuan(0), tx -> {});
    assertThat(world.emp().limit()).isNull();
    world.session(1, EMP, "10");
    world.payers.refresh();
    assertThat(asked(EMP, Purpose.START)).isEmpty();
    assertThat(world.payers.limit(2, EMP, yuan(5), tx -> {})).isFalse(); // another operator
    assertThatThrownBy(() -> world.payers.limit(1, EMP, yuan(-1), tx -> {}))
        .isInstanceOf(InvalidInputException.class);
  }

  @Test
  void partner_hasThePayersIdForItself() {
    world.money.transactor.run(tx -> world.payers.ensure(tx, 1, EMP, "another name"));
    assertThat(world.emp().name()).isEqualTo("Emp GmbH");
    world.execute(
        "INSERT INTO driver (id, operator_id, name, created_at) VALUES (9, 1, 'D', '2026-01-01')");
    assertThatThrownBy(() -> world.money.transactor.run(tx -> world.payers.ensure(tx, 1, 9, "Emp")))
        .hasStackTraceContaining("the id of somebody else");
    assertThat(world.payers.find(1, 9)).isEmpty();
  }

  @Test
  void statement_tellsEachPosting_andWhatIsOwedAtItsEnds() {
    world.at("2026-03-02T10:00:00Z");
    world.session(1, EMP, "10");
    world.at("2026-03-10T10:00:00Z");
    world.session(2, EMP, "20");
    world.refund(2, 300);
    RoamingPayment paid = pay("2026-03-11T10:00:00Z");
    world.at("2026-03-12T10:00:00Z");
    world.session(3, EMP, "1");
    PartnerStatement statement =
        world.statement(world.emp(), "2026-03-05T00:00:00Z", "2026-03-12T00:00:00Z");
    assertThat(statement.opening()).isEqualTo(yuan(1_155));
    assertThat(statement.lines())
        .extracting(PartnerStatement.Line::what)
        .containsExactly("session", "credit", "payment");
    assertThat(statement.lines())
        .extracting(line -> line.amount().minor())
        .containsExactly(2_255L, -300L, -1_000L);
    assertThat(statement.lines())
        .extracting(line -> line.balance().minor())
        .containsExactly(3_410L, 3_110L, 2_110L);
    assertThat(statement.lines().getFirst().sessionId()).isEqualTo(2);
    assertThat(statement.lines().get(1).sessionId()).isEqualTo(2);
    assertThat(statement.lines().get(1).billId())
        .isNotEqualTo(statement.lines().getFirst().billId());
    assertThat(statement.lines().getLast().paymentId()).isEqualTo(paid.id());
    assertThat(statement.closing()).isEqualTo(yuan(2_110));
    assertThat(world.statements.owed(world.emp(), "CNY")).isEqualTo(yuan(2_275));
    PartnerStatement nobody =
        world.statement(world.other(), "2026-03-05T00:00:00Z", "2026-03-12T00:00:00Z");
    assertThat(nobody.lines()).isEmpty();
    assertThat(nobody.closing()).isEqualTo(yuan(0));
  }

  private RoamingPayment pay(String at) {
    world.at(at);
    return world.payments.book(
        world.emp(),
        new RoamingPayment.Draft(
            null,
            yuan(1_000),
            yuan(0),
            LocalDate.ofInstant(Instant.parse(at), ZoneOffset.UTC),
            "bank 17",
            "k"),
        RoamingWorld.BY);
  }

  @Test
  void statement_goesOnWhereAPartEnded() {
    List.of(1L, 2L, 3L).forEach(session -> world.session(session, EMP, "10"));
    var period = new Books.Period(Instant.EPOCH, Instant.parse("2027-01-01T00:00:00Z"));
    PartnerStatement first = world.statements.of(world.emp(), "CNY", period, Place.START, 2);
    assertThat(first.lines()).hasSize(2);
    PartnerStatement second =
        world.statements.of(world.emp(), "CNY", period, Objects.requireNonNull(first.next()), 2);
    assertThat(second.lines()).hasSize(1);
    assertThat(second.lines().getFirst().balance()).isEqualTo(yuan(3_465));
    assertThat(second.next()).isNull();
  }
}
