package org.ampay.payment;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ampay.billing.Bill;
import org.ampay.billing.share.BillShare;
import org.ampay.ledger.Account;
import org.ampay.ledger.Posting;

/**
 * What payees have of payments. Of a part of a bill a payee has {@code share × part ÷ total},
 * rounded down, reckoned from what was paid (or given back) in all: so a bill paid or given back in
 * any number of parts comes to the same as at once. Only real money is shared. Pure.
 */
final class SharePostings {

  private SharePostings() {}

  /**
   * Dr payable of the operator, Cr payable of each payee.
   *
   * @param before what was paid of the bill before, in real money
   * @param paid what is paid now, in real money
   */
  static List<Posting> paid(Bill bill, List<BillShare> shares, long before, long paid) {
    List<Posting> postings = new ArrayList<>();
    byAccount(shares)
        .forEach(
            (account, share) -> {
              long part = part(bill, share, before + paid) - part(bill, share, before);
              postings.add(Posting.debit(own(account), part));
              postings.add(Posting.credit(account, part));
            });
    return postings;
  }

  /** The reverse, of what is given back. */
  static List<Posting> givenBack(Bill bill, List<BillShare> shares, long before, long refund) {
    return paid(bill, shares, before, refund).stream()
        .map(posting -> new Posting(posting.account(), Math.negateExact(posting.minor())))
        .toList();
  }

  /** Where a payee's share is owed. */
  static Account account(BillShare share) {
    return Account.payableToPayee(share.operatorId(), share.payeeId(), share.currency());
  }

  private static Account own(Account payees) {
    return Account.payable(payees.operatorId(), payees.currency());
  }

  /** A payee may have several rules of a contract. */
  private static Map<Account, Long> byAccount(List<BillShare> shares) {
    Map<Account, Long> sums = new LinkedHashMap<>();
    shares.forEach(share -> sums.merge(account(share), share.shareMinor(), Math::addExact));
    return sums;
  }

  private static long part(Bill bill, long share, long paid) {
    return BigInteger.valueOf(share)
        .multiply(BigInteger.valueOf(paid))
        .divide(BigInteger.valueOf(bill.total().minor()))
        .longValueExact();
  }
}
