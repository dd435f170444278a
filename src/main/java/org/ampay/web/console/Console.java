package org.ampay.web.console;

import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.server.Route;
import com.linecorp.armeria.server.ServerBuilder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ampay.web.http.Answer;
import org.ampay.web.http.Call;
import org.ampay.web.http.Gate;
import org.ampay.web.http.Problem;
import org.ampay.web.people.Permission;
import org.ampay.web.people.UserSession;

/**
 * The console: each request gets its session, its permission and (when it changes something) its
 * CSRF token checked before its handler runs.
 */
public final class Console {

  private final Context context;
  private final Pages pages;
  private final List<ConsoleRoute> routes;
  private final SignInPages signIn;
  private final LiveFeed live;
  private final MessageFeed messages;

  Console(
      Context context,
      Pages pages,
      List<ConsoleRoute> routes,
      SignInPages signIn,
      LiveFeed live,
      MessageFeed messages) {
    this.context = context;
    this.pages = pages;
    this.routes = List.copyOf(routes);
    this.signIn = signIn;
    this.live = live;
    this.messages = messages;
  }

  /** Adds the console to a server. */
  public void install(ServerBuilder server, Gate gate) {
    signIn.install(server, gate, this::failed);
    server.route().get("/live").build(live.service());
    server.route().get("/messages/follow").build(messages.follow());
    server.route().get("/messages/export").build(messages.export());
    for (ConsoleRoute route : routes) {
      server.service(
          Route.builder().methods(HttpMethod.valueOf(route.method())).path(route.path()).build(),
          gate.service(call -> serve(route, call), this::failed));
    }
    server.serviceUnder(
        "/",
        gate.service(
            call -> {
              throw Problem.notFound(null).exception();
            },
            this::failed));
  }

  /** The pages and forms, for tests. */
  List<ConsoleRoute> routes() {
    return routes;
  }

  private Answer serve(ConsoleRoute route, Call call) {
    Optional<UserSession> session = context.session(call);
    if (session.isEmpty()) {
      return toSignIn(call);
    }
    Permission needed = route.permission();
    if (needed != null && !session.get().user().role().may(needed)) {
      throw Problem.forbidden(null).exception();
    }
    if (route.method().equals("POST")) {
      Guard.check(call, session.get().csrfToken());
    }
    return route.handler().apply(new PageCall(call, context.ui(call, session.get())));
  }

  private static Answer toSignIn(Call call) {
    if (call.header("hx-request").isPresent()) {
      return Answer.empty(401).with("hx-redirect", "/sign-in");
    }
    boolean comesBack = call.method().equals("GET") && !call.target().equals("/");
    return Answer.seeOther(
        comesBack
            ? "/sign-in?next=" + URLEncoder.encode(call.target(), StandardCharsets.UTF_8)
            : "/sign-in");
  }

  private Answer failed(Call call, Problem problem) {
    Optional<UserSession> session;
    try {
      session = context.session(call);
    } catch (RuntimeException e) {
      // The database may be the very thing that failed: the page of somebody unknown needs none.
      session = Optional.empty();
    }
    Ui ui = session.map(s -> context.ui(call, s)).orElseGet(() -> context.anonymous(call, ""));
    String template = call.header("hx-request").isPresent() ? "part/problem" : "problem";
    // htmx swaps fragments of successful answers only.
    int status = template.equals("problem") ? problem.status() : 200;
    return pages.page(status, template, ui, Map.of("problem", problem));
  }
}
