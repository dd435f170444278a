package org.ampay.web.api;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import org.ampay.audit.AuditEntry;
import org.ampay.audit.AuditLog;
import org.ampay.base.Money;
import org.ampay.base.TimeSource;
import org.ampay.ledger.Books.Period;
import org.ampay.ledger.Statement;
import org.ampay.ocpi.roaming.PartnerInvoices;
import org.ampay.ocpi.roaming.PartnerStatement;
import org.ampay.ocpi.roaming.RoamingInvoice;
import org.ampay.ocpi.roaming.RoamingMoney;
import org.ampay.ocpi.roaming.RoamingPayment;
import org.ampay.payment.method.PartnerPayer;
import org.ampay.station.Inventory;
import org.ampay.web.api.RoamingShapes.AmountIn;
import org.ampay.web.api.RoamingShapes.CancelIn;
import org.ampay.web.api.RoamingShapes.InvoiceIn;
import org.ampay.web.api.RoamingShapes.InvoiceOut;
import org.ampay.web.api.RoamingShapes.ItemOut;
import org.ampay.web.api.RoamingShapes.LineOut;
import org.ampay.web.api.RoamingShapes.PartnerAccountOut;
import org.ampay.web.api.RoamingShapes.PartnerLimitIn;
import org.ampay.web.api.RoamingShapes.PartnerStatementOut;
import org.ampay.web.api.RoamingShapes.PaymentIn;
import org.ampay.web.api.RoamingShapes.PaymentOut;
import org.ampay.web.http.Answer;
import org.ampay.web.http.Problem;
import org.ampay.web.people.Permission;
import org.jspecify.annotations.Nullable;

/** Calls for what roaming partners owe, are invoiced and pay. */
final class RoamingMoneyApi {

  private final RoamingMoney money;
  private final Inventory inventory;
  private final AuditLog audit;
  private final TimeSource time;

  RoamingMoneyApi(RoamingMoney money, Inventory inventory, AuditLog audit, TimeSource time) {
    this.money = money;
    this.inventory = inventory;
    this.audit = audit;
    this.time = time;
  }

  List<ApiRoute> routes() {
    String one = "/ocpi/parties/{id}";
    return List.of(
        ApiRoute.get(one + "/account", Permission.LEDGER_READ, "What a partner owes and may owe")
            .describe("A partner has an account from its first token on.")
            .answers(200, PartnerAccountOut.class)
            .by(call -> Answer.json(200, account(partner(call)))),
        ApiRoute.put(
                one + "/credit-limit", Permission.WALLETS_WRITE, "Sets how much a partner may owe")
            .describe("A partner that owes more starts nothing; its running sessions go on.")
            .takes(PartnerLimitIn.class)
            .answers(200, PartnerAccountOut.class)
            .by(this::limit),
        ApiRoute.get(
                one + "/statement", Permission.LEDGER_READ, "What happened to a partner's account")
            .query("from", "RFC 3339, inclusive; the beginning by default")
            .query("to", "RFC 3339, exclusive; now by default")
            .query("limit", "lines, 1 to 1000 (default 100)")
            .query("cursor", "next of the part before")
            .answers(200, PartnerStatementOut.class)
            .by(this::statement),
        ApiRoute.get(
                one + "/invoices", Permission.LEDGER_READ, "A partner's invoices, newest first")
            .lists(InvoiceOut.class)
            .by(this::invoices),
        ApiRoute.post(
                one + "/invoices", Permission.WALLETS_WRITE, "Makes a partner's invoice of a month")
            .describe("They come by themselves when a month has ended. A month has one that holds.")
            .takes(InvoiceIn.class)
            .answers(201, InvoiceOut.class)
            .by(this::make),
        ApiRoute.get(one + "/invoices/{invoice}", Permission.LEDGER_READ, "An invoice")
            .answers(200, InvoiceOut.class)
            .by(call -> Answer.json(200, InvoiceOut.of(invoice(partner(call), call)))),
        ApiRoute.get(
                one + "/invoices/{invoice}/items",
                Permission.LEDGER_READ,
                "The bills and credits on an invoice")
            .lists(ItemOut.class)
            .by(this::items),
        ApiRoute.post(
                one + "/invoices/{invoice}/cancellation",
                Permission.WALLETS_WRITE,
                "Cancels an invoice by a credit; its bills go on the next one")
            .takes(CancelIn.class)
            .answers(201, InvoiceOut.class)
            .by(this::cancel),
        ApiRoute.get(
                one + "/payments", Permission.LEDGER_READ, "A partner's payments, newest first")
            .lists(PaymentOut.class)
            .by(this::payments),
        ApiRoute.post(
                one + "/payments", Permission.WALLETS_WRITE, "Books a payment that was received")
            .takes(PaymentIn.class)
            .answers(201, PaymentOut.class)
            .by(this::pay),
        ApiRoute.post(
                one + "/payments/{payment}/reversal",
                Permission.WALLETS_WRITE,
                "Takes back a payment that was booked wrongly")
            .answers(201, PaymentOut.class)
            .by(this::reverse));
  }

  private PartnerPayer partner(ApiCall call) {
    return money
        .payers()
        .find(call.owner(null), call.idParam("id"))
        .orElseThrow(() -> Problem.notFound("there is no such partner").exception());
  }

  private String currency(PartnerPayer partner) {
    return inventory.operator(partner.operatorId()).orElseThrow().currency();
  }

  private PartnerAccountOut account(PartnerPayer partner) {
    return new PartnerAccountOut(
        partner.partnerId(),
        partner.name(),
        money.statements().owed(partner, currency(partner)),
        partner.limit());
  }

