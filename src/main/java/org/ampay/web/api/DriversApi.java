package org.ampay.web.api;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.ampay.access.Driver;
import org.ampay.access.Tokens;
import org.ampay.audit.AuditEntry;
import org.ampay.audit.AuditLog;
import org.ampay.base.Money;
import org.ampay.payment.PaymentOperation;
import org.ampay.payment.Wallets;
import org.ampay.payment.Withdrawals;
import org.ampay.station.Inventory;
import org.ampay.station.Operator;
import org.ampay.web.api.SettlementsApi.PaymentOut;
import org.ampay.web.http.Answer;
import org.ampay.web.http.Faults;
import org.ampay.web.http.Field;
import org.ampay.web.http.Problem;
import org.ampay.web.http.Ref;
import org.ampay.web.people.Permission;
import org.ampay.web.read.AccessReadStore;
import org.ampay.web.read.AccessReadStore.DriverRow;
import org.ampay.web.read.BillReadStore;
import org.jspecify.annotations.Nullable;

/** Calls for drivers and their wallets. */
final class DriversApi {

  /** Above this an amount is a slip of the finger. */
  private static final long MOST_MINOR = 1_000_000_000_000L;

  private final Tokens tokens;
  private final AccessReadStore store;
  private final BillReadStore bills;
  private final Inventory inventory;
  private final Wallets wallets;
  private final Withdrawals withdrawals;
  private final AuditLog audit;

  DriversApi(
      Tokens tokens,
      AccessReadStore store,
      BillReadStore bills,
      Inventory inventory,
      Wallets wallets,
      Withdrawals withdrawals,
      AuditLog audit) {
    this.tokens = tokens;
    this.store = store;
    this.bills = bills;
    this.inventory = inventory;
    this.wallets = wallets;
    this.withdrawals = withdrawals;
    this.audit = audit;
  }

  record NewDriverIn(
      @Field(maxLength = 100) String name,
      @Nullable String email,
      @Field(maxLength = 40) @Nullable String phone,
      @Field(value = "RFC 5646, for example zh-CN", maxLength = 10) @Nullable String language,
      @Field("contract or membership group, for tariffs") @Nullable Ref group,
      @Nullable Ref operator) {}

  record DriverOut(
      long id,
      long operator,
      String name,
      @Nullable String email,
      @Nullable String phone,
      @Nullable String language,
      @Nullable Long group) {}

  record WalletOut(
      long driver,
      @Field("holds included") Money balance,
      @Field("set aside for running sessions") Money held,
      Money available,
      @Field("the part of what is available that is not real money") Money gift) {}

  record MoneyIn(
      @Field(value = "ISO 4217; the operator's by default", maxLength = 3)
          @Nullable String currency,
      @Field(value = "minor units", min = 1, max = MOST_MINOR) Long minor) {}

  record TopUpIn(MoneyIn amount, @Field(maxLength = 200) @Nullable String note) {}

  record TopUpOut(long id, String state, Money amount, Instant createdAt, WalletOut wallet) {}

  List<ApiRoute> routes() {
    return List.of(
        ApiRoute.get("/drivers", Permission.DRIVERS_READ, "Lists drivers")
            .query("search", "part of the name, e-mail or phone")
            .lists(DriverOut.class)
            .by(this::list),
        ApiRoute.post("/drivers", Permission.DRIVERS_WRITE, "Adds a driver")
            .takes(NewDriverIn.class)
            .answers(201, DriverOut.class)
            .by(this::create),
        ApiRoute.get("/drivers/{id}", Permission.DRIVERS_READ, "A driver")
            .answers(200, DriverOut.class)
            .by(call -> Answer.json(200, out(find(call)))),
        ApiRoute.get("/drivers/{id}/wallet", Permission.WALLETS_READ, "A driver's wallet")
            .answers(200, WalletOut.class)
            .by(call -> Answer.json(200, wallet(find(call)))),
        ApiRoute.get(
                "/drivers/{id}/wallet/operations",
                Permission.WALLETS_READ,
                "The newest top-ups and refunds of a driver")
            .answers(200, null)
            .by(
                call ->
                    Answer.json(
                        200,
                        new ListAnswer<>(
                            bills.operationsOfDriver(call.scope(), find(call).id(), 100).stream()
                                .map(PaymentOut::of)
                                .toList(),
                            null))),
        ApiRoute.post(
                "/drivers/{id}/wallet/top-ups",
                Permission.WALLETS_WRITE,
                "Puts money that was received into a wallet")
            .takes(TopUpIn.class)
            .answers(201, TopUpOut.class)
            .by(this::topUp),
        ApiRoute.post(
                "/drivers/{id}/wallet/withdrawals",
                Permission.WALLETS_WRITE,
                "Pays real money out of a wallet, at a counter or by bank")
            .takes(TopUpIn.class)
            .answers(201, TopUpOut.class)
            .by(this::withdraw));
  }

