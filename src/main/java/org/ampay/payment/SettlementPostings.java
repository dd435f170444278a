package org.ampay.payment;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.ampay.billing.Bill;
import org.ampay.ledger.Account;
import org.ampay.ledger.Posting;

/** Our side of the journals of payment operations. Pure. */
final class SettlementPostings {

  private SettlementPostings() {}

  /**
   * A payment: Cr receivable; and the operator's share of what is paid by now moves from pending to
   * payable, less the platform's fee on it.
   *
   * @param fee of the whole bill
   * @param paidBefore what was paid of the bill before
   */
  static List<Posting> payment(Bill bill, long driverId, long fee, long paidBefore, long paid) {
    long operator = bill.operatorId();
    String currency = bill.excl().currency();
    long share = share(bill, paidBefore + paid) - share(bill, paidBefore);
    long kept = fee(bill, fee, paidBefore + paid) - fee(bill, fee, paidBefore);
    return List.of(
        Posting.credit(Account.receivable(operator, driverId, currency), paid),
        Posting.debit(Account.payablePending(operator, currency), share),
        Posting.credit(Account.payable(operator, currency), share),
        Posting.debit(Account.payable(operator, currency), kept),
        Posting.credit(Account.platformFee(operator, currency), kept));
  }

  /**
   * The reverse of a payment's effects: Dr payable and the taxes, pro rata, so that what is given
   * back in several parts reverses the same as given back at once; and the operator gets the
   * platform's fee on it back.
   *
   * @param fee of the whole bill
   * @param taxes what the bill credited to each tax account
   * @param refundedBefore what was given back of the bill before
   */
  static List<Posting> refund(
      Bill bill, List<TaxPart> taxes, long fee, long refundedBefore, long refund) {
    List<Long> before = allocate(bill, taxes, refundedBefore);
    List<Long> after = allocate(bill, taxes, refundedBefore + refund);
    Account payable = Account.payable(bill.operatorId(), bill.excl().currency());
    List<Posting> postings = new ArrayList<>();
    postings.add(Posting.debit(payable, after.getFirst() - before.getFirst()));
    for (int i = 0; i < taxes.size(); i++) {
      postings.add(Posting.debit(taxes.get(i).account(), after.get(i + 1) - before.get(i + 1)));
    }
    long kept = fee(bill, fee, refundedBefore + refund) - fee(bill, fee, refundedBefore);
    postings.add(Posting.debit(Account.platformFee(bill.operatorId(), payable.currency()), kept));
    postings.add(Posting.credit(payable, kept));
    return postings;
  }

  /** The part of a refund that was price, without tax; the rest of it is tax. */
  static long refundedShare(Bill bill, long refundedBefore, long refund) {
    return bill.tax().isZero()
        ? refund
        : share(bill, refundedBefore + refund) - share(bill, refundedBefore);
  }

  /** The fee on a part of the bill; on the whole bill exactly the fee. */
  private static long fee(Bill bill, long fee, long part) {
    return portion(fee, part, bill.total().minor());
  }

  /** What a bill credited to a tax account. */
  record TaxPart(Account account, long minor) {}

  /** The operator's share of a part of the bill; of the whole bill exactly what it was billed. */
  static long share(Bill bill, long part) {
    return portion(bill.excl().minor(), part, bill.total().minor());
  }

  /** The operator's share first, then the taxes by largest remainder; they add up to the part. */
  private static List<Long> allocate(Bill bill, List<TaxPart> taxes, long part) {
    long share = share(bill, part);
    long rest = part - share;
    long whole = taxes.stream().mapToLong(TaxPart::minor).sum();
    List<Long> parts = new ArrayList<>();
    parts.add(whole == 0 ? part : share);
    if (whole == 0) {
      taxes.forEach(tax -> parts.add(0L));
      return parts;
    }
    long given = 0;
    for (TaxPart tax : taxes) {
      long floor = portion(tax.minor(), rest, whole);
      parts.add(floor);
      given += floor;
    }
    List<Integer> byRemainder =
        IntStream.range(0, taxes.size())
            .boxed()
            .sorted(
                Comparator.comparing(i -> remainder(taxes.get(i).minor(), rest, whole).negate()))
            .toList();
    for (int i = 0; i < rest - given; i++) {
      int index = byRemainder.get(i) + 1;
      parts.set(index, parts.get(index) + 1);
    }
    return parts;
  }

  private static BigInteger remainder(long amount, long part, long whole) {
    return product(amount, part).mod(BigInteger.valueOf(whole));
  }

  /** amount × part / whole, rounded down; exact for any long. */
  private static long portion(long amount, long part, long whole) {
    return whole == 0
        ? 0
        : product(amount, part).divide(BigInteger.valueOf(whole)).longValueExact();
  }

  private static BigInteger product(long a, long b) {
    return BigInteger.valueOf(a).multiply(BigInteger.valueOf(b));
  }
}
