package org.ampay.payment;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.ampay.base.Money;
import org.ampay.billing.Bill;
import org.ampay.billing.Cdr;
import org.ampay.billing.Credits;
import org.ampay.billing.share.BillShare;
import org.ampay.ledger.Account;
import org.ampay.ledger.AccountKind;
import org.ampay.ledger.JournalRow;
import org.ampay.ledger.Posting;
import org.ampay.payment.SettlementPostings.TaxPart;
import org.ampay.payment.provider.CommandKind;
import org.ampay.store.Tx;

/**
 * What payments of bills make and refunds of them undo in one transaction: the postings, and the
 * credit bills with their CDRs, which are stored at its end.
 */
final class Reversals {

  private final Tx tx;
  private final SettlementStores stores;
  private final Supplier<Collection<Bill>> bills;
  private final Map<Long, List<TaxPart>> taxes = new HashMap<>();
  private final Map<Long, Long> fees = new HashMap<>();
  private final Map<Long, List<BillShare>> shares = new HashMap<>();
  private final Map<Long, List<Bill>> credits = new HashMap<>();
  private final List<Bill> newBills = new ArrayList<>();
  private final List<Cdr> newCdrs = new ArrayList<>();

  /**
   * @param bills that it may be about
   */
  Reversals(Tx tx, SettlementStores stores, Supplier<Collection<Bill>> bills) {
    this.tx = tx;
    this.stores = stores;
    this.bills = bills;
  }

  /** What an operation may post to besides the usual accounts: to be locked with them. */
  List<Account> accounts(Bill bill, CommandKind kind) {
    Stream<Account> taxed =
        kind == CommandKind.REFUND ? taxes(bill).stream().map(TaxPart::account) : Stream.of();
    Stream<Account> fee =
        kind == CommandKind.RELEASE || fee(bill) == 0
            ? Stream.of()
            : Stream.of(Account.platformFee(bill.operatorId(), bill.excl().currency()));
    Stream<Account> shared =
        kind == CommandKind.RELEASE
            ? Stream.of()
            : shares(bill).stream().map(SharePostings::account).distinct();
    return Stream.of(taxed, fee, shared).flatMap(part -> part).toList();
  }

  /**
   * {@link SettlementPostings#payment}, and what it brings those who have a share.
   *
   * @param all with gifts
   * @param real without gifts, which are not shared
   */
  List<Posting> payment(Bill bill, long driverId, Paid all, Paid real) {
    List<Posting> postings =
        new ArrayList<>(
            SettlementPostings.payment(bill, driverId, fee(bill), all.before(), all.now()));
    postings.addAll(SharePostings.paid(bill, shares(bill), real.before(), real.now()));
    return postings;
  }

  /** What was paid of a bill before, and what is paid now. */
  record Paid(long before, long now) {}

  /** {@link SettlementPostings#refund}; and the refund's credit is made. */
  List<Posting> refund(Bill bill, PaymentOperation op, long before, long refund, Instant at) {
    credit(bill, op, before, refund, at);
    List<Posting> postings =
        new ArrayList<>(SettlementPostings.refund(bill, taxes(bill), fee(bill), before, refund));
    postings.addAll(SharePostings.givenBack(bill, shares(bill), before, refund));
    return postings;
  }

  /** A credit and its CDR have the id of the refund's operation. */
  private void credit(Bill bill, PaymentOperation op, long before, long refund, Instant at) {
    if (refund == 0) {
      return;
    }
    Bill charge =
        bill.withLines(
            stores.bills().lines(tx, List.of(bill.id())).getOrDefault(bill.id(), List.of()));
    List<Bill> earlier =
        credits.computeIfAbsent(
            bill.id(), id -> new ArrayList<>(stores.bills().credits(tx, bill.session().id())));
    String currency = bill.excl().currency();
    long share = SettlementPostings.refundedShare(bill, before, refund);
    Credits.Part part =
        new Credits.Part(
            op.id(), new Money(currency, share), new Money(currency, refund - share), at);
    Bill credit = Credits.bill(charge, earlier, part);
    earlier.add(credit);
    newBills.add(credit);
    stores.bills().cdr(tx, null, bill.id()).ifPresent(cdr -> newCdrs.add(Credits.cdr(cdr, credit)));
  }

  /** Writes the credits. */
  void store() {
    if (!newBills.isEmpty()) {
      stores.bills().insert(tx, newBills, newCdrs);
    }
  }

  private long fee(Bill bill) {
    return fees.computeIfAbsent(bill.id(), id -> stores.fees().of(tx, bill));
  }

  /** Read for all bills of the transaction at once. */
  private List<BillShare> shares(Bill bill) {
    if (!shares.containsKey(bill.id())) {
      List<Bill> unread = new ArrayList<>(bills.get());
      unread.add(bill);
      unread.removeIf(other -> shares.containsKey(other.id()));
      Map<Long, List<BillShare>> read = stores.shares().of(tx, unread);
      unread.forEach(other -> shares.put(other.id(), read.getOrDefault(other.id(), List.of())));
    }
    return shares.getOrDefault(bill.id(), List.of());
  }

  private List<TaxPart> taxes(Bill bill) {
    return taxes.computeIfAbsent(bill.id(), id -> read(bill));
  }

  /** What the bill's journal credited to tax accounts. */
  private List<TaxPart> read(Bill bill) {
    Map<Account, Long> parts = new HashMap<>();
    for (JournalRow journal : stores.ledger().about(tx, bill.operatorId(), "bill", bill.id())) {
      for (JournalRow.Line line : journal.lines()) {
        if (line.accountCode().startsWith("tax:")) {
          Account account =
              new Account(
                  bill.operatorId(),
                  line.accountCode(),
                  AccountKind.LIABILITY,
                  line.currency(),
                  false);
          parts.merge(account, Math.negateExact(line.minor()), Math::addExact);
        }
      }
    }
    return parts.entrySet().stream()
        .map(part -> new TaxPart(part.getKey(), part.getValue()))
        .sorted(Comparator.comparing(part -> part.account().code()))
        .toList();
  }
}
