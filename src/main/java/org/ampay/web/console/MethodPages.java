package org.ampay.web.console;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ampay.base.Money;
import org.ampay.payment.account.PaymentAccount;
import org.ampay.payment.account.PaymentAccounts;
import org.ampay.payment.method.DriverMethod;
import org.ampay.payment.provider.CommandKind;
import org.ampay.payment.provider.PaymentCommand.SavedMethod;
import org.ampay.tariff.InvalidInputException;
import org.ampay.web.WebRooms;
import org.ampay.web.http.Answer;
import org.ampay.web.http.Problem;
import org.ampay.web.http.Ref;
import org.ampay.web.people.Permission;
import org.ampay.web.read.AccessReadStore;
import org.ampay.web.read.AccessReadStore.DriverRow;

/** How a driver pays, and his PIN. */
final class MethodPages {

  private final Pages pages;
  private final WebRooms.Paying paying;
  private final AccessReadStore access;

  MethodPages(Pages pages, WebRooms.Paying paying, AccessReadStore access) {
    this.pages = pages;
    this.paying = paying;
    this.access = access;
  }

  List<ConsoleRoute> routes() {
    String page = "/drivers/{id}/payment";
    return List.of(
        ConsoleRoute.get(page, Permission.WALLETS_READ, this::show),
        ConsoleRoute.post(page, Permission.WALLETS_WRITE, this::set),
        ConsoleRoute.post("/drivers/{id}/pin", Permission.DRIVERS_WRITE, this::setPin));
  }

  private DriverRow driver(PageCall call) {
    return access
        .driver(call.scope(), call.idParam("id"))
        .orElseThrow(() -> Problem.notFound(null).exception());
  }

  private Answer show(PageCall call) {
    DriverRow driver = driver(call);
    TypedForm form = new TypedForm();
    DriverMethod method = paying.methods().method(driver.id());
    form.set("kind", method.kind());
    switch (method) {
      case DriverMethod.Wallet _, DriverMethod.Roaming _ -> {}
      case DriverMethod.Invoice(Money credit) ->
          form.set("credit", credit.toDecimal().toPlainString());
      case DriverMethod.Saved saved ->
          form.set("account", String.valueOf(saved.via().accountId()))
              .set("payer", saved.method().payer())
              .set("method", saved.method().method());
    }
    return page(call, 200, driver, form);
  }

  private Answer page(PageCall call, int status, DriverRow driver, TypedForm form) {
    Map<String, Object> model = new HashMap<>();
    model.put("driver", driver);
    model.put("form", form);
    model.put("pin", paying.pins().isSet(driver.operatorId(), driver.id()));
    model.put(
        "used",
        paying.methods().used(driver.operatorId(), driver.id(), call.ui().operator().currency()));
    model.put(
        "accounts",
        paying.accounts().offered(driver.operatorId()).stream()
            .filter(offer -> offer.can().can(CommandKind.CHARGE))
            .map(PaymentAccounts.Offered::account)
            .toList());
    return pages.page(status, "driver-payment", call.ui(), model);
  }

  private Answer set(PageCall call) {
    DriverRow driver = driver(call);
    TypedForm form = TypedForm.posted(call);
    try {
      paying.methods().set(driver.operatorId(), driver.id(), typed(call), call.caller().actor());
      return Answer.seeOther("/drivers/" + driver.id() + "/payment");
    } catch (InvalidInputException e) {
      form.wrong(e.path(), e.reason());
      return page(call, 400, driver, form);
    }
  }

  private DriverMethod typed(PageCall call) {
    return switch (call.form("kind")) {
      case "wallet" -> new DriverMethod.Wallet();
      case "invoice" -> new DriverMethod.Invoice(credit(call));
      case "saved" ->
          new DriverMethod.Saved(
              account(call).key(), new SavedMethod(call.form("payer"), call.form("method")));
      default -> throw new InvalidInputException("kind", "is missing");
    };
  }

  private static Money credit(PageCall call) {
    String typed = call.form("credit").replace(',', '.');
    if (!typed.matches("[0-9]{1,10}(\\.[0-9]{1,3})?")) {
      throw new InvalidInputException("credit", "must be an amount");
    }
    try {
      return Money.of(
          call.ui().operator().currency(),
          new java.math.BigDecimal(typed),
          java.math.RoundingMode.UNNECESSARY);
    } catch (ArithmeticException e) {
      throw new InvalidInputException("credit", "has more digits than the currency");
    }
  }

  private PaymentAccount account(PageCall call) {
    return paying
        .accounts()
        .find(call.operatorId(), new Ref(call.form("account")).id().orElse(0))
        .orElseThrow(() -> new InvalidInputException("account", "is missing"));
  }

  private Answer setPin(PageCall call) {
    DriverRow driver = driver(call);
    TypedForm form = new TypedForm();
    String pin = call.form("pin");
    String actor = call.caller().actor();
    try {
      if (pin.isEmpty()) {
        paying.pins().remove(driver.operatorId(), driver.id(), actor);
      } else {
        paying.pins().set(driver.operatorId(), driver.id(), pin, actor);
      }
      return Answer.seeOther("/drivers/" + driver.id() + "/payment");
    } catch (InvalidInputException e) {
      form.wrong(e.path(), e.reason());
      form.set("kind", paying.methods().method(driver.id()).kind());
      return page(call, 400, driver, form);
    }
  }
}
