package org.ampay.web.api;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.ampay.audit.AuditEntry;
import org.ampay.audit.AuditLog;
import org.ampay.base.Money;
import org.ampay.payment.PaymentOperation;
import org.ampay.payment.order.Flow;
import org.ampay.payment.order.NewOrder;
import org.ampay.payment.order.Orders;
import org.ampay.payment.order.PayWay;
import org.ampay.payment.order.PaymentOrder;
import org.ampay.payment.order.PaymentOrder.State;
import org.ampay.payment.order.Placed;
import org.ampay.payment.provider.Form;
import org.ampay.payment.provider.ProviderKey;
import org.ampay.station.Inventory;
import org.ampay.web.http.Answer;
import org.ampay.web.http.Field;
import org.ampay.web.http.Problem;
import org.ampay.web.people.Permission;
import org.jspecify.annotations.Nullable;

/** Calls for orders: what drivers pay at a charge point before they charge. */
final class OrdersApi {

  private static final List<String> STATES = Stream.of(State.values()).map(State::code).toList();

  private final Orders orders;
  private final Inventory inventory;
  private final AuditLog audit;

  OrdersApi(Orders orders, Inventory inventory, AuditLog audit) {
    this.orders = orders;
    this.inventory = inventory;
    this.audit = audit;
  }

  record OrderIn(
      @Field(value = "of the EVSE, as behind its QR code", maxLength = 16) String payCode,
      @Field("wechat, alipay, stripe ...: one of the operator's") String provider,
      @Field("id of the operator's account with the provider") @Nullable Long account,
      @Field("preauth: a hold; prepaid: the rest is given back") String flow,
      @Field("qr, redirect") String form,
      @Field("what a session reserves by default") DriversApi.@Nullable MoneyIn amount,
      @Field(value = "of the payer, RFC 5646; en by default", maxLength = 10)
          @Nullable String language,
      @Field(value = "where the provider sends the payer; ends with a slash", maxLength = 500)
          @Nullable String returnUrl) {}

  record OrderOut(
      long id,
      long operator,
      @Nullable String station,
      int evse,
      String provider,
      @Nullable Long account,
      @Field("preauth, prepaid, wallet") String flow,
      @Field("qr, redirect, in_app") String form,
      @Field("waiting, paid, starting, charging, settling, returning, closed") String state,
      @Field("settled, debt, cancelled, declined, expired, start_refused, never_plugged ...")
          @Nullable String endReason,
      @Field("somebody wants it to end") boolean cancelAsked,
      Money amount,
      @Field("set aside or paid") Money held,
      @Field("what the session cost, with tax") @Nullable Money total,
      @Field("given back or set free") @Nullable Money returned,
      @Nullable Long session,
      @Field("what is waited for comes until then") Instant deadline,
      Instant createdAt,
      Instant updatedAt) {}

  /** An order with what its payer needs; only for who made it. */
  record OrderMadeOut(
      @com.fasterxml.jackson.annotation.JsonUnwrapped OrderOut order,
      @Field("behind /pay/orders/: who knows it may see and cancel the order") String code,
      @Field("qr, redirect, in_app") @Nullable String actionForm,
      @Field("the text of a QR code, or a URL") @Nullable String action) {}

  record OrderDetailOut(
      @com.fasterxml.jackson.annotation.JsonUnwrapped OrderOut order,
      List<OperationOfOrder> payments) {}

  /** A command to a provider. */
  record OperationOfOrder(
      long id,
      String provider,
      @Field("authorize, present, cancel, release, refund, increment") String kind,
      String reference,
      Money amount,
      Money done,
      String state,
      String detail,
      int attempts,
      Instant createdAt,
      Instant updatedAt) {

    static OperationOfOrder of(PaymentOperation op) {
      return new OperationOfOrder(
          op.id(),
          op.provider(),
          op.kind().code(),
          op.reference(),
          op.amount(),
          new Money(op.amount().currency(), op.result().doneMinor()),
          op.state().code(),
          op.result().detail(),
          op.result().attempts(),
          op.createdAt(),
          op.updatedAt());
    }
  }

  List<ApiRoute> routes() {
    return List.of(
        ApiRoute.get("/orders", Permission.SETTLEMENTS_READ, "Lists orders, newest first")
            .query("state", String.join(", ", STATES))
            .lists(OrderOut.class)
            .by(this::list),
        ApiRoute.get("/orders/{id}", Permission.SETTLEMENTS_READ, "An order, with its payments")
            .answers(200, OrderDetailOut.class)
            .by(call -> Answer.json(200, detail(find(call)))),
        ApiRoute.post("/orders", Permission.STATIONS_COMMAND, "Makes an order for a payer")
            .describe(
                "The payer is asked at once; the station is asked to start when the money is held"
                    + " or paid. A repeat with the same Idempotency-Key is the same order.")
            .takes(OrderIn.class)
            .answers(201, OrderMadeOut.class)
            .by(this::make),
        ApiRoute.post(
                "/orders/{id}/cancel",
                Permission.STATIONS_COMMAND,
                "Gives the money back, or stops the session")
            .answers(200, OrderDetailOut.class)
            .by(this::cancel));
  }

  private Answer list(ApiCall call) {
    String state = call.choice("state", STATES);
    List<PaymentOrder> rows =
        orders.list(
            call.scope().operatorId(),
            state == null ? null : State.ofCode(state),
            call.cursorId(Long.MAX_VALUE),
            call.limit() + 1);
    return Answer.json(200, call.page(rows, this::shown, PaymentOrder::id));
  }

