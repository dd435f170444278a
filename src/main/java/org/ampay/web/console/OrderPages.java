package org.ampay.web.console;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ampay.audit.AuditEntry;
import org.ampay.audit.AuditLog;
import org.ampay.payment.order.Orders;
import org.ampay.payment.order.PaymentOrder;
import org.ampay.web.http.Answer;
import org.ampay.web.http.Problem;
import org.ampay.web.people.Permission;
import org.ampay.web.read.OrderReadStore;
import org.ampay.web.read.OrderReadStore.OrderFilter;
import org.ampay.web.read.OrderReadStore.OrderRow;
import org.jspecify.annotations.Nullable;

/** What drivers ordered at the codes of EVSEs: found by code, station and time; cancelled. */
public final class OrderPages {

  static final List<String> STATES =
      Arrays.stream(PaymentOrder.State.values()).map(PaymentOrder.State::code).toList();

  private static final int PAGE = 50;

  private final Pages pages;
  private final OrderReadStore rows;
  private final Orders orders;
  private final AuditLog audit;

  OrderPages(Pages pages, OrderReadStore rows, Orders orders, AuditLog audit) {
    this.pages = pages;
    this.rows = rows;
    this.orders = orders;
    this.audit = audit;
  }

  List<ConsoleRoute> routes() {
    return List.of(
        ConsoleRoute.get("/orders", Permission.SETTLEMENTS_READ, this::list),
        ConsoleRoute.get("/orders/{id}", Permission.SETTLEMENTS_READ, this::detail),
        ConsoleRoute.post("/orders/{id}/cancel", Permission.STATIONS_COMMAND, this::cancel));
  }

  /** The filter as it was typed. */
  public record Filter(String state, String code, String station, String from, String to) {

    public boolean any() {
      return !(state + code + station + from + to).isEmpty();
    }
  }

  private Answer list(PageCall call) {
    String state = call.query("state");
    Filter filter =
        new Filter(
            STATES.contains(state) ? state : "",
            call.query("code"),
            call.query("station"),
            call.query("from"),
            call.query("to"));
    List<OrderRow> found =
        rows.list(
            call.scope(),
            new OrderFilter(
                filter.state().isEmpty() ? null : filter.state(),
                call.queryOrNull("code"),
                call.queryOrNull("station"),
                day(call, filter.from(), 0),
                day(call, filter.to(), 1)),
            call.queryLong("before", Long.MAX_VALUE),
            PAGE + 1);
    boolean more = found.size() > PAGE;
    List<OrderRow> shown = more ? found.subList(0, PAGE) : found;
    Map<String, Object> model = new HashMap<>();
    model.put("orders", shown);
    model.put("filter", filter);
    model.put("states", STATES);
    model.put("next", more ? String.valueOf(shown.getLast().id()) : "");
    return pages.page(200, "orders", call.ui(), model);
  }

  /** The start of a day in the operator's zone; what is no date filters nothing. */
  private static @Nullable Instant day(PageCall call, String date, int plusDays) {
    try {
      return date.isEmpty()
          ? null
          : LocalDate.parse(date)
              .plusDays(plusDays)
              .atStartOfDay(call.ui().place().zone())
              .toInstant();
    } catch (DateTimeException e) {
      return null;
    }
  }

  private Answer detail(PageCall call) {
    OrderRow order =
        rows.find(call.scope(), call.idParam("id"))
            .orElseThrow(() -> Problem.notFound(null).exception());
    Map<String, Object> model = new HashMap<>();
    model.put("order", order);
    model.put("operations", orders.operations(order.id()));
    model.put("cancelAsked", asked(call, order));
    return pages.page(200, "order", call.ui(), model);
  }

  private boolean asked(PageCall call, OrderRow order) {
    return orders
        .byId(call.operatorId(), order.id())
        .map(shown -> shown.cancelAsked() || !shown.state().live())
        .orElse(true);
  }

  private Answer cancel(PageCall call) {
    long id = call.idParam("id");
    AuditEntry entry =
        AuditEntry.of(call.operatorId(), call.caller().actor(), "order.cancel", "order:" + id);
    if (!orders.cancel(call.operatorId(), id, tx -> audit.append(tx, entry))) {
      throw Problem.notFound(null).exception();
    }
    return Answer.seeOther("/orders/" + id);
  }
}
