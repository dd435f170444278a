package org.ampay.web.driver;

import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServiceBindingBuilder;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.ampay.web.WebRooms;
import org.ampay.web.http.Answer;
import org.ampay.web.http.Assets;
import org.ampay.web.http.Call;
import org.ampay.web.http.Gate;
import org.ampay.web.http.Problem;
import org.ampay.web.http.PublicUrl;

/** Everything below {@code /pay}. */
public final class DriverPages {

  private final DriverContext context;
  private final DriverLimits limits;
  private final PointPages points;
  private final OrderPages orders;

  private DriverPages(
      DriverContext context, DriverLimits limits, PointPages points, OrderPages orders) {
    this.context = context;
    this.limits = limits;
    this.points = points;
    this.orders = orders;
  }

  /** The pages over the rooms. */
  public static DriverPages of(WebRooms rooms, Assets assets, PublicUrl publicUrl) {
    WebRooms.Ground ground = rooms.ground();
    DriverContext context = new DriverContext(assets, ground.time(), ground.random(), publicUrl);
    DriverLimits limits = new DriverLimits(ground.time());
    PayPoints points =
        new PayPoints(
            rooms.field().inventory(),
            rooms.field().commands(),
            rooms.finance().tariffs(),
            ground.time(),
            ground.database());
    OrderPages.Sources sources =
        OrderPages.Sources.of(
            ground.database(), rooms.charging().live(), rooms.charging().limits());
    return new DriverPages(
        context,
        limits,
        new PointPages(context, limits, points, rooms.paying().orders()),
        new OrderPages(context, points, rooms.paying().orders(), sources));
  }

  /** Adds the pages to a server. */
  public void install(ServerBuilder server, Gate gate) {
    add(server.route().get("/pay"), gate, points::enter);
    add(server.route().get("/pay/{code}"), gate, points::show);
    add(server.route().post("/pay/{code}"), gate, points::place);
    add(server.route().get("/pay/orders/{order}"), gate, orders::show);
    add(server.route().get("/pay/orders/{order}/now"), gate, orders::now);
    add(server.route().post("/pay/orders/{order}/refresh"), gate, orders::refresh);
    add(server.route().post("/pay/orders/{order}/cancel"), gate, orders::cancel);
    add(server.route().post("/pay/orders/{order}/stop"), gate, orders::stop);
  }

  private void add(ServiceBindingBuilder route, Gate gate, Function<Call, Answer> handler) {
    route.build(
        gate.service(
            call -> {
              limits.view(call);
              return otherLanguage(call).orElseGet(() -> handler.apply(call));
            },
            this::failed));
  }

  private Optional<Answer> otherLanguage(Call call) {
    return call.method().equals("GET") ? context.otherLanguage(call) : Optional.empty();
  }

  private Answer failed(Call call, Problem problem) {
    return context.page(
        problem.status(), "pay/problem", context.ui(call), Map.of("problem", problem));
  }
}
