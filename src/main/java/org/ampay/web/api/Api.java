package org.ampay.web.api;

import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.server.Route;
import com.linecorp.armeria.server.ServerBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.ampay.base.TimeSource;
import org.ampay.store.Database;
import org.ampay.web.http.Answer;
import org.ampay.web.http.Call;
import org.ampay.web.http.Gate;
import org.ampay.web.http.JsonCodec;
import org.ampay.web.http.Problem;
import org.ampay.web.people.ApiKey;
import org.ampay.web.people.Caller;
import org.ampay.web.people.People;

/**
 * The JSON API: for each call the key, its rate, its role, the parameters and the Idempotency-Key
 * are checked, in that order, and then its handler runs.
 */
public final class Api {

  private static final String BASE = "/api/v1";
  private static final String BEARER = "Bearer ";

  private final List<ApiRoute> routes;
  private final People people;
  private final RateLimit rate;
  private final Idempotency idempotency;
  private final String openApi;

  Api(
      List<ApiRoute> routes,
      People people,
      Database database,
      TimeSource time,
      int requestsPerSecond) {
    this.routes = List.copyOf(routes);
    this.people = people;
    this.rate = new RateLimit(time, requestsPerSecond);
    this.idempotency = new Idempotency(new IdempotencyStore(database), time);
    this.openApi = JsonCodec.write(OpenApi.of(this.routes));
  }

  /** All calls. */
  List<ApiRoute> routes() {
    return routes;
  }

  /** Adds the API to a server. */
  public void install(ServerBuilder server, Gate gate) {
    server
        .route()
        .get(BASE + "/openapi.json")
        .build(
            gate.jsonService(
                call -> new Answer(200, Answer.JSON, openApi, java.util.Map.of(), false)));
    for (ApiRoute route : routes) {
      server.service(
          Route.builder()
              .methods(HttpMethod.valueOf(route.method()))
              .path(BASE + route.path())
              .build(),
          gate.jsonService(call -> serve(route, call)));
    }
    others(server, gate);
    server.serviceUnder(
        BASE,
        gate.jsonService(
            call -> {
              authenticate(call);
              throw Problem.notFound("there is no such call").exception();
            }));
  }

  /** 405 for the methods that a path does not have. */
  private void others(ServerBuilder server, Gate gate) {
    Set<HttpMethod> all =
        Set.of(
            HttpMethod.GET, HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH, HttpMethod.DELETE);
    for (String path : routes.stream().map(ApiRoute::path).collect(Collectors.toSet())) {
      TreeSet<String> known =
          routes.stream()
              .filter(route -> route.path().equals(path))
              .map(ApiRoute::method)
              .collect(Collectors.toCollection(TreeSet::new));
      List<HttpMethod> rest =
          new ArrayList<>(all.stream().filter(m -> !known.contains(m.name())).toList());
      Problem problem = Problem.other(405, "method-not-allowed", "The call has no such method");
      server.service(
          Route.builder().methods(rest).path(BASE + path).build(),
          gate.jsonService(
              call -> Answer.problem(problem).with("allow", String.join(", ", known))));
    }
  }

  private Answer serve(ApiRoute route, Call call) {
    Caller caller = authenticate(call);
    if (!rate.take(caller.id())) {
      return Answer.problem(Problem.tooMany("the key has used up its calls of this second"))
          .with("retry-after", "1");
    }
    if (!caller.role().may(route.permission())) {
      throw Problem.forbidden(
              "role " + caller.role().word() + " may not: " + route.permission().name())
          .exception();
    }
    checkQuery(route, call);
    ApiCall apiCall = new ApiCall(call, caller);
    return route.writes()
        ? idempotency.once(apiCall, () -> route.handler().apply(apiCall))
        : route.handler().apply(apiCall);
  }

  private Caller authenticate(Call call) {
    String header = call.header("authorization").orElse("");
    if (!header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      throw Problem.unauthorized("send Authorization: Bearer KEY").exception();
    }
    return people
        .key(header.substring(BEARER.length()).strip())
        .map(ApiKey::caller)
        .orElseThrow(() -> Problem.unauthorized("the key is not known").exception());
  }

  private static void checkQuery(ApiRoute route, Call call) {
    for (String name : call.queryParams().names()) {
      if (route.query().stream().noneMatch(p -> p.name().equals(name))) {
        throw Problem.badField(name, "is not known").exception();
      }
    }
  }
}
