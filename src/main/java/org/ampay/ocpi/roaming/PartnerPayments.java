package org.ampay.ocpi.roaming;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.ampay.audit.AuditEntry;
import org.ampay.audit.AuditLog;
import org.ampay.base.Digests;
import org.ampay.base.IdSource;
import org.ampay.base.Money;
import org.ampay.base.TimeSource;
import org.ampay.ledger.Account;
import org.ampay.ledger.JournalEntry;
import org.ampay.ledger.Journals;
import org.ampay.ledger.Posting;
import org.ampay.payment.method.PartnerPayer;
import org.ampay.store.StoreException;
import org.ampay.store.Transactor;
import org.ampay.store.Tx;
import org.ampay.tariff.InvalidInputException;
import org.jspecify.annotations.Nullable;

/**
 * Books what partners have paid: Dr bank for what was received, Dr psp_fee for what banks kept, Cr
 * the partner's account for both.
 */
public final class PartnerPayments {

  static final String PAYMENT = "partner_payment";
  static final String REVERSAL = "partner_reversal";

  private static final long MOST = 1_000_000_000_000L;
  private static final int LONGEST_REFERENCE = 140;
  private static final LocalDate FIRST = LocalDate.of(2000, 1, 1);

  private final Transactor transactor;
  private final Journals journals;
  private final AuditLog audit;
  private final IdSource ids;
  private final TimeSource time;

  public PartnerPayments(
      Transactor transactor, Journals journals, AuditLog audit, IdSource ids, TimeSource time) {
    this.transactor = transactor;
    this.journals = journals;
    this.audit = audit;
    this.ids = ids;
    this.time = time;
  }

  /**
   * Books a payment; it may be a part of an invoice.
   *
   * @throws InvalidInputException naming the field: more than is open of the invoice, another
   *     currency, an invoice that the partner has not
   */
  public RoamingPayment book(PartnerPayer partner, RoamingPayment.Draft draft, String actor) {
    check(draft);
    byte[] key = Digests.key16(partner.operatorId(), partner.partnerId(), draft.key());
    try {
      return book(partner, draft, key, actor);
    } catch (StoreException.DuplicateKey e) {
      return book(partner, draft, key, actor); // somebody was faster with the same wish
    }
  }

  private RoamingPayment book(
      PartnerPayer partner, RoamingPayment.Draft draft, byte[] key, String actor) {
    return transactor.call(
        tx -> {
          Optional<RoamingPayment> before = PaymentRowStore.byKey(tx, key);
          if (before.isPresent()) {
            require(draft.is(before.get()), "key", "was used for another payment");
            return before.get();
          }
          Long invoiceId = draft.invoiceId();
          if (invoiceId != null) {
            checkInvoice(tx, partner, invoiceId, draft.received().plus(draft.fee()));
          }
          String currency = InvoiceRowStore.issuer(tx, partner.operatorId()).currency();
          require(draft.received().currency().equals(currency), "amount", "must be in " + currency);
          RoamingPayment payment = payment(partner, draft, null, actor);
          store(tx, payment, PAYMENT, key);
          audit.append(tx, entry(payment, actor, "roaming.payment"));
          return payment;
        });
  }

  private void check(RoamingPayment.Draft draft) {
    require(
        draft.received().isPositive() && draft.received().minor() <= MOST,
        "amount",
        "must be from 1 to " + MOST);
    require(
        !draft.fee().isNegative() && draft.fee().minor() <= MOST, "fee", "must be 0 to " + MOST);
    require(
        draft.fee().currency().equals(draft.received().currency()),
        "fee",
        "must be in the payment's currency");
    String reference = draft.reference();
    require(
        !reference.isBlank() && reference.length() <= LONGEST_REFERENCE,
        "reference",
        "takes 1 to " + LONGEST_REFERENCE + " characters");
    LocalDate latest = LocalDate.ofInstant(time.now(), java.time.ZoneOffset.UTC).plusDays(1);
    require(
        !draft.receivedOn().isBefore(FIRST) && !draft.receivedOn().isAfter(latest),
        "received_on",
        "must lie between 2000 and today");
  }

