package org.ampay.billing;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.ampay.base.Money;
import org.ampay.billing.promotion.PlatformPart;
import org.ampay.charging.BillableSession;
import org.ampay.ledger.Account;
import org.ampay.ledger.JournalEntry;
import org.ampay.ledger.Posting;
import org.ampay.tariff.BillLine;
import org.ampay.tariff.InvalidInputException;
import org.ampay.tariff.Price;
import org.ampay.tariff.Pricing;
import org.ampay.tariff.SessionFacts;
import org.ampay.tariff.TariffSnapshot;
import org.ampay.tariff.TaxLine;
import org.jspecify.annotations.Nullable;

/** Makes bills of sessions. Pure. */
final class BillMaker {

  private BillMaker() {}

  /** What becomes of a session. */
  sealed interface Made {

    /** A bill, with the price that it was made of. */
    record Billed(Bill bill, Price price) implements Made {}

    /** A doubt: a person decides. */
    record Doubtful(String reason) implements Made {}
  }

  /** The bill of a finished session, priced anew from its frozen tariff. */
  static Made make(BillableSession session, TariffSnapshot snapshot, long billId, Instant at) {
    Price price;
    try {
      price = Pricing.price(snapshot, SessionFacts.parse(session.priceFacts()));
    } catch (InvalidInputException e) {
      return new Made.Doubtful("cannot be priced again: " + e.getMessage());
    }
    if (!price.payable().equals(session.total())) {
      return new Made.Doubtful(
          "priced again it is " + price.payable() + ", the station was told " + session.total());
    }
    return new Made.Billed(bill(session, price, billId, at), price);
  }

  private static Bill bill(BillableSession session, Price price, long billId, Instant at) {
    Money excl = Money.zero(price.currency());
    Money tax = excl;
    List<Bill.Line> lines = new ArrayList<>();
    for (BillLine line : price.billLines()) {
      lines.add(line(line));
      excl = excl.plus(line.excl());
      tax = tax.plus(line.tax());
    }
    if (!excl.plus(tax).equals(price.payable())) {
      throw new IllegalStateException("the lines of session " + session.id() + " do not add up");
    }
    return new Bill(
        billId,
        session.operatorId(),
        new Bill.Session(session.id(), session.stationId(), session.holdId()),
        Bill.Kind.CHARGE,
        0,
        session.driverId(),
        session.snapshotId(),
        excl,
        tax,
        at,
        lines);
  }

  private static Bill.Line line(BillLine line) {
    return new Bill.Line(
        line.dimension().name(),
        line.element(),
        line.from(),
        line.to(),
        line.volume(),
        line.unitPrice(),
        line.vat(),
        line.excl(),
        line.tax(),
        line.label(),
        line.funder());
  }

  /**
   * Dr receivable, Cr the operator's pending share and the tax of each rate; empty for a bill of
   * nothing. What the platform takes off the price it pays the operator at once: Dr promotion, Cr
   * payable.
   *
   * @param jurisdiction whose tax it is
   */
  static List<JournalEntry> journal(Bill bill, List<TaxLine> taxes, String jurisdiction) {
    String currency = bill.excl().currency();
    long operator = bill.operatorId();
    List<Posting> postings = new ArrayList<>();
    postings.add(
        Posting.debit(receivable(operator, bill.driverId(), currency), bill.total().minor()));
    postings.add(Posting.credit(Account.payablePending(operator, currency), bill.excl().minor()));
    long funded = PlatformPart.of(bill.lines());
    postings.add(Posting.debit(Account.promotion(operator, currency), funded));
    postings.add(Posting.credit(Account.payable(operator, currency), funded));
    for (TaxLine tax : taxes) {
      BigDecimal rate = tax.rate() == null ? BigDecimal.ZERO : tax.rate();
      postings.add(
          Posting.credit(Account.tax(operator, jurisdiction, rate, currency), tax.tax().minor()));
    }
    return postings.stream().allMatch(posting -> posting.minor() == 0)
        ? List.of()
        : List.of(new JournalEntry("bill:" + bill.id(), "bill", bill.id(), operator, postings));
  }

  private static Account receivable(long operator, @Nullable Long driverId, String currency) {
    return driverId == null
        ? Account.receivableUnassigned(operator, currency)
        : Account.receivable(operator, driverId, currency);
  }
}
