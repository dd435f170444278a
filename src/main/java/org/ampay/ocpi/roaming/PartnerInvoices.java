package org.ampay.ocpi.roaming;

import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.ampay.audit.AuditEntry;
import org.ampay.audit.AuditLog;
import org.ampay.base.IdSource;
import org.ampay.base.Money;
import org.ampay.base.TimeSource;
import org.ampay.ledger.Account;
import org.ampay.ledger.LedgerStore;
import org.ampay.payment.method.PartnerPayer;
import org.ampay.payment.method.PartnerPayers;
import org.ampay.store.Transactor;
import org.ampay.store.Tx;
import org.ampay.tariff.InvalidInputException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Invoices to partners, one a month. An invoice is a commit of its own under the lock of the
 * partner's account: so nothing is posted meanwhile, a second maker finds the first one's, and one
 * that was killed has left nothing, no number either.
 *
 * <p>It moves no money: the partner owes since the session. What was posted before the month's end
 * and is on no invoice that holds is on it.
 */
public final class PartnerInvoices {

  private static final Logger LOG = LoggerFactory.getLogger(PartnerInvoices.class);
  private static final int PARTNERS_AT_A_TIME = 100;
  private static final int LONGEST_REASON = 200;
  private static final String SYSTEM = "system";

  /** What it stands on. */
  public record Ground(
      Transactor transactor,
      LedgerStore ledger,
      PartnerPayers payers,
      AuditLog audit,
      IdSource ids,
      TimeSource time) {}

  /** What came of a wish for an invoice. */
  public sealed interface Made {

    /** It was made now, or before: a month has one that holds. */
    record Invoice(RoamingInvoice invoice, boolean isNew) implements Made {}

    /** Nothing was owed that is on no invoice. */
    record Nothing() implements Made {}
  }

  private final Ground on;

  public PartnerInvoices(Ground on) {
    this.on = on;
  }

  /**
   * Makes a partner's invoice of a month.
   *
   * @throws InvalidInputException when the month has not ended
   */
  public Made make(PartnerPayer partner, YearMonth month, String actor) {
    return on.transactor().call(tx -> make(tx, partner, month, actor));
  }

  private Made make(Tx tx, PartnerPayer partner, YearMonth month, String actor) {
    InvoiceRowStore.Issuer issuer = InvoiceRowStore.issuer(tx, partner.operatorId());
    Instant to = end(month, issuer.zone());
    if (to.isAfter(on.time().now())) {
      throw new InvalidInputException("period", "has not ended");
    }
    Account account = Account.roaming(partner.operatorId(), partner.partnerId(), issuer.currency());
    Long accountId = on.ledger().ids(tx, List.of(account)).get(account);
    if (accountId == null) {
      return new Made.Nothing();
    }
    on.ledger().lock(tx, List.of(accountId));
    Optional<Long> before = InvoiceStore.ofMonth(tx, partner.partnerId(), issuer.currency(), month);
    if (before.isPresent()) {
      return new Made.Invoice(standing(tx, partner, before.get()).invoice(), false);
    }
    List<InvoiceStore.Owed> owed = InvoiceStore.owed(tx, accountId, to);
    if (owed.isEmpty()) {
      return new Made.Nothing();
    }
    RoamingInvoice invoice = invoice(tx, new Wish(partner, month, to, issuer, actor), owed);
    InvoiceRowStore.insert(tx, invoice);
    InvoiceStore.insert(tx, invoice, owed);
    on.audit().append(tx, entry(invoice, actor, "roaming.invoice"));
    return new Made.Invoice(invoice, true);
  }

  private record Wish(
      PartnerPayer partner,
      YearMonth month,
      Instant to,
      InvoiceRowStore.Issuer issuer,
      String actor) {}

