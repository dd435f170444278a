package org.ampay.web.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.ampay.payment.account.AccountCheck;
import org.ampay.payment.account.AccountDraft;
import org.ampay.payment.account.PaymentAccount;
import org.ampay.payment.account.PaymentAccounts;
import org.ampay.payment.callback.StoredCallback;
import org.ampay.payment.provider.ProviderFactory;
import org.ampay.payment.provider.SettingField;
import org.ampay.station.Operator;
import org.ampay.web.WebRooms;
import org.ampay.web.http.Answer;
import org.ampay.web.http.Field;
import org.ampay.web.http.Problem;
import org.ampay.web.http.Ref;
import org.ampay.web.people.Permission;
import org.jspecify.annotations.Nullable;

/** Calls for accounts with payment providers. Secrets go in and never come out. */
final class AccountsApi {

  private final WebRooms rooms;
  private final PaymentAccounts accounts;
  private final AccountCheck checks;

  AccountsApi(WebRooms rooms) {
    this.rooms = rooms;
    this.accounts = rooms.paying().accounts();
    this.checks = new AccountCheck(accounts);
  }

  record ProviderFieldOut(String name, boolean required, boolean secret, String help) {}

  record ProviderKindOut(String provider, List<ProviderFieldOut> settings) {}

  record PaymentAccountIn(
      @Field(value = "see GET /payment-providers; stays", maxLength = 20) @Nullable String provider,
      @Field(value = "in the callbacks' address; made by default; stays", maxLength = 40)
          @Nullable String code,
      @Field(maxLength = 100) @Nullable String name,
      @Field("texts by name, secrets among them; what a change leaves out stays, null takes away")
          @Nullable JsonNode settings,
      @Field("whether new payments may use it; true by default") @Nullable Boolean enabled,
      @Nullable Ref operator) {}

  record PaymentAccountOut(
      long id,
      long operator,
      String provider,
      String code,
      String name,
      @Field("what is not secret, by name") Map<String, String> settings,
      @Field("the names of the secrets that are set") List<String> secrets,
      boolean enabled,
      @Field("where the provider sends its callbacks, below our public address") String hook,
      @Field("why it cannot be used; null: it can") @Nullable String trouble,
      Instant createdAt,
      Instant updatedAt) {}

  record PaymentAccountCheckOut(
      @Field("works, refused, no_answer") String result, @Nullable String detail) {}

  record PaymentCallbackOut(
      long id,
      String eventId,
      @Field("news, dispute") String kind,
      long operation,
      Instant receivedAt,
      @Nullable Instant appliedAt) {}

  List<ApiRoute> routes() {
    Permission may = Permission.PAYMENT_ACCOUNTS;
    return List.of(
        ApiRoute.get("/payment-providers", may, "Kinds of providers an account can be made for")
            .describe("Those of Ampay and those of the jars in the folder for plug-ins.")
            .lists(ProviderKindOut.class)
            .by(this::kinds),
        ApiRoute.get("/payment-accounts", may, "Lists an operator's payment accounts")
            .lists(PaymentAccountOut.class)
            .by(this::list),
        ApiRoute.post("/payment-accounts", may, "Adds a payment account")
            .takes(PaymentAccountIn.class)
            .answers(201, PaymentAccountOut.class)
            .by(this::create),
        ApiRoute.get("/payment-accounts/{id}", may, "A payment account")
            .answers(200, PaymentAccountOut.class)
            .by(call -> Answer.json(200, out(find(call)))),
        ApiRoute.patch("/payment-accounts/{id}", may, "Changes a payment account")
            .takes(PaymentAccountIn.class)
            .answers(200, PaymentAccountOut.class)
            .by(this::change),
        ApiRoute.post("/payment-accounts/{id}/check", may, "Proves the keys of a payment account")
            .describe("By asking the provider for a payment that never was.")
            .answers(200, PaymentAccountCheckOut.class)
            .by(this::check),
        ApiRoute.get("/payment-accounts/{id}/callbacks", may, "Callbacks that were believed")
            .describe("Newest first. Those that were refused are counted in /metrics.")
            .lists(PaymentCallbackOut.class)
            .by(this::callbacks));
  }

  private Answer kinds(ApiCall call) {
    List<ProviderKindOut> kinds = accounts.kinds().stream().map(AccountsApi::kind).toList();
    return Answer.json(200, new ListAnswer<>(kinds, null));
  }

  private static ProviderKindOut kind(ProviderFactory factory) {
    return new ProviderKindOut(
        factory.name(), factory.settings().stream().map(AccountsApi::field).toList());
  }

  private static ProviderFieldOut field(SettingField field) {
    return new ProviderFieldOut(field.name(), field.required(), field.secret(), field.help());
  }