  private PaymentOrder find(ApiCall call) {
    return orders
        .byId(call.scope().operatorId(), call.idParam("id"))
        .orElseThrow(OrdersApi::nothing);
  }

  private static RuntimeException nothing() {
    return Problem.notFound("there is no such order").exception();
  }

  private Answer make(ApiCall call) {
    OrderIn in = call.body(OrderIn.class);
    OptionalLong owner = orders.operatorOf(in.payCode());
    Long operator = call.scope().operatorId();
    if (owner.isEmpty() || (operator != null && operator != owner.getAsLong())) {
      throw Problem.badField("pay_code", "no EVSE has it").exception();
    }
    NewOrder draft = draft(call, in);
    Placed placed =
        orders.place(
            draft,
            (tx, order) ->
                audit.append(
                    tx,
                    AuditEntry.of(
                            order.operatorId(),
                            call.caller().actor(),
                            "order.create",
                            "order:" + order.id())
                        .with("pay_code", in.payCode())
                        .with("provider", in.provider())
                        .with("amount", order.amount())));
    return switch (placed) {
      case Placed.Ok(PaymentOrder order) -> Answer.json(201, made(order));
      case Placed.Refused(Placed.Refusal why) -> throw refused(why);
    };
  }

  private NewOrder draft(ApiCall call, OrderIn in) {
    Flow flow = word("flow", in.flow(), Flow.values());
    Form form = word("form", in.form(), Form.values());
    if (flow == Flow.WALLET) {
      throw Problem.badField("flow", "a wallet is its driver's: only he can use it").exception();
    }
    ProviderKey via = new ProviderKey(in.provider(), in.account());
    Money usual =
        orders.ways(in.payCode()).stream()
            .filter(way -> way.via().equals(via))
            .map(PayWay::usual)
            .findFirst()
            .orElseThrow(() -> refused(Placed.Refusal.WAY));
    DriversApi.MoneyIn wish = in.amount();
    Money amount =
        wish == null
            ? usual
            : new Money(
                Objects.requireNonNullElse(wish.currency(), usual.currency()), wish.minor());
    return new NewOrder(
        in.payCode(),
        via,
        flow,
        form,
        amount,
        Objects.requireNonNullElse(in.language(), "en"),
        returnUrl(in.returnUrl()),
        null,
        null,
        call.moneyKey());
  }

  private static URI returnUrl(@Nullable String text) {
    try {
      URI url = new URI(text == null ? "" : text);
      boolean web = "https".equals(url.getScheme()) || "http".equals(url.getScheme());
      if (text == null || (web && url.getHost() != null && text.endsWith("/"))) {
        return url;
      }
    } catch (URISyntaxException e) {
      throw Problem.badField("return_url", "is no URL").exception();
    }
    throw Problem.badField("return_url", "must be a web address that ends with a slash")
        .exception();
  }

  private static <E extends Enum<E>> E word(String field, String text, E[] words) {
    return Stream.of(words)
        .filter(word -> word.name().toLowerCase(Locale.ROOT).equals(text))
        .findFirst()
        .orElseThrow(() -> Problem.badField(field, "is not one of the words").exception());
  }

  private static RuntimeException refused(Placed.Refusal why) {
    return switch (why) {
      case UNKNOWN_CODE -> Problem.badField("pay_code", "no EVSE has it").exception();
      case AMOUNT -> Problem.badField("amount", "is not within the bounds").exception();
      case WAY -> Problem.badField("provider", "the operator does not offer that").exception();
      case EVSE_BUSY, NO_TARIFF, OFFLINE, WALLET_LOGIN, NO_CREDIT, UNAVAILABLE ->
          Problem.conflict(why.code().replace('_', '-'), "the order was refused").exception();
    };
  }

  private Answer cancel(ApiCall call) {
    PaymentOrder order = find(call);
    boolean there =
        orders.cancel(
            call.scope().operatorId(),
            order.id(),
            tx ->
                audit.append(
                    tx,
                    AuditEntry.of(
                            order.operatorId(),
                            call.caller().actor(),
                            "order.cancel",
                            "order:" + order.id())
                        .with("state", order.state().code())));
    if (!there) {
      throw nothing();
    }
    return Answer.json(200, detail(find(call)));
  }

  private OrderDetailOut detail(PaymentOrder order) {
    return new OrderDetailOut(
        shown(order), orders.operations(order.id()).stream().map(OperationOfOrder::of).toList());
  }

  private OrderMadeOut made(PaymentOrder order) {
    PaymentOperation.Action action = order.action();
    return new OrderMadeOut(
        shown(order),
        order.code(),
        action == null ? null : action.form().code(),
        action == null ? null : action.data());
  }

  private OrderOut shown(PaymentOrder order) {
    return new OrderOut(
        order.id(),
        order.operatorId(),
        inventory.byId(order.stationId()).map(found -> found.identity()).orElse(null),
        order.evseNo(),
        order.via().provider(),
        order.via().accountId(),
        order.flow().code(),
        order.form().code(),
        order.state().code(),
        order.end() == null ? null : order.end().code(),
        order.cancelAsked(),
        order.amount(),
        order.held(),
        order.total(),
        order.returned(),
        order.sessionId(),
        order.expiresAt(),
        order.createdAt(),
        order.updatedAt());
  }
}