  private RoamingInvoice invoice(Tx tx, Wish wish, List<InvoiceStore.Owed> owed) {
    String currency = wish.issuer().currency();
    List<RoamingInvoice.Line> lines =
        InvoiceStore.lines(tx, currency, owed.stream().map(InvoiceStore.Owed::billId).toList());
    Money excl = Money.zero(currency);
    Money tax = excl;
    for (InvoiceStore.Owed one : owed) {
      excl = excl.plus(one.excl());
      tax = tax.plus(one.tax());
    }
    Money total = excl.plus(tax);
    Money ofLines =
        lines.stream().map(RoamingInvoice.Line::total).reduce(Money.zero(currency), Money::plus);
    if (!ofLines.equals(total)) {
      throw new IllegalStateException("bills of " + total + " have lines of " + ofLines);
    }
    int number = InvoiceStore.nextNumber(tx, wish.partner().operatorId());
    return new RoamingInvoice(
        on.ids().next(),
        wish.partner().operatorId(),
        number,
        code(wish.issuer(), number),
        RoamingInvoice.Kind.INVOICE,
        wish.partner().partnerId(),
        wish.partner().name(),
        wish.month(),
        wish.issuer().zone(),
        wish.to(),
        owed.size(),
        excl,
        tax,
        total,
        lines,
        null,
        null,
        wish.actor(),
        on.time().now());
  }

  private static String code(InvoiceRowStore.Issuer issuer, int number) {
    return String.format(Locale.ROOT, "%s-%s-R%06d", issuer.country(), issuer.party(), number);
  }

  private static Instant end(YearMonth month, ZoneId zone) {
    return month.plusMonths(1).atDay(1).atStartOfDay(zone).toInstant();
  }

  private static AuditEntry entry(RoamingInvoice invoice, String actor, String action) {
    return AuditEntry.of(invoice.operatorId(), actor, action, "partner:" + invoice.partnerId())
        .with("invoice", invoice.code())
        .with("period", invoice.period())
        .with("total", invoice.total());
  }

  private static RoamingInvoice.Standing standing(Tx tx, PartnerPayer partner, long id) {
    return InvoiceRowStore.find(tx, partner.operatorId(), partner.partnerId(), id).orElseThrow();
  }

  /**
   * Cancels an invoice by a credit of all its lines; its bills go on the next invoice.
   *
   * @param reason 1 to 200 characters
   * @return the credit; empty when the partner has no such invoice
   * @throws InvalidInputException when it is a credit, cancelled, or something was paid for it
   */
  public Optional<RoamingInvoice> cancel(
      PartnerPayer partner, long invoiceId, String reason, String actor) {
    if (reason.isBlank() || reason.length() > LONGEST_REASON) {
      throw new InvalidInputException("reason", "takes 1 to " + LONGEST_REASON + " characters");
    }
    return on.transactor()
        .call(
            tx ->
                InvoiceRowStore.lock(tx, partner.operatorId(), partner.partnerId(), invoiceId)
                    ? Optional.of(cancel(tx, standing(tx, partner, invoiceId), reason, actor))
                    : Optional.empty());
  }

  private RoamingInvoice cancel(
      Tx tx, RoamingInvoice.Standing standing, String reason, String actor) {
    RoamingInvoice invoice = standing.invoice();
    refuse(invoice.kind() == RoamingInvoice.Kind.CREDIT, "is a credit itself");
    refuse(standing.cancelledBy() != null, "is cancelled already");
    refuse(!standing.paid().isZero(), "was paid in part: reverse the payments first");
    int number = InvoiceStore.nextNumber(tx, invoice.operatorId());
    InvoiceRowStore.Issuer issuer = InvoiceRowStore.issuer(tx, invoice.operatorId());
    RoamingInvoice credit =
        new RoamingInvoice(
            on.ids().next(),
            invoice.operatorId(),
            number,
            code(issuer, number),
            RoamingInvoice.Kind.CREDIT,
            invoice.partnerId(),
            invoice.partnerName(),
            invoice.period(),
            invoice.zone(),
            invoice.to(),
            invoice.items(),
            invoice.excl().negate(),
            invoice.tax().negate(),
            invoice.total().negate(),
            invoice.lines().stream().map(RoamingInvoice.Line::negate).toList(),
            invoice.id(),
            reason,
            actor,
            on.time().now());
    InvoiceRowStore.insert(tx, credit);
    InvoiceStore.cancel(tx, invoice, credit);
    on.audit()
        .append(tx, entry(credit, actor, "roaming.invoice_cancel").with("cancels", invoice.code()));
    return credit;
  }