  private Answer limit(ApiCall call) {
    PartnerPayer partner = partner(call);
    Money limit = new Money(currency(partner), call.body(PartnerLimitIn.class).minor());
    AuditEntry entry =
        AuditEntry.of(
                partner.operatorId(),
                call.caller().actor(),
                "roaming.limit",
                "partner:" + partner.partnerId())
            .with("limit", limit);
    PromotionCalls.checked(
        () ->
            money
                .payers()
                .limit(
                    partner.operatorId(),
                    partner.partnerId(),
                    limit,
                    tx -> audit.append(tx, entry)));
    return Answer.json(200, account(partner(call)));
  }

  private Answer statement(ApiCall call) {
    PartnerPayer partner = partner(call);
    Instant from = call.time("from").orElse(Instant.EPOCH);
    Instant to = call.time("to").orElse(time.now());
    if (to.isBefore(from)) {
      throw Problem.badField("to", "is before from").exception();
    }
    PartnerStatement statement =
        money
            .statements()
            .of(
                partner,
                currency(partner),
                new Period(from, to),
                StatementsApi.place(call),
                call.limit());
    Statement.Place next = statement.next();
    return Answer.json(
        200,
        new PartnerStatementOut(
            statement.partnerId(),
            statement.partnerName(),
            statement.from(),
            statement.to(),
            statement.opening(),
            statement.lines().stream().map(LineOut::of).toList(),
            statement.closing(),
            next == null ? null : StatementsApi.cursor(next)));
  }

  private Answer invoices(ApiCall call) {
    List<RoamingInvoice.Standing> rows =
        money.invoices().list(partner(call), call.cursorId(Long.MAX_VALUE), call.limit() + 1);
    return Answer.json(200, call.page(rows, InvoiceOut::of, row -> row.invoice().id()));
  }

  private RoamingInvoice.Standing invoice(PartnerPayer partner, ApiCall call) {
    return money
        .invoices()
        .find(partner, call.idParam("invoice"))
        .orElseThrow(() -> Problem.notFound("there is no such invoice").exception());
  }

  private Answer items(ApiCall call) {
    RoamingInvoice invoice = invoice(partner(call), call).invoice();
    List<RoamingInvoice.Item> rows =
        money.invoices().items(invoice, call.cursorId(0), call.limit() + 1);
    return Answer.json(200, call.page(rows, ItemOut::of, RoamingInvoice.Item::billId));
  }

  private Answer make(ApiCall call) {
    PartnerPayer partner = partner(call);
    YearMonth month = month(call.body(InvoiceIn.class).period());
    PartnerInvoices.Made made =
        PromotionCalls.checked(() -> money.invoices().make(partner, month, call.caller().actor()));
    return switch (made) {
      case PartnerInvoices.Made.Invoice(RoamingInvoice invoice, boolean isNew) ->
          Answer.json(isNew ? 201 : 200, out(partner, invoice));
      case PartnerInvoices.Made.Nothing _ ->
          throw Problem.badField("period", "nothing is owed that is on no invoice").exception();
    };
  }

  private InvoiceOut out(PartnerPayer partner, RoamingInvoice invoice) {
    return InvoiceOut.of(money.invoices().find(partner, invoice.id()).orElseThrow());
  }

  private static YearMonth month(String text) {
    try {
      return YearMonth.parse(text);
    } catch (DateTimeException e) {
      throw Problem.badField("period", "must be a month like 2026-03").exception();
    }
  }

  private Answer cancel(ApiCall call) {
    PartnerPayer partner = partner(call);
    String reason = call.body(CancelIn.class).reason();
    RoamingInvoice credit =
        PromotionCalls.checked(
                () ->
                    money
                        .invoices()
                        .cancel(partner, call.idParam("invoice"), reason, call.caller().actor()))
            .orElseThrow(() -> Problem.notFound("there is no such invoice").exception());
    return Answer.json(201, out(partner, credit));
  }

  private Answer payments(ApiCall call) {
    List<RoamingPayment> rows =
        money.payments().list(partner(call), call.cursorId(Long.MAX_VALUE), call.limit() + 1);
    return Answer.json(200, call.page(rows, PaymentOut::of, RoamingPayment::id));
  }

  private Answer pay(ApiCall call) {
    PartnerPayer partner = partner(call);
    PaymentIn in = call.body(PaymentIn.class);
    String currency = currency(partner);
    RoamingPayment.Draft draft =
        new RoamingPayment.Draft(
            in.invoice(),
            amount(in.amount(), currency),
            amount(in.fee(), currency),
            day(in.receivedOn()),
            in.reference(),
            call.moneyKey());
    RoamingPayment payment =
        PromotionCalls.checked(() -> money.payments().book(partner, draft, call.caller().actor()));
    return Answer.json(201, PaymentOut.of(payment));
  }

  private static Money amount(@Nullable AmountIn in, String currency) {
    if (in == null) {
      return Money.zero(currency);
    }
    String named = in.currency();
    if (named != null && !named.equals(currency)) {
      throw Problem.badField("currency", "the operator's is " + currency).exception();
    }
    return new Money(currency, in.minor());
  }

  private static LocalDate day(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException e) {
      throw Problem.badField("received_on", "must be a day like 2026-03-31").exception();
    }
  }

  private Answer reverse(ApiCall call) {
    PartnerPayer partner = partner(call);
    RoamingPayment reversal =
        PromotionCalls.checked(
                () ->
                    money
                        .payments()
                        .reverse(partner, call.idParam("payment"), call.caller().actor()))
            .orElseThrow(() -> Problem.notFound("there is no such payment").exception());
    return Answer.json(201, PaymentOut.of(reversal));
  }
}
