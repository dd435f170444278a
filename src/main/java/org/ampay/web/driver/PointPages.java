package org.ampay.web.driver;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ampay.base.Money;
import org.ampay.payment.order.Flow;
import org.ampay.payment.order.NewOrder;
import org.ampay.payment.order.Orders;
import org.ampay.payment.order.PayWay;
import org.ampay.payment.order.PaymentOrder;
import org.ampay.payment.order.Placed;
import org.ampay.payment.order.WalletLogin;
import org.ampay.payment.provider.Form;
import org.ampay.web.console.Ui;
import org.ampay.web.driver.PayPoint.State;
import org.ampay.web.http.Answer;
import org.ampay.web.http.Call;
import org.jspecify.annotations.Nullable;

/** The page behind an EVSE's code: what it is, what it costs, and the form that makes an order. */
final class PointPages {

  private static final String WECHAT_BROWSER = "MicroMessenger";

  private final DriverContext context;
  private final DriverLimits limits;
  private final PayPoints points;
  private final Orders orders;

  PointPages(DriverContext context, DriverLimits limits, PayPoints points, Orders orders) {
    this.context = context;
    this.limits = limits;
    this.points = points;
    this.orders = orders;
  }

  /** Where a code can be typed in. */
  Answer enter(Call call) {
    String code = call.query("code").map(String::strip).orElse("");
    if (code.isEmpty()) {
      return context.page(200, "pay/enter", context.ui(call), Map.of("unknown", ""));
    }
    Optional<PayPoint> point = points.byCode(code);
    return point.isPresent() ? Answer.seeOther("/pay/" + point.get().code()) : unknown(call, code);
  }

  private Answer unknown(Call call, String code) {
    limits.unknownCode(call);
    String shown = code.length() > 32 ? code.substring(0, 32) + "…" : code;
    return context.page(404, "pay/enter", context.ui(call), Map.of("unknown", shown));
  }

  /** The point of the path; who has an order there is brought to it. */
  Answer show(Call call) {
    Optional<PayPoint> found = points.byCode(call.pathParam("code"));
    if (found.isEmpty()) {
      return unknown(call, call.pathParam("code"));
    }
    PayPoint point = found.get();
    Optional<PaymentOrder> own = context.order(call).flatMap(orders::byCode);
    if (own.isPresent() && goesOn(own.get(), point)) {
      return Answer.seeOther("/pay/orders/" + own.get().code());
    }
    return form(call, point, OrderForm.blank(context.secret()), 200, "");
  }

  private static boolean goesOn(PaymentOrder order, PayPoint point) {
    return order.state() != PaymentOrder.State.CLOSED
        && order.stationId() == point.station().id()
        && order.evseNo() == point.evse().evseNo();
  }

  /** The ways of this operator that this browser can use. */
  private List<PayWay> ways(Call call, PayPoint point) {
    boolean wechat = call.header("user-agent").orElse("").contains(WECHAT_BROWSER);
    return orders.ways(point.code()).stream().filter(way -> wechat || !needsWechat(way)).toList();
  }

  /** WeChat has no QR code for its pay-after: only its own browser can ask for it. */
  private static boolean needsWechat(PayWay way) {
    boolean payAfter = way.flow() == Flow.PREAUTH && way.via().provider().equals("wechat");
    return payAfter || (way.form() == Form.IN_APP && way.flow() != Flow.WALLET);
  }

  private Answer form(Call call, PayPoint found, OrderForm form, int status, String error) {
    Ui ui = context.ui(call, found);
    List<PayWay> ways = found.state().open() ? ways(call, found) : List.of();
    PayPoint point = found.state().open() && ways.isEmpty() ? found.as(State.NO_WAYS) : found;
    Map<String, Object> model = new HashMap<>();
    model.put("point", point);
    model.put(
        "price",
        points
            .price(point.station())
            .map(tariff -> PointPrice.of(tariff, ui))
            .orElse(PointPrice.NONE));
    model.put("form", form);
    model.put("error", error);
    model.put("ways", ways.stream().map(way -> WayView.of(ui, way, ways)).toList());
    model.put("amounts", ways.isEmpty() ? null : Amounts.of(ways));
    return context.page(status, "pay/point", ui, model);
  }

  /** Makes an order. */
  Answer place(Call call) {
    context.check(call);
    Optional<PayPoint> found = points.byCode(call.pathParam("code"));
    if (found.isEmpty()) {
      return unknown(call, call.pathParam("code"));
    }
    PayPoint point = found.get();
    limits.order(call, point.code());
    OrderForm form = OrderForm.read(call, context.secret());
    Ui ui = context.ui(call, point);
    Optional<PayWay> way =
        ways(call, point).stream().filter(w -> OrderForm.wayOf(w).equals(form.way())).findFirst();
    if (way.isEmpty()) {
      return again(call, point, form, 400, ui.t("pay.refused.way"));
    }
    Optional<Money> amount = form.money(way.get().usual().currency());
    if (amount.isEmpty() || outside(amount.get(), way.get())) {
      String bounds =
          ui.t("pay.refused.amount", ui.money(way.get().least()), ui.money(way.get().most()));
      return again(call, point, form, 400, bounds);
    }
    Optional<WalletLogin> login = form.login(way.get());
    if (way.get().flow() == Flow.WALLET) {
      limits.wallet(call);
      if (login.isEmpty()) {
        return again(call, point, form, 400, ui.t("pay.refused.wallet_login"));
      }
    }
    NewOrder wanted = wanted(call, point, form, way.get(), amount.get(), login.orElse(null));
    return switch (orders.place(wanted)) {
      case Placed.Ok(PaymentOrder order) -> context.toOrder(order.code());
      case Placed.Refused(Placed.Refusal why) ->
          again(call, point, form, status(why), refusal(ui, why, way.get()));
    };
  }

  private static boolean outside(Money amount, PayWay way) {
    return amount.compareTo(way.least()) < 0 || amount.compareTo(way.most()) > 0;
  }

  private static String refusal(Ui ui, Placed.Refusal why, PayWay way) {
    return why == Placed.Refusal.AMOUNT
        ? ui.t("pay.refused.amount", ui.money(way.least()), ui.money(way.most()))
        : ui.t("pay.refused." + why.code());
  }

  /** What the browser is told; people read the text. */
  private static int status(Placed.Refusal why) {
    return switch (why) {
      case EVSE_BUSY, NO_TARIFF, OFFLINE -> 409;
      case UNKNOWN_CODE -> 404;
      case AMOUNT, WAY, WALLET_LOGIN, NO_CREDIT -> 422;
      case UNAVAILABLE -> 503;
    };
  }

  private NewOrder wanted(
      Call call,
      PayPoint point,
      OrderForm form,
      PayWay way,
      Money amount,
      @Nullable WalletLogin login) {
    return new NewOrder(
        point.code(),
        way.via(),
        way.flow(),
        way.form(),
        amount,
        DriverContext.language(call).tag(),
        context.outside(call, "/pay/orders/"),
        call.address(),
        login,
        form.key());
  }

  private Answer again(Call call, PayPoint point, OrderForm form, int status, String error) {
    return form(call, point, form.again(context.secret()), status, error);
  }
}
