package org.ampay.ocpi.roaming;

import static org.ampay.ocpi.roaming.RoamingWorld.BY;
import static org.ampay.ocpi.roaming.RoamingWorld.EMP;
import static org.ampay.ocpi.roaming.RoamingWorld.MARCH;
import static org.ampay.ocpi.roaming.RoamingWorld.OTHER;
import static org.ampay.ocpi.roaming.RoamingWorld.yuan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.ampay.app.check.CheckResult;
import org.ampay.ledger.Account;
import org.ampay.store.TestDatabase;
import org.ampay.store.Transactor;
import org.ampay.store.Tx;
import org.ampay.tariff.InvalidInputException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Invoices of partners: once, numbered, cancelled by credits only, paid in parts. */
class PartnerInvoiceTest {

  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private static final String APRIL = "2026-04-01T08:00:00Z";

  private RoamingWorld world;

  @BeforeEach
  void begin() {
    world = new RoamingWorld(DATABASE);
  }

  /** Two sessions of 11.55 and 22.55 and a credit of 3.00 in March, one session in April. */
  private void march() {
    world.session(1, EMP, "10");
    world.session(2, EMP, "20");
    world.refund(2, 300);
    world.session(3, OTHER, "1");
    world.at("2026-03-31T15:59:59Z"); // the last second of March in Shanghai
    world.session(4, EMP, "0");
    world.at("2026-03-31T16:00:00Z");
    world.session(5, EMP, "100");
    world.at(APRIL);
  }

  @Test
  void invoice_hasWhatWasPostedInItsMonth_byTaxRate() {
    march();
    RoamingInvoice invoice = world.invoice(world.emp(), MARCH);
    assertThat(invoice.code()).isEqualTo("CN-AMP-R000001");
    assertThat(invoice.items()).isEqualTo(4);
    assertThat(invoice.to()).isEqualTo(Instant.parse("2026-03-31T16:00:00Z"));
    assertThat(invoice.total()).isEqualTo(yuan(1_155 + 2_255 - 300 + 55));
    assertThat(invoice.excl().plus(invoice.tax())).isEqualTo(invoice.total());
    assertThat(invoice.lines()).hasSize(1);
    assertThat(invoice.lines().getFirst().rate()).isEqualByComparingTo("10");
    assertThat(invoice.lines().getFirst().total()).isEqualTo(invoice.total());
    assertThat(world.invoices().items(invoice, 0, 100))
        .extracting(item -> item.sessionId() + " " + item.kind() + " " + item.total().minor())
        .containsExactlyInAnyOrder(
            "1 charge 1155", "2 charge 2255", "2 credit -300", "4 charge 55");
    assertThat(world.standing(invoice).orElseThrow().state()).isEqualTo("open");
    assertThat(world.owed(EMP)).isEqualTo(invoice.total().minor() + 11_055);
    assertThat(world.invoices().find(world.other(), invoice.id())).isEmpty();
  }

  @Test
  void secondWish_isTheSameInvoice_andARunningMonthHasNone() {
    march();
    RoamingInvoice first = world.invoice(world.emp(), MARCH);
    assertThat(world.invoices().make(world.emp(), MARCH, BY))
        .isEqualTo(new PartnerInvoices.Made.Invoice(first, false));
    assertThatThrownBy(() -> world.invoices().make(world.emp(), MARCH.plusMonths(1), BY))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("period");
    assertThat(world.invoices().make(world.emp(), MARCH.minusMonths(1), BY))
        .isInstanceOf(PartnerInvoices.Made.Nothing.class);
  }

