package org.ampay.payment;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.ampay.base.Money;
import org.ampay.billing.Bill;
import org.ampay.billing.share.BillShare;
import org.ampay.ledger.Account;
import org.ampay.ledger.JournalEntry;
import org.ampay.ledger.Posting;
import org.ampay.payment.SettlementPostings.TaxPart;

/** Bills that are shared, paid and given back in parts, in any order: nothing is lost or made. */
class SharePropertyTest {

  private static final Instant AT = Instant.parse("2026-03-02T08:00:00Z");
  private static final Account MONEY = Account.pspClearing(1, "bank", 9L, "CNY");
  private static final Account GIFT = Account.walletGift(1, 7, "CNY");
  private static final Account TAX = Account.tax(1, "CN", BigDecimal.TEN, "CNY");

  /** Thousandths of what is left: paid in real money, paid by gifts, given back. */
  private enum Kind {
    PAY,
    GIFT,
    BACK
  }

  private record Act(Kind kind, int thousandths) {}

  /** Shares in thousandths of the price; of two payees with three rules. */
  private record Life(long excl, long tax, int fee, List<Integer> shares, List<Act> acts) {}

  @Provide
  Arbitrary<Life> lives() {
    Arbitrary<Act> act =
        Combinators.combine(Arbitraries.of(Kind.class), Arbitraries.integers().between(1, 1_000))
            .as(Act::new);
    return Combinators.combine(
            Arbitraries.longs().between(1, 3_000_000),
            Arbitraries.longs().between(0, 400_000),
            Arbitraries.integers().between(0, 250),
            Arbitraries.integers().between(0, 250).list().ofSize(3),
            act.list().ofMaxSize(14))
        .as(Life::new);
  }

  /** The books of one bill. */
  private static final class Book {
    private final Bill bill;
    private final long fee;
    private final List<BillShare> shares = new ArrayList<>();
    private final List<TaxPart> taxes;
    private final Map<Account, Long> balances = new HashMap<>();
    private long paid;
    private long real;
    private long back;

    Book(Life life) {
      bill = bill(life.excl(), life.tax());
      fee = life.excl() * life.fee() / 1_000;
      taxes = List.of(new TaxPart(TAX, life.tax()));
      for (int i = 0; i < life.shares().size(); i++) {
        long share = life.excl() * life.shares().get(i) / 1_000;
        shares.add(new BillShare(bill.id(), i + 1, 1, 3, 7 + i % 2, "CNY", life.excl(), share));
      }
      post(
          List.of(
              Posting.debit(Account.receivable(1, 7, "CNY"), bill.total().minor()),
              Posting.credit(Account.payablePending(1, "CNY"), life.excl()),
              Posting.credit(TAX, life.tax())));
    }

    void act(Act act) {
      boolean back = act.kind() == Kind.BACK;
      long left = back ? real - this.back : bill.total().minor() - paid;
      long minor = left * act.thousandths() / 1_000;
      if (minor > 0 && back) {
        giveBack(minor);
      } else if (minor > 0) {
        pay(minor, act.kind() == Kind.PAY);
      }
    }

    void pay(long minor, boolean isReal) {
      List<Posting> postings =
          new ArrayList<>(SettlementPostings.payment(bill, 7, fee, paid, minor));
      postings.addAll(SharePostings.paid(bill, shares, real, isReal ? minor : 0));
      postings.add(Posting.debit(isReal ? MONEY : GIFT, minor));
      post(postings);
      paid += minor;
      real += isReal ? minor : 0;
    }

    void giveBack(long minor) {
      List<Posting> postings =
          new ArrayList<>(SettlementPostings.refund(bill, taxes, fee, back, minor));
      postings.addAll(SharePostings.givenBack(bill, shares, back, minor));
      postings.add(Posting.credit(MONEY, minor));
      post(postings);
      back += minor;
    }

    private void post(List<Posting> postings) {
      new JournalEntry("k", "k", 1, 1, postings); // refuses what is out of balance
      postings.forEach(p -> balances.merge(p.account(), p.minor(), Math::addExact));
    }

    private long owed(Account account) {
      return -balances.getOrDefault(account, 0L);
    }

    long owed(long payee) {
      return owed(Account.payableToPayee(1, payee, "CNY"));
    }

    long whole(long payee) {
      return shares.stream()
          .filter(share -> share.payeeId() == payee)
          .mapToLong(BillShare::shareMinor)
          .sum();
    }

    void check() {
      assertThat(balances.values().stream().mapToLong(Long::longValue).sum()).isZero();
      for (long payee : List.of(7L, 8L)) {
        // Never of what is not paid, or paid by gifts: and not of what went back, to one unit.
        long most = Math.floorDiv(whole(payee) * real, bill.total().minor());
        assertThat(owed(payee)).isBetween(0L, most);
        long kept = Math.floorDiv(whole(payee) * (real - back), bill.total().minor());
        assertThat(owed(payee)).isBetween(kept, kept + 1);
      }
      long all =
          owed(7)
              + owed(8)
              + owed(Account.payable(1, "CNY"))
              + owed(Account.payablePending(1, "CNY"))
              + owed(Account.platformFee(1, "CNY"))
              + owed(TAX);
      assertThat(all).isEqualTo(bill.total().minor() - back);
    }
  }

  private static Bill bill(long excl, long tax) {
    return new Bill(
        1,
        1,
        new Bill.Session(1, 10, null),
        Bill.Kind.CHARGE,
        0,
        7L,
        1,
        new Money("CNY", excl),
        new Money("CNY", tax),
        AT,
        List.of());
  }

  @Property(seed = "20260302", tries = 2_000)
  void sharesFeeAndTax_areTheGross_inAnyOrder(@ForAll("lives") Life life) {
    Book book = new Book(life);
    for (Act act : life.acts()) {
      book.act(act);
      book.check();
    }
    long left = book.bill.total().minor() - book.paid;
    if (left > 0) {
      book.pay(left, true);
    }
    if (book.real == book.bill.total().minor() && book.back == 0) {
      assertThat(List.of(book.owed(7), book.owed(8))).containsExactly(book.whole(7), book.whole(8));
    }
    if (book.real > book.back) {
      book.giveBack(book.real - book.back);
    }
    book.check();
    assertThat(List.of(book.owed(7), book.owed(8))).containsOnly(0L);
  }
}
