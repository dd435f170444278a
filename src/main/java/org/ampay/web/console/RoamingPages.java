package org.ampay.web.console;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.ampay.audit.AuditEntry;
import org.ampay.audit.AuditLog;
import org.ampay.base.Money;
import org.ampay.ledger.Books.Period;
import org.ampay.ledger.Statement.Place;
import org.ampay.ocpi.roaming.PartnerInvoices;
import org.ampay.ocpi.roaming.RoamingInvoice;
import org.ampay.ocpi.roaming.RoamingMoney;
import org.ampay.ocpi.roaming.RoamingPayment;
import org.ampay.payment.method.PartnerPayer;
import org.ampay.tariff.InvalidInputException;
import org.ampay.web.http.Answer;
import org.ampay.web.http.Problem;
import org.ampay.web.people.Permission;
import org.jspecify.annotations.Nullable;

/** What roaming partners owe: statements, invoices, payments, limits. */
final class RoamingPages {

  private static final int MOST = 200;

  private final Pages pages;
  private final RoamingMoney money;
  private final AuditLog audit;

  RoamingPages(Pages pages, RoamingMoney money, AuditLog audit) {
    this.pages = pages;
    this.money = money;
    this.audit = audit;
  }

  List<ConsoleRoute> routes() {
    Permission read = Permission.LEDGER_READ;
    Permission write = Permission.WALLETS_WRITE;
    String one = "/roaming/{id}";
    return List.of(
        ConsoleRoute.get("/roaming", read, this::list),
        ConsoleRoute.get(one, read, this::show),
        ConsoleRoute.get(one + "/invoices/{invoice}", read, this::invoice),
        ConsoleRoute.post(one + "/limit", write, this::limit),
        ConsoleRoute.post(one + "/payments", write, this::pay),
        ConsoleRoute.post(one + "/payments/{payment}/reversal", write, this::reverse),
        ConsoleRoute.post(one + "/invoices", write, this::make),
        ConsoleRoute.post(one + "/invoices/{invoice}/cancellation", write, this::cancel));
  }

  private static String currency(PageCall call) {
    return call.ui().operator().currency();
  }

  private Answer list(PageCall call) {
    List<RoamingRow> rows = new ArrayList<>();
    for (PartnerPayer partner : money.payers().list(call.operatorId(), Long.MIN_VALUE, MOST)) {
      rows.add(new RoamingRow(partner, money.statements().owed(partner, currency(call))));
    }
    return pages.page(200, "roaming", call.ui(), Map.of("rows", rows));
  }

  private PartnerPayer partner(PageCall call) {
    return money
        .payers()
        .find(call.operatorId(), call.idParam("id"))
        .orElseThrow(() -> Problem.notFound(null).exception());
  }

  private Answer show(PageCall call) {
    return page(call, 200, partner(call), new TypedForm());
  }

  private Answer page(PageCall call, int status, PartnerPayer partner, TypedForm form) {
    ZoneId zone = call.ui().place().zone();
    YearMonth month = month(call, zone);
    Instant from = month.atDay(1).atStartOfDay(zone).toInstant();
    Instant to = month.plusMonths(1).atDay(1).atStartOfDay(zone).toInstant();
    Map<String, Object> model = new HashMap<>();
    model.put("partner", partner);
    model.put("form", form);
    model.put("month", month.toString());
    model.put("before", month.minusMonths(1).toString());
    model.put("after", month.plusMonths(1).toString());
    model.put("owed", money.statements().owed(partner, currency(call)));
    model.put(
        "statement",
        money.statements().of(partner, currency(call), new Period(from, to), Place.START, MOST));
    model.put("invoices", money.invoices().list(partner, Long.MAX_VALUE, MOST));
    model.put("payments", money.payments().list(partner, Long.MAX_VALUE, MOST));
    model.put("once", UUID.randomUUID().toString());
    return pages.page(status, "roaming-partner", call.ui(), model);
  }

  private static YearMonth month(PageCall call, ZoneId zone) {
    try {
      return YearMonth.parse(call.query("month"));
    } catch (DateTimeException e) {
      return YearMonth.from(call.ui().place().now().atZone(zone));
    }
  }