  private static void checkInvoice(Tx tx, PartnerPayer partner, long invoiceId, Money credited) {
    require(
        InvoiceRowStore.lock(tx, partner.operatorId(), partner.partnerId(), invoiceId),
        "invoice",
        "there is none with that id");
    RoamingInvoice.Standing standing =
        InvoiceRowStore.find(tx, partner.operatorId(), partner.partnerId(), invoiceId)
            .orElseThrow();
    require(
        credited.currency().equals(standing.open().currency())
            && credited.compareTo(standing.open()) <= 0,
        "amount",
        "is more than the " + standing.open() + " that are open of the invoice");
  }

  private static void require(boolean holds, String field, String why) {
    if (!holds) {
      throw new InvalidInputException(field, why);
    }
  }

  private RoamingPayment payment(
      PartnerPayer partner, RoamingPayment.Draft draft, @Nullable Long reverses, String actor) {
    return new RoamingPayment(
        ids.next(),
        partner.operatorId(),
        partner.partnerId(),
        draft.invoiceId(),
        draft.received(),
        draft.fee(),
        draft.receivedOn(),
        draft.reference(),
        reverses,
        actor,
        time.now());
  }

  private void store(Tx tx, RoamingPayment payment, String kind, byte @Nullable [] key) {
    long operator = payment.operatorId();
    String currency = payment.received().currency();
    PaymentRowStore.insert(tx, payment, key);
    journals.post(
        tx,
        List.of(
            new JournalEntry(
                kind + ":" + payment.id(),
                kind,
                payment.id(),
                operator,
                List.of(
                    Posting.debit(Account.bank(operator, currency), payment.received().minor()),
                    Posting.debit(Account.pspFee(operator, currency), payment.fee().minor()),
                    Posting.credit(
                        Account.roaming(operator, payment.partnerId(), currency),
                        payment.credited().minor())))));
  }

  private static AuditEntry entry(RoamingPayment payment, String actor, String action) {
    return AuditEntry.of(payment.operatorId(), actor, action, "partner:" + payment.partnerId())
        .with("payment", payment.id())
        .with("received", payment.received())
        .with("fee", payment.fee())
        .with("received_on", payment.receivedOn())
        .with("invoice", payment.invoiceId() == null ? "" : payment.invoiceId());
  }

  /**
   * Takes back what was booked wrongly, all of it, once.
   *
   * @return the reversal; empty when the partner has no such payment
   * @throws InvalidInputException when it is reversed already, or a reversal itself
   */
  public Optional<RoamingPayment> reverse(PartnerPayer partner, long paymentId, String actor) {
    return transactor.call(
        tx ->
            PaymentRowStore.lock(tx, partner.operatorId(), partner.partnerId(), paymentId)
                .map(payment -> reverse(tx, partner, payment, actor)));
  }

  private RoamingPayment reverse(
      Tx tx, PartnerPayer partner, RoamingPayment payment, String actor) {
    require(payment.reverses() == null, "", "is a reversal itself");
    require(!PaymentRowStore.isReversed(tx, payment.id()), "", "is reversed already");
    RoamingPayment.Draft opposite =
        new RoamingPayment.Draft(
            payment.invoiceId(),
            payment.received().negate(),
            payment.fee().negate(),
            payment.receivedOn(),
            payment.reference(),
            "");
    RoamingPayment reversal = payment(partner, opposite, payment.id(), actor);
    store(tx, reversal, REVERSAL, null);
    audit.append(tx, entry(reversal, actor, "roaming.payment_reverse"));
    return reversal;
  }

  /** A partner's payments with an id below another, newest first. */
  public List<RoamingPayment> list(PartnerPayer partner, long beforeId, int limit) {
    return transactor.call(
        tx -> PaymentRowStore.list(tx, partner.operatorId(), partner.partnerId(), beforeId, limit));
  }
}
