package org.ampay.web.console;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.ampay.payment.account.AccountCheck;
import org.ampay.payment.account.AccountDraft;
import org.ampay.payment.account.PaymentAccount;
import org.ampay.payment.account.PaymentAccounts;
import org.ampay.payment.provider.ProviderFactory;
import org.ampay.payment.provider.SettingField;
import org.ampay.tariff.InvalidInputException;
import org.ampay.web.WebRooms;
import org.ampay.web.http.Answer;
import org.ampay.web.http.Problem;
import org.ampay.web.people.Permission;
import org.jspecify.annotations.Nullable;

/** Accounts with payment providers. A page never shows a secret, only that it is set. */
final class AccountPages {

  private static final String PREFIX = "settings.";
  private static final int CALLBACKS = 20;
  private static final List<String> CHECKED = List.of("works", "refused", "no_answer");

  private final Pages pages;
  private final WebRooms rooms;
  private final PaymentAccounts accounts;
  private final AccountCheck checks;

  AccountPages(Pages pages, WebRooms rooms) {
    this.pages = pages;
    this.rooms = rooms;
    this.accounts = rooms.paying().accounts();
    this.checks = new AccountCheck(accounts);
  }

  List<ConsoleRoute> routes() {
    Permission may = Permission.PAYMENT_ACCOUNTS;
    String one = "/payment-accounts/{id}";
    return List.of(
        ConsoleRoute.get("/payment-accounts", may, this::list),
        ConsoleRoute.get("/payment-accounts/new", may, this::blank),
        ConsoleRoute.post("/payment-accounts/new", may, this::create),
        ConsoleRoute.get(one, may, this::detail),
        ConsoleRoute.post(one, may, this::change),
        ConsoleRoute.post(one + "/check", may, this::check));
  }

  private Answer list(PageCall call) {
    List<PaymentAccount> all = accounts.list(call.operatorId());
    Map<Long, String> troubles = new HashMap<>();
    for (PaymentAccount account : all) {
      accounts.trouble(account.id()).ifPresent(why -> troubles.put(account.id(), why));
    }
    return pages.page(
        200,
        "payment-accounts",
        call.ui(),
        Map.of(
            "accounts", all,
            "troubles", troubles,
            "kinds", accounts.kinds().stream().map(ProviderFactory::name).toList()));
  }

  private ProviderFactory kind(String name) {
    return accounts.kinds().stream()
        .filter(factory -> factory.name().equals(name))
        .findFirst()
        .orElseThrow(() -> Problem.notFound(null).exception());
  }

  private Answer blank(PageCall call) {
    TypedForm form = new TypedForm().set("enabled", "true");
    return editor(call, 200, kind(call.query("provider")), form);
  }

  private Answer editor(PageCall call, int status, ProviderFactory kind, TypedForm form) {
    return pages.page(
        status,
        "payment-account-new",
        call.ui(),
        Map.of("provider", kind.name(), "fields", kind.settings(), "form", form));
  }

  private Answer create(PageCall call) {
    ProviderFactory kind = kind(call.form("provider"));
    TypedForm form = TypedForm.posted(call);
    Optional<PaymentAccount> made =
        made(
            form,
            kind,
            () ->
                accounts.create(
                    call.operatorId(),
                    draft(call, kind, call.form("code"), false),
                    call.caller().actor()));
    return made.map(account -> Answer.seeOther("/payment-accounts/" + account.id()))
        .orElseGet(() -> editor(call, 400, kind, withoutSecrets(form, kind)));
  }

  /** Of a change, a secret that was left empty stays. */
  private static AccountDraft draft(
      PageCall call, ProviderFactory kind, @Nullable String code, boolean change) {
    Map<String, String> values = new HashMap<>();
    for (SettingField field : kind.settings()) {
      String typed = call.form(PREFIX + field.name());
      if (!typed.isEmpty() || (change && !field.secret())) {
        values.put(field.name(), typed);
      }
    }
    return new AccountDraft(
        kind.name(), code, call.form("name"), values, call.form("enabled").equals("true"));
  }

  private static Optional<PaymentAccount> made(
      TypedForm form, ProviderFactory kind, Supplier<PaymentAccount> work) {
    try {
      return Optional.of(work.get());
    } catch (InvalidInputException e) {
      boolean shown =
          e.path().equals("name")
              || e.path().equals("code")
              || kind.settings().stream().anyMatch(f -> e.path().equals(PREFIX + f.name()));
      form.wrong(shown ? e.path() : "", shown ? e.reason() : String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  /** What was typed comes back with the page; secrets do not. */
  private static TypedForm withoutSecrets(TypedForm form, ProviderFactory kind) {
    for (SettingField field : kind.settings()) {
      if (field.secret()) {
        form.set(PREFIX + field.name(), "");
      }
    }
    return form;
  }

  private PaymentAccount find(PageCall call) {
    return accounts
        .find(call.operatorId(), call.idParam("id"))
        .orElseThrow(() -> Problem.notFound(null).exception());
  }

  private Answer detail(PageCall call) {
    PaymentAccount account = find(call);
    TypedForm form =
        new TypedForm()
            .set("name", account.name())
            .set("enabled", Boolean.toString(account.enabled()));
    account.settings().forEach((name, value) -> form.set(PREFIX + name, value));
    String checked = call.query("checked");
    return detail(call, 200, account, form, CHECKED.contains(checked) ? checked : "");
  }

  private Answer detail(
      PageCall call, int status, PaymentAccount account, TypedForm form, String checked) {
    Map<String, Object> model = new HashMap<>();
    model.put("account", account);
    model.put("form", form);
    model.put("checked", checked);
    model.put("trouble", accounts.trouble(account.id()).orElse(""));
    model.put("fields", fields(account));
    model.put(
        "callbacks",
        rooms.paying().inbox().list(account.operatorId(), account.id(), Long.MAX_VALUE, CALLBACKS));
    return pages.page(status, "payment-account", call.ui(), model);
  }

  /** Empty when the plug-in was taken away. */
  private List<SettingField> fields(PaymentAccount account) {
    return accounts.kinds().stream()
        .filter(factory -> factory.name().equals(account.provider()))
        .findFirst()
        .map(ProviderFactory::settings)
        .orElse(List.of());
  }

  private Answer change(PageCall call) {
    PaymentAccount old = find(call);
    ProviderFactory kind = kind(old.provider());
    TypedForm form = TypedForm.posted(call);
    Optional<PaymentAccount> changed =
        made(
            form,
            kind,
            () ->
                accounts
                    .change(
                        old.operatorId(),
                        old.id(),
                        draft(call, kind, old.code(), true),
                        call.caller().actor())
                    .orElseThrow(() -> Problem.notFound(null).exception()));
    return changed.isPresent()
        ? Answer.seeOther("/payment-accounts/" + old.id())
        : detail(call, 400, old, withoutSecrets(form, kind), "");
  }

  private Answer check(PageCall call) {
    PaymentAccount account = find(call);
    AccountCheck.Verdict verdict =
        checks.check(
            account,
            call.ui().operator().currency(),
            rooms.ground().ids().next(),
            rooms.ground().time().now());
    return Answer.seeOther(
        "/payment-accounts/"
            + account.id()
            + "?checked="
            + switch (verdict) {
              case AccountCheck.Verdict.Works _ -> "works";
              case AccountCheck.Verdict.Refused _ -> "refused";
              case AccountCheck.Verdict.NoAnswer _ -> "no_answer";
            });
  }
}
