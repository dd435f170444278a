package org.ampay.payment;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.ampay.base.Money;
import org.ampay.billing.Bill;
import org.ampay.billing.Credits;
import org.ampay.ledger.Account;
import org.ampay.ledger.JournalEntry;
import org.ampay.ledger.Posting;
import org.ampay.payment.SettlementPostings.TaxPart;
import org.ampay.payment.fee.PlatformFee;

/** Bills paid in parts and given back in parts, in any order: nothing is lost or made. */
class ReversalPropertyTest {

  private static final long DRIVER = 7;
  private static final Instant AT = Instant.parse("2026-03-02T08:00:00Z");
  private static final Account MONEY = Account.pspClearing(1, "bank", 9L, "CNY");

  /** A line's price and tax, each above zero; and how much of it a discount takes off. */
  private record Part(long excl, long tax, int discountPercent) {}

  private record Fee(int basisPoints, long flat, long least, Long most) {}

  /** A part in thousandths of what is left: paid, or given back. */
  private record Act(boolean pays, int thousandths) {}

  private record Life(List<Part> parts, Fee fee, int taxRates, List<Act> acts) {}

  @Provide
  Arbitrary<Life> lives() {
    Arbitrary<Part> part =
        Combinators.combine(
                Arbitraries.longs().between(0, 3_000_000),
                Arbitraries.longs().between(0, 400_000),
                Arbitraries.integers().between(0, 100))
            .as(Part::new);
    Arbitrary<Fee> fee =
        Combinators.combine(
                Arbitraries.integers().between(0, 10_000),
                Arbitraries.longs().between(0, 200),
                Arbitraries.longs().between(0, 300),
                Arbitraries.longs().between(300, 100_000).injectNull(0.5))
            .as(Fee::new);
    Arbitrary<Act> act =
        Combinators.combine(Arbitraries.of(true, false), Arbitraries.integers().between(1, 1_000))
            .as(Act::new);
    return Combinators.combine(
            part.list().ofMinSize(1).ofMaxSize(5),
            fee,
            Arbitraries.integers().between(1, 3),
            act.list().ofMaxSize(12))
        .as(Life::new);
  }

  /** The books of one bill. */
  private static final class Book {
    private final Bill bill;
    private final List<TaxPart> taxes;
    private final long fee;
    private final Map<Account, Long> balances = new HashMap<>();
    private final List<Bill> credits = new ArrayList<>();
    private long paid;
    private long back;

    Book(Life life) {
      bill = bill(life);
      taxes = taxes(life, bill.tax().minor());
      Fee f = life.fee();
      fee =
          new PlatformFee(1, 1, AT, "CNY", f.basisPoints(), f.flat(), f.least(), f.most(), AT)
              .of(bill);
      List<Posting> billed = new ArrayList<>();
      billed.add(Posting.debit(receivable(), bill.total().minor()));
      billed.add(Posting.credit(Account.payablePending(1, "CNY"), bill.excl().minor()));
      taxes.forEach(tax -> billed.add(Posting.credit(tax.account(), tax.minor())));
      post("bill", billed);
    }

    private static Account receivable() {
      return Account.receivable(1, DRIVER, "CNY");
    }

    void post(String key, List<Posting> postings) {
      if (postings.stream().anyMatch(posting -> posting.minor() != 0)) {
        new JournalEntry(key, key, 1, 1, postings); // refuses what is out of balance
      }
      postings.forEach(p -> balances.merge(p.account(), p.minor(), Math::addExact));
    }

    void pay(long minor) {
      List<Posting> postings =
          new ArrayList<>(SettlementPostings.payment(bill, DRIVER, fee, paid, minor));
      postings.add(Posting.debit(MONEY, minor));
      post("capture", postings);
      paid += minor;
    }

    void giveBack(long minor) {
      List<Posting> postings =
          new ArrayList<>(SettlementPostings.refund(bill, taxes, fee, back, minor));
      postings.add(Posting.credit(MONEY, minor));
      post("refund", postings);
      long share = SettlementPostings.refundedShare(bill, back, minor);
      credits.add(
          Credits.bill(
              bill,
              credits,
              new Credits.Part(
                  credits.size() + 2L,
                  new Money("CNY", share),
                  new Money("CNY", minor - share),
                  AT)));
      back += minor;
    }

