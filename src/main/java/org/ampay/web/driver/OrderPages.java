package org.ampay.web.driver;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.ampay.base.Money;
import org.ampay.charging.LimitWatch;
import org.ampay.charging.LiveCosts;
import org.ampay.payment.order.Orders;
import org.ampay.payment.order.PaymentOrder;
import org.ampay.store.Database;
import org.ampay.web.console.Ui;
import org.ampay.web.http.Answer;
import org.ampay.web.http.Call;
import org.ampay.web.http.Problem;
import org.ampay.web.read.BillReadStore;
import org.ampay.web.read.Scope;
import org.ampay.web.read.SessionReadStore;
import org.ampay.web.read.SessionReadStore.SessionRow;

/** The page of an order: from the wish to pay to what was given back. Its code is its key. */
final class OrderPages {

  private static final String CODE = "[A-Za-z0-9_-]{22}";

  private final DriverContext context;
  private final PayPoints points;
  private final Orders orders;
  private final Sources sources;

  /** What is known of sessions. */
  record Sources(
      SessionReadStore sessions, BillReadStore bills, LiveCosts costs, LimitWatch limits) {

    static Sources of(Database database, LiveCosts costs, LimitWatch limits) {
      return new Sources(
          new SessionReadStore(database), new BillReadStore(database), costs, limits);
    }
  }

  OrderPages(DriverContext context, PayPoints points, Orders orders, Sources sources) {
    this.context = context;
    this.points = points;
    this.orders = orders;
    this.sources = sources;
  }

  /** The whole page; who comes back from a provider sees at once whether that was enough. */
  Answer show(Call call) {
    boolean comesBack =
        call.header("sec-fetch-site")
            .filter(site -> site.matches("cross-site|same-site"))
            .isPresent();
    PaymentOrder order = comesBack ? find(call, orders::refresh) : find(call, orders::byCode);
    OrderFacts facts = facts(order);
    Ui ui = ui(call, facts);
    Map<String, Object> model = new HashMap<>();
    model.put("view", OrderViews.of(ui, facts));
    model.put("point", facts.point().orElse(null));
    return context.page(200, "pay/order", ui, model);
  }

  /** What the page looks for again and again; nothing when it is as it was. */
  Answer now(Call call) {
    OrderFacts facts = facts(find(call, orders::byCode));
    Ui ui = ui(call, facts);
    OrderView view = OrderViews.of(ui, facts);
    return call.query("seen").filter(view.seen()::equals).isPresent()
        ? Answer.empty(204)
        : context.fragment(200, "pay/order-body", ui, Map.of("view", view));
  }

  /** "I have paid". */
  Answer refresh(Call call) {
    context.check(call);
    return context.toOrder(find(call, orders::refresh).code());
  }

  Answer cancel(Call call) {
    context.check(call);
    PaymentOrder order = find(call, orders::byCode);
    orders.cancel(order.code());
    return context.toOrder(order.code());
  }

  Answer stop(Call call) {
    context.check(call);
    PaymentOrder order = find(call, orders::byCode);
    orders.stop(order.code());
    return context.toOrder(order.code());
  }

  private static PaymentOrder find(Call call, Function<String, Optional<PaymentOrder>> source) {
    return Optional.of(call.pathParam("order"))
        .filter(code -> code.matches(CODE))
        .flatMap(source)
        .orElseThrow(() -> Problem.notFound(null).exception());
  }

  private Ui ui(Call call, OrderFacts facts) {
    return facts.point().map(point -> context.ui(call, point)).orElseGet(() -> context.ui(call));
  }

  private OrderFacts facts(PaymentOrder order) {
    Optional<SessionRow> session =
        Optional.ofNullable(order.sessionId())
            .flatMap(id -> sources.sessions().find(Scope.of(order.operatorId()), id));
    boolean charging = order.state() == PaymentOrder.State.CHARGING;
    boolean over = order.state() == PaymentOrder.State.CLOSED;
    Optional<Money> cost =
        session
            .filter(row -> charging)
            .flatMap(row -> sources.costs().of(row.stationId(), row.id()));
    return new OrderFacts(
        order,
        points.at(order.stationId(), order.evseNo()),
        session,
        over ? session.map(row -> sources.bills().bills(row.id())).orElse(List.of()) : List.of(),
        cost,
        over && session.flatMap(this::reached).isPresent());
  }

  private Optional<String> reached(SessionRow session) {
    return sources.limits().find(session.id()).map(row -> row.reached());
  }
}