  @Test
  void makersSideBySide_makeEachInvoiceOnce_andNumbersHaveNoGaps() throws Exception {
    march();
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<PartnerInvoices.Made>> made = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        boolean emp = i % 2 == 0;
        Callable<PartnerInvoices.Made> work =
            () -> world.invoices().make(emp ? world.emp() : world.other(), MARCH, BY);
        made.add(executor.submit(work));
      }
      long isNew = 0;
      for (Future<PartnerInvoices.Made> one : made) {
        isNew += ((PartnerInvoices.Made.Invoice) one.get()).isNew() ? 1 : 0;
      }
      assertThat(isNew).isEqualTo(2);
    }
    assertThat(world.invoices().list(world.emp(), Long.MAX_VALUE, 10)).hasSize(1);
    assertThat(numbers()).containsExactly(1, 2);
  }

  private List<Integer> numbers() {
    List<Integer> numbers = new ArrayList<>();
    world
        .invoices()
        .list(world.emp(), Long.MAX_VALUE, 100)
        .forEach(s -> numbers.add(s.invoice().number()));
    world
        .invoices()
        .list(world.other(), Long.MAX_VALUE, 100)
        .forEach(s -> numbers.add(s.invoice().number()));
    return numbers.stream().sorted().toList();
  }

  /** Dies with its work undone, as a process that is killed before its commit. */
  private record Dying(Transactor real) implements Transactor {
    @Override
    public <R> R call(Function<Tx, R> work) {
      return real.call(
          tx -> {
            work.apply(tx);
            throw new IllegalStateException("killed");
          });
    }
  }

  @Test
  void maker_thatIsKilled_leavesNothing_noNumberEither() {
    march();
    PartnerInvoices dying = world.invoices(new Dying(world.money.transactor));
    assertThatThrownBy(() -> dying.make(world.emp(), MARCH, BY)).hasMessage("killed");
    assertThat(world.invoices().list(world.emp(), Long.MAX_VALUE, 10)).isEmpty();
    assertThat(world.invoice(world.emp(), MARCH).number()).isEqualTo(1);
    assertThat(numbers()).containsExactly(1);
  }

  @Test
  void cancelledInvoice_hasACreditOfItsOwnNumber_andItsBillsGoOnTheNext() {
    march();
    RoamingInvoice first = world.invoice(world.emp(), MARCH);
    RoamingInvoice credit =
        world.invoices().cancel(world.emp(), first.id(), "wrong address", BY).orElseThrow();
    assertThat(credit.number()).isEqualTo(2);
    assertThat(credit.kind()).isEqualTo(RoamingInvoice.Kind.CREDIT);
    assertThat(credit.total()).isEqualTo(first.total().negate());
    assertThat(credit.lines().getFirst().tax()).isEqualTo(first.lines().getFirst().tax().negate());
    assertThat(world.standing(first).orElseThrow().state()).isEqualTo("cancelled");
    assertThat(world.standing(first).orElseThrow().invoice()).isEqualTo(first); // as it was
    RoamingInvoice again = world.invoice(world.emp(), MARCH);
    assertThat(again.number()).isEqualTo(3);
    assertThat(again.total()).isEqualTo(first.total());
    assertThat(again.items()).isEqualTo(first.items());
    assertThatThrownBy(() -> world.invoices().cancel(world.emp(), first.id(), "again", BY))
        .hasMessageContaining("cancelled already");
    assertThatThrownBy(() -> world.invoices().cancel(world.emp(), credit.id(), "why", BY))
        .hasMessageContaining("credit itself");
    assertThat(world.invoices().cancel(world.other(), again.id(), "not his", BY)).isEmpty();
    assertThat(world.owed(EMP)).isEqualTo(first.total().minor() + 11_055); // money is not moved
  }

  @Test
  void payments_inParts_withWhatBanksKept_payAnInvoice() {
    march();
    RoamingInvoice invoice = world.invoice(world.emp(), MARCH);
    long before = world.owed(EMP);
    RoamingPayment part = world.pay(world.emp(), invoice.id(), 1_000, 25);
    assertThat(part.credited()).isEqualTo(yuan(1_025));
    assertThat(world.standing(invoice).orElseThrow().state()).isEqualTo("part_paid");
    assertThat(world.standing(invoice).orElseThrow().open()).isEqualTo(yuan(3_165 - 1_025));
    assertThatThrownBy(() -> world.pay(world.emp(), invoice.id(), 2_141, 0))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("21.40 CNY");
    assertThatThrownBy(() -> world.invoices().cancel(world.emp(), invoice.id(), "no", BY))
        .hasMessageContaining("was paid in part");
    world.pay(world.emp(), invoice.id(), 2_140, 0);
    assertThat(world.standing(invoice).orElseThrow().state()).isEqualTo("paid");
    assertThat(world.owed(EMP)).isEqualTo(before - 3_165);
    assertThat(world.money.balance(Account.bank(1, "CNY"))).isEqualTo(3_140);
    assertThat(world.money.balance(Account.pspFee(1, "CNY"))).isEqualTo(25);
    assertThatThrownBy(() -> world.pay(world.other(), invoice.id(), 1, 0))
        .hasMessageContaining("invoice");
  }

  @Test
  void sameWish_isTheSamePayment_andAWrongOneIsReversedOnce() {
    march();
    RoamingPayment.Draft draft =
        new RoamingPayment.Draft(
            null, yuan(500), yuan(0), LocalDate.of(2026, 4, 1), "bank 1", "key 1");
    RoamingPayment first = world.payments.book(world.emp(), draft, BY);
    assertThat(world.payments.book(world.emp(), draft, BY).id()).isEqualTo(first.id());
    assertThatThrownBy(
            () ->
                world.payments.book(
                    world.emp(),
                    new RoamingPayment.Draft(
                        null, yuan(501), yuan(0), LocalDate.of(2026, 4, 1), "bank 1", "key 1"),
                    BY))
        .hasMessageContaining("another payment");
    long owed = world.owed(EMP);
    RoamingPayment reversal = world.payments.reverse(world.emp(), first.id(), BY).orElseThrow();
    assertThat(reversal.credited()).isEqualTo(yuan(-500));
    assertThat(world.owed(EMP)).isEqualTo(owed + 500);
    assertThatThrownBy(() -> world.payments.reverse(world.emp(), first.id(), BY))
        .hasMessageContaining("reversed already");
    assertThatThrownBy(() -> world.payments.reverse(world.emp(), reversal.id(), BY))
        .hasMessageContaining("reversal itself");
    assertThat(world.payments.reverse(world.other(), first.id(), BY)).isEmpty();
    assertThat(world.payments.list(world.emp(), Long.MAX_VALUE, 10)).hasSize(2);
  }

  @Test
  void invoices_comeByThemselves_monthByMonth_alsoAfterALongSleep() {
    march();
    world.at("2026-06-02T08:00:00Z");
    world.session(6, EMP, "1"); // June: not yet
    assertThat(world.invoices().makeDue()).isEqualTo(3);
    assertThat(world.invoices().list(world.emp(), Long.MAX_VALUE, 10))
        .extracting(standing -> standing.invoice().period() + " " + standing.invoice().items())
        .containsExactly("2026-04 1", "2026-03 4");
    assertThat(world.invoices().list(world.other(), Long.MAX_VALUE, 10))
        .extracting(standing -> standing.invoice().period())
        .containsExactly(MARCH);
    assertThat(world.invoices().makeDue()).isZero();
    world.at("2026-07-01T00:00:00Z");
    assertThat(world.invoices().makeDue()).isEqualTo(1);
    assertThat(world.invoices().list(world.emp(), Long.MAX_VALUE, 1).getFirst().invoice().period())
        .isEqualTo(YearMonth.of(2026, 6));
  }

  @Test
  void creditOfALaterMonth_isOnThatMonthsInvoice_evenBelowZero() {
    world.session(1, EMP, "10");
    world.at(APRIL);
    world.invoice(world.emp(), MARCH);
    world.refund(1, 1_155);
    world.at("2026-05-02T00:00:00Z");
    RoamingInvoice april = world.invoice(world.emp(), MARCH.plusMonths(1));
    assertThat(april.total()).isEqualTo(yuan(-1_155));
    assertThat(world.standing(april).orElseThrow().state()).isEqualTo("paid"); // nothing to pay
    assertThat(world.owed(EMP)).isZero();
    world.facts();
    assertThat(world.checks()).allMatch(CheckResult::ok);
  }

  @Test
  void wrongAmountsAndDays_areRefused() {
    march();
    assertThatThrownBy(() -> world.pay(world.emp(), null, 0, 0)).hasMessageContaining("amount");
    assertThatThrownBy(() -> world.pay(world.emp(), null, 5, -1)).hasMessageContaining("fee");
    assertThatThrownBy(() -> world.pay(world.emp(), 77L, 5, 0)).hasMessageContaining("invoice");
    for (LocalDate day : List.of(LocalDate.of(2026, 4, 3), LocalDate.of(1999, 1, 1))) {
      RoamingPayment.Draft draft = new RoamingPayment.Draft(null, yuan(5), yuan(0), day, "r", "k");
      assertThatThrownBy(() -> world.payments.book(world.emp(), draft, BY))
          .hasMessageContaining("received_on");
    }
    assertThatThrownBy(() -> world.invoices().cancel(world.emp(), 1, " ", BY))
        .hasMessageContaining("reason");
  }
}
