package org.ampay.web.api;

import java.util.List;
import org.ampay.base.Money;
import org.ampay.payment.account.PaymentAccount;
import org.ampay.payment.account.PaymentAccounts;
import org.ampay.payment.method.DriverMethod;
import org.ampay.payment.method.DriverMethods;
import org.ampay.payment.method.DriverPins;
import org.ampay.payment.provider.PaymentCommand.SavedMethod;
import org.ampay.web.WebRooms;
import org.ampay.web.api.DriversApi.MoneyIn;
import org.ampay.web.http.Answer;
import org.ampay.web.http.Field;
import org.ampay.web.http.Problem;
import org.ampay.web.people.Permission;
import org.ampay.web.read.AccessReadStore;
import org.ampay.web.read.AccessReadStore.DriverRow;
import org.jspecify.annotations.Nullable;

/** Calls for how a driver pays, and for his PIN. */
final class PaymentMethodsApi {

  private final WebRooms rooms;
  private final DriverMethods methods;
  private final DriverPins pins;
  private final PaymentAccounts accounts;
  private final AccessReadStore access;

  PaymentMethodsApi(WebRooms rooms, AccessReadStore access) {
    this.rooms = rooms;
    this.methods = rooms.paying().methods();
    this.pins = rooms.paying().pins();
    this.accounts = rooms.paying().accounts();
    this.access = access;
  }

  record PaymentMethodIn(
      @Field(value = "wallet, invoice, saved", maxLength = 10) String kind,
      @Field("of invoice: how much may be charged and not paid yet") @Nullable MoneyIn credit,
      @Field("of saved: the payment account") @Nullable Long account,
      @Field("of saved: the customer in the provider's words") @Nullable String payer,
      @Field("of saved: the card or agreement in the provider's words; never a card number")
          @Nullable String method) {}

  record PaymentMethodOut(
      long driver,
      @Field("wallet, invoice, saved") String kind,
      @Nullable Money credit,
      @Field("of the credit, what is held included") @Nullable Money used,
      @Nullable Long account,
      @Nullable String payer,
      @Nullable String method,
      @Field("whether a PIN is set") boolean pin) {}

  record PinIn(@Field(value = "4 to 12 digits, not all the same", maxLength = 12) String pin) {}

  List<ApiRoute> routes() {
    return List.of(
        ApiRoute.get("/drivers/{id}/payment-method", Permission.WALLETS_READ, "How a driver pays")
            .describe("Where no order paid before the session.")
            .answers(200, PaymentMethodOut.class)
            .by(call -> Answer.json(200, out(driver(call)))),
        ApiRoute.put(
                "/drivers/{id}/payment-method", Permission.WALLETS_WRITE, "Sets how a driver pays")
            .describe("From the next start on; running sessions end as they began.")
            .takes(PaymentMethodIn.class)
            .answers(200, PaymentMethodOut.class)
            .by(this::set),
        ApiRoute.put("/drivers/{id}/pin", Permission.DRIVERS_WRITE, "Sets a driver's PIN")
            .describe("Only its hash is kept. Ends a lock after wrong tries.")
            .takes(PinIn.class)
            .answers(204, null)
            .by(this::setPin),
        ApiRoute.delete("/drivers/{id}/pin", Permission.DRIVERS_WRITE, "Takes a driver's PIN away")
            .answers(204, null)
            .by(this::removePin));
  }

  private DriverRow driver(ApiCall call) {
    return access
        .driver(call.scope(), call.idParam("id"))
        .orElseThrow(() -> Problem.notFound("there is no such driver").exception());
  }

  private Answer set(ApiCall call) {
    DriverRow driver = driver(call);
    PaymentMethodIn in = call.body(PaymentMethodIn.class);
    DriverMethod method =
        switch (in.kind()) {
          case "wallet" -> new DriverMethod.Wallet();
          case "invoice" -> invoice(in, currency(driver));
          case "saved" -> saved(in, driver.operatorId());
          default ->
              throw Problem.badField("kind", "must be one of [wallet, invoice, saved]").exception();
        };
    PromotionCalls.checked(
        () -> methods.set(driver.operatorId(), driver.id(), method, call.caller().actor()));
    return Answer.json(200, out(driver));
  }

  private static DriverMethod invoice(PaymentMethodIn in, String currency) {
    MoneyIn credit = needed(in.credit(), "credit");
    if (credit.currency() != null && !credit.currency().equals(currency)) {
      throw Problem.badField("credit.currency", "the operator's is " + currency).exception();
    }
    return new DriverMethod.Invoice(new Money(currency, credit.minor()));
  }

  private DriverMethod saved(PaymentMethodIn in, long operatorId) {
    long id = needed(in.account(), "account");
    PaymentAccount account =
        accounts
            .find(operatorId, id)
            .orElseThrow(() -> Problem.badField("account", "there is no such account").exception());
    return new DriverMethod.Saved(
        account.key(), new SavedMethod(needed(in.payer(), "payer"), needed(in.method(), "method")));
  }

  private static <T> T needed(@Nullable T value, String field) {
    if (value == null) {
      throw Problem.badField(field, "is missing").exception();
    }
    return value;
  }

  private Answer setPin(ApiCall call) {
    DriverRow driver = driver(call);
    PinIn in = call.body(PinIn.class);
    PromotionCalls.checked(
        () -> pins.set(driver.operatorId(), driver.id(), in.pin(), call.caller().actor()));
    return Answer.empty(204);
  }

  private Answer removePin(ApiCall call) {
    DriverRow driver = driver(call);
    if (!pins.remove(driver.operatorId(), driver.id(), call.caller().actor())) {
      throw Problem.notFound("the driver has no PIN").exception();
    }
    return Answer.empty(204);
  }

  private String currency(DriverRow driver) {
    return rooms.field().inventory().operator(driver.operatorId()).orElseThrow().currency();
  }

  private PaymentMethodOut out(DriverRow driver) {
    boolean pin = pins.isSet(driver.operatorId(), driver.id());
    return switch (methods.method(driver.id())) {
      case DriverMethod.Wallet _ ->
          new PaymentMethodOut(driver.id(), "wallet", null, null, null, null, null, pin);
      case DriverMethod.Roaming roaming ->
          new PaymentMethodOut(
              driver.id(), "roaming", roaming.limit(), null, null, null, null, pin);
      case DriverMethod.Invoice(Money credit) ->
          new PaymentMethodOut(
              driver.id(),
              "invoice",
              credit,
              methods.used(driver.operatorId(), driver.id(), credit.currency()),
              null,
              null,
              null,
              pin);
      case DriverMethod.Saved saved ->
          new PaymentMethodOut(
              driver.id(),
              "saved",
              null,
              null,
              saved.via().accountId(),
              saved.method().payer(),
              saved.method().method(),
              pin);
    };
  }
}