  private Answer list(ApiCall call) {
    List<DriverRow> rows =
        store.drivers(
            call.scope(), call.query("search").orElse(""), call.cursorId(0), call.limit() + 1);
    return Answer.json(200, call.page(rows, DriversApi::out, DriverRow::id));
  }

  private DriverRow find(ApiCall call) {
    return store
        .driver(call.scope(), call.idParam("id"))
        .orElseThrow(() -> Problem.notFound("there is no such driver").exception());
  }

  private Answer create(ApiCall call) {
    NewDriverIn in = call.body(NewDriverIn.class);
    long operator = call.owner(in.operator());
    operator(operator);
    Ref group = in.group();
    Long groupId =
        group == null
            ? null
            : group.id().orElseThrow(() -> Problem.badField("group", "must be an id").exception());
    String language = in.language();
    if (language != null && !language.matches("[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")) {
      throw Problem.badField("language", "must be a language tag like zh-CN").exception();
    }
    Driver driver =
        tokens.create(
            Faults.input(
                () ->
                    new Driver(
                        0, operator, in.name(), in.email(), in.phone(), in.language(), groupId)),
            (tx, made) ->
                audit.append(
                    tx,
                    AuditEntry.of(
                        operator, call.caller().actor(), "driver.create", "driver:" + made.id())));
    return Answer.json(
        201,
        new DriverOut(
            driver.id(),
            operator,
            driver.name(),
            driver.email(),
            driver.phone(),
            driver.language(),
            driver.groupId()));
  }

  private Operator operator(long id) {
    return inventory
        .operator(id)
        .orElseThrow(() -> Problem.badField("operator", "there is no such operator").exception());
  }

  private Answer withdraw(ApiCall call) {
    DriverRow driver = find(call);
    TopUpIn in = call.body(TopUpIn.class);
    Wallets.Owner owner = owner(driver);
    Money amount = amount(in, owner);
    AuditEntry entry =
        AuditEntry.of(
                driver.operatorId(),
                call.caller().actor(),
                "wallet.withdraw",
                "driver:" + driver.id())
            .with("amount", amount)
            .with("note", Objects.requireNonNullElse(in.note(), ""));
    Withdrawals.Wish wish =
        Faults.input(() -> new Withdrawals.Wish(owner, amount, call.moneyKey()));
    Withdrawals.Result result =
        withdrawals.withdraw(
            wish, (tx, operation) -> audit.append(tx, entry.with("operation", operation.id())));
    return switch (result) {
      case Withdrawals.Result.KeyConflict _ -> throw Problem.keyReused().exception();
      case Withdrawals.Result.TooMuch(Money available) ->
          throw Problem.badField("amount.minor", "at most " + available + " of real money is there")
              .exception();
      case Withdrawals.Result.Done done -> moved(done.operation(), driver);
    };
  }

  private Answer moved(PaymentOperation operation, DriverRow driver) {
    return Answer.json(
        201,
        new TopUpOut(
            operation.id(),
            operation.state().code(),
            operation.amount(),
            operation.createdAt(),
            wallet(driver)));
  }

  private static Money amount(TopUpIn in, Wallets.Owner owner) {
    String currency = Objects.requireNonNullElse(in.amount().currency(), owner.currency());
    if (!currency.equals(owner.currency())) {
      throw Problem.badField("amount.currency", "the wallet is in " + owner.currency()).exception();
    }
    return new Money(currency, in.amount().minor());
  }

  private Answer topUp(ApiCall call) {
    DriverRow driver = find(call);
    TopUpIn in = call.body(TopUpIn.class);
    Wallets.Owner owner = owner(driver);
    Money amount = amount(in, owner);
    AuditEntry entry =
        AuditEntry.of(
                driver.operatorId(),
                call.caller().actor(),
                "wallet.top_up",
                "driver:" + driver.id())
            .with("amount", amount)
            .with("note", Objects.requireNonNullElse(in.note(), ""));
    Wallets.TopUpResult result =
        wallets.topUp(
            new Wallets.TopUp(owner, amount, call.moneyKey()),
            (tx, operation) -> audit.append(tx, entry.with("operation", operation.id())));
    return switch (result) {
      case Wallets.TopUpResult.KeyConflict conflict -> throw Problem.keyReused().exception();
      case Wallets.TopUpResult.Done done -> moved(done.operation(), driver);
    };
  }

  private Wallets.Owner owner(DriverRow driver) {
    return new Wallets.Owner(
        driver.operatorId(), driver.id(), operator(driver.operatorId()).currency());
  }

  private WalletOut wallet(DriverRow driver) {
    Wallets.Balance balance = wallets.balance(owner(driver));
    return new WalletOut(
        driver.id(), balance.balance(), balance.held(), balance.available(), balance.gift());
  }

  private static DriverOut out(DriverRow row) {
    return new DriverOut(
        row.id(),
        row.operatorId(),
        row.name(),
        row.email(),
        row.phone(),
        row.language(),
        row.groupId());
  }
}