  private Answer invoice(PageCall call) {
    PartnerPayer partner = partner(call);
    RoamingInvoice.Standing standing =
        money
            .invoices()
            .find(partner, call.idParam("invoice"))
            .orElseThrow(() -> Problem.notFound(null).exception());
    long after = call.queryLong("after", 0);
    List<RoamingInvoice.Item> items = money.invoices().items(standing.invoice(), after, MOST + 1);
    boolean more = items.size() > MOST;
    List<RoamingInvoice.Item> shown = more ? items.subList(0, MOST) : items;
    return pages.page(
        200,
        "roaming-invoice",
        call.ui(),
        Map.of(
            "standing", standing,
            "items", shown,
            "next", more ? Long.toString(shown.getLast().billId()) : ""));
  }

  private interface Act {
    void run(PartnerPayer partner);
  }

  /** Does it and shows the partner's page, with what was wrong if anything was. */
  private Answer done(PageCall call, Act act) {
    PartnerPayer partner = partner(call);
    TypedForm form = TypedForm.posted(call);
    try {
      act.run(partner);
      return Answer.seeOther("/roaming/" + partner.partnerId());
    } catch (InvalidInputException e) {
      boolean field = call.formNames().contains(e.path());
      form.wrong(field ? e.path() : "", field ? e.reason() : String.valueOf(e.getMessage()));
      return page(call, 400, partner, form);
    }
  }

  private Answer limit(PageCall call) {
    return done(
        call,
        partner -> {
          Money limit = amount(call, "limit", true);
          AuditEntry entry =
              AuditEntry.of(
                      partner.operatorId(),
                      call.caller().actor(),
                      "roaming.limit",
                      "partner:" + partner.partnerId())
                  .with("limit", limit);
          money
              .payers()
              .limit(
                  partner.operatorId(), partner.partnerId(), limit, tx -> audit.append(tx, entry));
        });
  }

  private Answer pay(PageCall call) {
    return done(
        call,
        partner -> {
          long typed = call.formLong("invoice", 0);
          @Nullable Long invoice = typed == 0 ? null : Long.valueOf(typed);
          RoamingPayment.Draft draft =
              new RoamingPayment.Draft(
                  invoice,
                  amount(call, "amount", false),
                  amount(call, "fee", true),
                  day(call.form("received_on")),
                  call.form("reference"),
                  "page:" + call.form("once"));
          money.payments().book(partner, draft, call.caller().actor());
        });
  }

  private static Money amount(PageCall call, String field, boolean mayMiss) {
    String typed = call.form(field).replace(',', '.');
    if (typed.isEmpty() && mayMiss) {
      return Money.zero(currency(call));
    }
    if (!typed.matches("[0-9]{1,10}(\\.[0-9]{1,3})?")) {
      throw new InvalidInputException(field, "must be an amount");
    }
    try {
      return Money.of(currency(call), new BigDecimal(typed), RoundingMode.UNNECESSARY);
    } catch (ArithmeticException e) {
      throw new InvalidInputException(field, "has more digits than the currency");
    }
  }

  private static LocalDate day(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException e) {
      throw new InvalidInputException("received_on", "must be a day like 2026-03-31");
    }
  }

  private Answer reverse(PageCall call) {
    return done(
        call,
        partner ->
            found(
                money.payments().reverse(partner, call.idParam("payment"), call.caller().actor())));
  }

  private static void found(Optional<?> what) {
    if (what.isEmpty()) {
      throw Problem.notFound(null).exception();
    }
  }

  private Answer make(PageCall call) {
    return done(
        call,
        partner -> {
          YearMonth month;
          try {
            month = YearMonth.parse(call.form("period"));
          } catch (DateTimeException e) {
            throw new InvalidInputException("period", "must be a month like 2026-03");
          }
          if (money.invoices().make(partner, month, call.caller().actor())
              instanceof PartnerInvoices.Made.Nothing) {
            throw new InvalidInputException("period", call.ui().t("roaming.nothing_to_invoice"));
          }
        });
  }

  private Answer cancel(PageCall call) {
    return done(
        call,
        partner ->
            found(
                money
                    .invoices()
                    .cancel(
                        partner,
                        call.idParam("invoice"),
                        call.form("reason"),
                        call.caller().actor())));
  }
}