  private static void refuse(boolean wrong, String why) {
    if (wrong) {
      throw new InvalidInputException("", why);
    }
  }

  /** One of a partner's, with what became of it. */
  public Optional<RoamingInvoice.Standing> find(PartnerPayer partner, long id) {
    return on.transactor()
        .call(tx -> InvoiceRowStore.find(tx, partner.operatorId(), partner.partnerId(), id));
  }

  /** A partner's invoices with an id below another, newest first. */
  public List<RoamingInvoice.Standing> list(PartnerPayer partner, long beforeId, int limit) {
    return on.transactor()
        .call(
            tx ->
                InvoiceRowStore.list(
                    tx, partner.operatorId(), partner.partnerId(), beforeId, limit));
  }

  /** All invoices that a partner was sent, oldest first; credits are not among them. */
  public List<RoamingInvoice> issued(PartnerPayer partner) {
    return on.transactor()
        .call(tx -> InvoiceRowStore.issued(tx, partner.operatorId(), partner.partnerId()));
  }

  /** Ids of the CDRs of an invoice's bills, from a bill on. */
  public List<String> cdrs(RoamingInvoice invoice, long offset, int bills) {
    return on.transactor().call(tx -> InvoiceRowStore.cdrs(tx, invoice, offset, bills));
  }

  /** Bills and credits on one of a partner's invoices, with an id above another. */
  public List<RoamingInvoice.Item> items(RoamingInvoice invoice, long afterBill, int limit) {
    return on.transactor().call(tx -> InvoiceRowStore.items(tx, invoice.id(), afterBill, limit));
  }

  /**
   * Makes all invoices of months that have ended; to be called now and then. One partner's trouble
   * does not keep the others from theirs.
   *
   * @return how many were made
   */
  public int makeDue() {
    int made = 0;
    List<PartnerPayer> page = on.payers().list(null, Long.MIN_VALUE, PARTNERS_AT_A_TIME);
    while (!page.isEmpty()) {
      for (PartnerPayer partner : page) {
        try {
          made += makeDue(partner);
        } catch (RuntimeException e) {
          LOG.error("partner {} has no invoice", partner.partnerId(), e);
        }
      }
      page = on.payers().list(null, page.getLast().partnerId(), PARTNERS_AT_A_TIME);
    }
    return made;
  }

  private int makeDue(PartnerPayer partner) {
    int made = 0;
    YearMonth month = on.transactor().call(tx -> firstDue(tx, partner));
    while (month != null) {
      Made result = make(partner, month, SYSTEM);
      made += result instanceof Made.Invoice(RoamingInvoice _, boolean isNew) && isNew ? 1 : 0;
      YearMonth next = on.transactor().call(tx -> firstDue(tx, partner));
      month = next == null || !next.isAfter(month) ? null : next;
    }
    return made;
  }

  /** The month of the oldest posting of a month that has ended and that no invoice has. */
  private @Nullable YearMonth firstDue(Tx tx, PartnerPayer partner) {
    InvoiceRowStore.Issuer issuer = InvoiceRowStore.issuer(tx, partner.operatorId());
    Account account = Account.roaming(partner.operatorId(), partner.partnerId(), issuer.currency());
    Long accountId = on.ledger().ids(tx, List.of(account)).get(account);
    if (accountId == null) {
      return null;
    }
    YearMonth running = YearMonth.from(on.time().now().atZone(issuer.zone()));
    Instant before = end(running.minusMonths(1), issuer.zone());
    YearMonth oldest =
        InvoiceStore.oldest(tx, accountId, before)
            .map(at -> YearMonth.from(at.atZone(issuer.zone())))
            .orElse(null);
    while (oldest != null
        && oldest.isBefore(running)
        && InvoiceStore.ofMonth(tx, partner.partnerId(), issuer.currency(), oldest).isPresent()) {
      oldest = oldest.plusMonths(1); // its month is invoiced: the next one takes it
    }
    return oldest == null || !oldest.isBefore(running) ? null : oldest;
  }
}