    long of(Account account) {
      return balances.getOrDefault(account, 0L);
    }

    long taxed() {
      return taxes.stream().map(TaxPart::account).distinct().mapToLong(this::of).sum();
    }

    void check() {
      assertThat(balances.values().stream().mapToLong(Long::longValue).sum()).isZero();
      assertThat(of(MONEY)).isEqualTo(paid - back);
      assertThat(-of(Account.platformFee(1, "CNY"))).isBetween(0L, fee);
      // Each is rounded by itself: for a moment the fee may be ahead by one.
      assertThat(-of(Account.payable(1, "CNY"))).isBetween(-1L, bill.excl().minor());
      for (int i = 0; i < bill.lines().size(); i++) {
        int line = i;
        checkLine(
            bill.lines().get(i).excl().minor(),
            credits.stream().mapToLong(c -> c.lines().get(line).excl().minor()).sum());
        checkLine(
            bill.lines().get(i).tax().minor(),
            credits.stream().mapToLong(c -> c.lines().get(line).tax().minor()).sum());
      }
    }

    /** A line is never credited more than it was charged. */
    private static void checkLine(long charged, long credited) {
      assertThat(-credited).isBetween(Math.min(0, charged), Math.max(0, charged));
    }
  }

  private static Bill bill(Life life) {
    List<Bill.Line> lines = new ArrayList<>();
    for (Part part : life.parts()) {
      lines.add(line("ENERGY", part.excl(), part.tax()));
      lines.add(
          line(
              "TIER",
              -part.excl() * part.discountPercent() / 100,
              -part.tax() * part.discountPercent() / 100));
    }
    long excl = lines.stream().mapToLong(line -> line.excl().minor()).sum();
    long tax = lines.stream().mapToLong(line -> line.tax().minor()).sum();
    return new Bill(
        1,
        1,
        new Bill.Session(1, 10, null),
        Bill.Kind.CHARGE,
        0,
        DRIVER,
        1,
        new Money("CNY", excl),
        new Money("CNY", tax),
        AT,
        lines);
  }

  private static Bill.Line line(String dimension, long excl, long tax) {
    return new Bill.Line(
        dimension,
        null,
        AT,
        AT,
        BigDecimal.ONE,
        BigDecimal.ONE,
        null,
        new Money("CNY", excl),
        new Money("CNY", tax),
        null,
        null);
  }

  private static List<TaxPart> taxes(Life life, long tax) {
    long part = tax / life.taxRates();
    return LongStream.range(0, life.taxRates())
        .mapToObj(
            i ->
                new TaxPart(
                    Account.tax(1, "CN", BigDecimal.valueOf(i + 5), "CNY"),
                    i == 0 ? tax - part * (life.taxRates() - 1) : part))
        .toList();
  }

  private static long part(long left, int thousandths) {
    return left * thousandths / 1_000;
  }

  @Property(tries = 10_000)
  void nothingIsLostOrMade(@ForAll("lives") Life life) {
    Book book = new Book(life);
    long total = book.bill.total().minor();
    for (Act act : life.acts()) {
      long minor =
          act.pays()
              ? part(total - book.paid, act.thousandths())
              : part(book.paid - book.back, act.thousandths());
      if (minor > 0 && act.pays()) {
        book.pay(minor);
      } else if (minor > 0) {
        book.giveBack(minor);
      }
      book.check();
    }
    if (total > book.paid) {
      book.pay(total - book.paid);
    }
    book.check();
    if (book.back == 0) {
      assertThat(-book.of(Account.payable(1, "CNY")))
          .isEqualTo(book.bill.excl().minor() - book.fee);
      assertThat(-book.of(Account.platformFee(1, "CNY"))).isEqualTo(book.fee);
      assertThat(-book.taxed()).isEqualTo(book.bill.tax().minor());
    }
    if (book.paid > book.back) {
      book.giveBack(book.paid - book.back);
    }
    book.check();
    assertThat(book.balances.values()).allMatch(balance -> balance == 0);
    assertThat(book.credits.stream().mapToLong(credit -> credit.total().minor()).sum())
        .isEqualTo(-total);
  }
}
