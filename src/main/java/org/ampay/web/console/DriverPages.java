package org.ampay.web.console;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.ampay.access.Driver;
import org.ampay.access.Tokens;
import org.ampay.audit.AuditEntry;
import org.ampay.audit.AuditLog;
import org.ampay.base.Money;
import org.ampay.payment.Wallets;
import org.ampay.web.http.Answer;
import org.ampay.web.http.Faults;
import org.ampay.web.http.Problem;
import org.ampay.web.http.ProblemException;
import org.ampay.web.people.Permission;
import org.ampay.web.read.AccessReadStore;
import org.ampay.web.read.AccessReadStore.DriverRow;
import org.ampay.web.read.BillReadStore;
import org.ampay.web.read.SessionReadStore;
import org.ampay.web.read.SessionReadStore.SessionFilter;

/** Drivers and their wallets. */
final class DriverPages {

  private static final int PAGE = 50;

  /** Above this an amount is a slip of the finger. */
  private static final long MOST_MINOR = 100_000_000_00L;

  private final Pages pages;
  private final Tokens tokens;
  private final AccessReadStore access;
  private final SessionReadStore sessions;
  private final BillReadStore bills;
  private final Wallets wallets;
  private final DriverPromotions promotions;
  private final AuditLog audit;

  /** What the pages read. */
  record Stores(AccessReadStore access, SessionReadStore sessions, BillReadStore bills) {}

  DriverPages(
      Pages pages,
      Tokens tokens,
      Stores stores,
      Wallets wallets,
      DriverPromotions promotions,
      AuditLog audit) {
    this.pages = pages;
    this.tokens = tokens;
    this.access = stores.access();
    this.sessions = stores.sessions();
    this.bills = stores.bills();
    this.wallets = wallets;
    this.promotions = promotions;
    this.audit = audit;
  }

  List<ConsoleRoute> routes() {
    return List.of(
        ConsoleRoute.get("/drivers", Permission.DRIVERS_READ, call -> list(call, 200, "")),
        ConsoleRoute.post("/drivers", Permission.DRIVERS_WRITE, this::create),
        ConsoleRoute.get("/drivers/{id}", Permission.DRIVERS_READ, call -> detail(call, 200, "")),
        ConsoleRoute.post("/drivers/{id}/top-ups", Permission.WALLETS_WRITE, this::topUp),
        ConsoleRoute.post(
            "/drivers/{id}/promotions/{act}", Permission.PROMOTIONS_WRITE, this::promote));
  }

  private Answer list(PageCall call, int status, String error) {
    String search = call.query("q");
    List<DriverRow> rows =
        access.drivers(call.scope(), search, call.queryLong("after", 0), PAGE + 1);
    boolean more = rows.size() > PAGE;
    List<DriverRow> shown = more ? rows.subList(0, PAGE) : rows;
    Map<String, Object> model = new HashMap<>();
    model.put("drivers", shown);
    model.put("search", search);
    model.put("error", error);
    model.put("next", more ? String.valueOf(shown.getLast().id()) : "");
    return pages.page(status, "drivers", call.ui(), model);
  }

  private Answer create(PageCall call) {
    try {
      Driver driver =
          tokens.create(
              Faults.input(
                  () ->
                      new Driver(
                          0,
                          call.operatorId(),
                          call.form("name"),
                          call.formOrNull("email"),
                          call.formOrNull("phone"),
                          call.ui().language().tag(),
                          null)),
              (tx, made) ->
                  audit.append(
                      tx,
                      AuditEntry.of(
                          made.operatorId(),
                          call.caller().actor(),
                          "driver.create",
                          "driver:" + made.id())));
      return Answer.seeOther("/drivers/" + driver.id());
    } catch (ProblemException e) {
      return list(call, 400, Objects.requireNonNullElse(e.getMessage(), ""));
    }
  }

  private DriverRow find(PageCall call) {
    return access
        .driver(call.scope(), call.idParam("id"))
        .orElseThrow(() -> Problem.notFound(null).exception());
  }

  private Answer promote(PageCall call) {
    if (!call.ui().may(Permission.DRIVERS_READ)) {
      throw Problem.forbidden(null).exception();
    }
    DriverRow driver = find(call);
    TypedForm form = TypedForm.posted(call);
    return promotions.act(call, driver.id(), form)
        ? Answer.seeOther("/drivers/" + driver.id())
        : detail(call, 400, "", form);
  }

  private Answer detail(PageCall call, int status, String error) {
    return detail(call, status, error, new TypedForm());
  }

  private Answer detail(PageCall call, int status, String error, TypedForm form) {
    DriverRow driver = find(call);
    Wallets.Owner owner = owner(call, driver);
    boolean mayRead = call.ui().may(Permission.WALLETS_READ);
    Map<String, Object> model = new HashMap<>();
    model.put("driver", driver);
    model.put("balance", wallets.balance(owner));
    model.put(
        "movements",
        mayRead ? wallets.movements(owner, Long.MAX_VALUE, 20) : List.<Wallets.Movement>of());
    model.put("tokens", access.tokensOfDriver(driver.id(), 50));
    model.put(
        "sessions",
        sessions.list(call.scope(), SessionFilter.ofDriver(driver.id()), Long.MAX_VALUE, 10));
    model.put("operations", bills.operationsOfDriver(call.scope(), driver.id(), 20));
    model.put("error", error);
    model.put("promo", promotions.view(call, driver.id(), form).orElse(null));
    model.put("formKey", Long.toString(call.ui().place().now().toEpochMilli(), 36));
    return pages.page(status, "driver", call.ui(), model);
  }

  private static Wallets.Owner owner(PageCall call, DriverRow driver) {
    return new Wallets.Owner(driver.operatorId(), driver.id(), call.ui().operator().currency());
  }

  private Answer topUp(PageCall call) {
    DriverRow driver = find(call);
    Wallets.Owner owner = owner(call, driver);
    try {
      Money amount = amount(call, owner.currency());
      // The form's own key: sending the same page twice is one top-up.
      String key = "page:" + call.caller().id() + ":" + call.form("key");
      AuditEntry entry =
          AuditEntry.of(
                  driver.operatorId(),
                  call.caller().actor(),
                  "wallet.top_up",
                  "driver:" + driver.id())
              .with("amount", amount)
              .with("note", call.form("note"));
      Wallets.TopUpResult result =
          wallets.topUp(
              new Wallets.TopUp(owner, amount, key),
              (tx, operation) -> audit.append(tx, entry.with("operation", operation.id())));
      if (result instanceof Wallets.TopUpResult.KeyConflict) {
        throw Problem.badField("amount", "the form was sent before: load the page again")
            .exception();
      }
      return Answer.seeOther("/drivers/" + driver.id());
    } catch (ProblemException e) {
      return detail(call, 400, Objects.requireNonNullElse(e.getMessage(), ""));
    }
  }

  private static Money amount(PageCall call, String currency) {
    java.math.BigDecimal typed =
        call.formDecimal("amount")
            .orElseThrow(() -> Problem.badField("amount", "is missing").exception());
    java.math.BigDecimal minor =
        typed.movePointRight(Money.exponent(currency)).stripTrailingZeros();
    if (minor.scale() > 0
        || minor.signum() <= 0
        || minor.compareTo(java.math.BigDecimal.valueOf(MOST_MINOR)) > 0) {
      throw Problem.badField("amount", "must be a positive amount of " + currency).exception();
    }
    return new Money(currency, minor.longValueExact());
  }
}