  private Answer list(ApiCall call) {
    List<PaymentAccountOut> all = accounts.list(call.owner(null)).stream().map(this::out).toList();
    return Answer.json(200, new ListAnswer<>(all, null));
  }

  private PaymentAccount find(ApiCall call) {
    return accounts
        .find(call.idParam("id"))
        .filter(account -> call.scope().covers(account.operatorId()))
        .orElseThrow(() -> Problem.notFound("there is no such payment account").exception());
  }

  private Answer create(ApiCall call) {
    PaymentAccountIn in = call.body(PaymentAccountIn.class);
    long operator = operator(call.owner(in.operator())).id();
    PaymentAccount made =
        PromotionCalls.checked(
            () ->
                accounts.create(
                    operator,
                    new AccountDraft(
                        needed(in.provider(), "provider"),
                        in.code(),
                        needed(in.name(), "name"),
                        values(in.settings()),
                        !Boolean.FALSE.equals(in.enabled())),
                    call.caller().actor()));
    return Answer.json(201, out(made));
  }

  private Answer change(ApiCall call) {
    PaymentAccount old = find(call);
    PaymentAccountIn in = call.body(PaymentAccountIn.class);
    stays(in.provider(), old.provider(), "provider");
    stays(in.code(), old.code(), "code");
    if (in.operator() != null) {
      throw Problem.badField("operator", "cannot be changed").exception();
    }
    AccountDraft draft =
        PromotionCalls.checked(
            () ->
                new AccountDraft(
                    old.provider(),
                    old.code(),
                    Objects.requireNonNullElse(in.name(), old.name()),
                    values(in.settings()),
                    Objects.requireNonNullElse(in.enabled(), old.enabled())));
    PaymentAccount changed =
        PromotionCalls.found(
            PromotionCalls.checked(
                () -> accounts.change(old.operatorId(), old.id(), draft, call.caller().actor())),
            "payment account");
    return Answer.json(200, out(changed));
  }

  private static void stays(@Nullable String told, String old, String field) {
    if (told != null && !told.equals(old)) {
      throw Problem.badField(field, "cannot be changed").exception();
    }
  }

  private static String needed(@Nullable String value, String field) {
    if (value == null) {
      throw Problem.badField(field, "is missing").exception();
    }
    return value;
  }

  private static Map<String, String> values(@Nullable JsonNode settings) {
    Map<String, String> values = new HashMap<>();
    if (settings == null) {
      return values;
    }
    if (!settings.isObject()) {
      throw Problem.badField("settings", "must be an object").exception();
    }
    settings
        .properties()
        .forEach(
            entry -> {
              JsonNode value = entry.getValue();
              if (!value.isTextual() && !value.isNull()) {
                throw Problem.badField("settings." + entry.getKey(), "must be a text").exception();
              }
              values.put(entry.getKey(), value.isNull() ? "" : value.asText());
            });
    return values;
  }

  private Answer check(ApiCall call) {
    PaymentAccount account = find(call);
    AccountCheck.Verdict verdict =
        checks.check(
            account,
            operator(account.operatorId()).currency(),
            rooms.ground().ids().next(),
            rooms.ground().time().now());
    return Answer.json(
        200,
        switch (verdict) {
          case AccountCheck.Verdict.Works _ -> new PaymentAccountCheckOut("works", null);
          case AccountCheck.Verdict.Refused(String why) ->
              new PaymentAccountCheckOut("refused", why);
          case AccountCheck.Verdict.NoAnswer(String why) ->
              new PaymentAccountCheckOut("no_answer", why);
        });
  }

  private Operator operator(long id) {
    return rooms
        .field()
        .inventory()
        .operator(id)
        .orElseThrow(() -> Problem.badField("operator", "there is no such operator").exception());
  }

  private Answer callbacks(ApiCall call) {
    PaymentAccount account = find(call);
    List<StoredCallback> rows =
        rooms
            .paying()
            .inbox()
            .list(
                account.operatorId(),
                account.id(),
                call.cursorId(Long.MAX_VALUE),
                call.limit() + 1);
    return Answer.json(200, call.page(rows, AccountsApi::callback, StoredCallback::id));
  }

  private static PaymentCallbackOut callback(StoredCallback row) {
    return new PaymentCallbackOut(
        row.id(),
        row.eventId(),
        row.kind().code(),
        row.operationId(),
        row.receivedAt(),
        row.appliedAt());
  }

  private PaymentAccountOut out(PaymentAccount account) {
    return new PaymentAccountOut(
        account.id(),
        account.operatorId(),
        account.provider(),
        account.code(),
        account.name(),
        account.settings(),
        account.secrets().stream().sorted().toList(),
        account.enabled(),
        account.hook(),
        accounts.trouble(account.id()).orElse(null),
        account.createdAt(),
        account.updatedAt());
  }
}
