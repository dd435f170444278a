package org.ampay.web.api;

import static org.ampay.web.api.TariffCalls.checked;
import static org.ampay.web.api.TariffCalls.entry;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.ampay.audit.AuditEntry;
import org.ampay.audit.AuditLog;
import org.ampay.billing.catalog.Assignment;
import org.ampay.billing.catalog.AssignmentJson;
import org.ampay.billing.catalog.AssignmentJson.Placed;
import org.ampay.billing.catalog.StoredTariff;
import org.ampay.billing.catalog.TariffCatalog;
import org.ampay.billing.catalog.TariffLevel;
import org.ampay.station.Inventory;
import org.ampay.web.api.TariffShapes.AssignedManyOut;
import org.ampay.web.api.TariffShapes.AssignedOut;
import org.ampay.web.api.TariffShapes.AssignmentOut;
import org.ampay.web.http.Answer;
import org.ampay.web.http.Field;
import org.ampay.web.http.Problem;
import org.ampay.web.http.Ref;
import org.ampay.web.people.Permission;
import org.jspecify.annotations.Nullable;

/** Calls that say where a tariff holds, and end that. */
final class TariffPlacesApi {

  private final TariffCatalog catalog;
  private final Inventory inventory;
  private final SitesApi sites;
  private final AuditLog audit;

  TariffPlacesApi(TariffCatalog catalog, Inventory inventory, SitesApi sites, AuditLog audit) {
    this.catalog = catalog;
    this.inventory = inventory;
    this.sites = sites;
    this.audit = audit;
  }

  record EndIn(
      @Field("sessions that begin at or after it are not covered any more; now by default")
          @Nullable Instant at) {}

  List<ApiRoute> routes() {
    return List.of(
        ApiRoute.get(
                "/tariffs/{id}/assignments",
                Permission.TARIFFS_READ,
                "Lists where a tariff was assigned, newest first")
            .lists(AssignmentOut.class)
            .by(this::list),
        ApiRoute.post(
                "/tariffs/{id}/assignments", Permission.TARIFFS_WRITE, "Says where a tariff holds")
            .describe(
                "`{\"station\"|\"site\"|\"operator\"|\"group\"|\"driver\"|\"partner\": ID,"
                    + " \"valid_from\": T, \"valid_to\": T, \"priority\": N}` (of the platform's"
                    + " tariffs `{\"platform\": true}`); holds for sessions whose start is received"
                    + " from now on and lies at or after `valid_from`, which may be in the past. Or"
                    + " `{\"stations\": [ID, …], \"sites\": [ID, …], …}` with up to 1,000 targets:"
                    + " all or none, answered with `count` and `items` of `target` and"
                    + " `assignment`.")
            .takesAny()
            .answers(201, AssignmentOut.class)
            .by(this::assign),
        ApiRoute.delete(
                "/tariffs/{id}/assignments/{assignment}",
                Permission.TARIFFS_WRITE,
                "Ends an assignment now")
            .describe("A new fact: sessions that began before keep it.")
            .answers(200, AssignmentOut.class)
            .by(call -> end(call, null)),
        ApiRoute.post(
                "/tariffs/{id}/assignments/{assignment}/end",
                Permission.TARIFFS_WRITE,
                "Ends an assignment")
            .takes(EndIn.class)
            .answers(200, AssignmentOut.class)
            .by(call -> end(call, call.body(EndIn.class).at())));
  }

  private Answer list(ApiCall call) {
    StoredTariff stored = TariffCalls.find(catalog, call);
    List<Assignment> rows =
        catalog
            .assignments()
            .of(stored.operatorId(), stored.id(), call.cursorId(Long.MAX_VALUE), call.limit() + 1);
    return Answer.json(200, call.page(rows, AssignmentOut::of, Assignment::id));
  }

  private Answer assign(ApiCall call) {
    StoredTariff stored = TariffCalls.find(catalog, call);
    JsonNode tree = call.bodyTree();
    boolean bulk = AssignmentJson.isBulk(tree);
    List<Placed> wishes =
        checked(
            () ->
                bulk
                    ? AssignmentJson.many(tree, (level, id) -> target(stored, level, id))
                    : List.of(AssignmentJson.one(tree, (level, id) -> target(stored, level, id))));
    List<Assignment> made =
        checked(
                () ->
                    catalog
                        .assignments()
                        .assign(
                            stored.operatorId(),
                            stored.id(),
                            wishes,
                            TariffCalls.author(call),
                            (tx, all) -> audit.append(tx, assigned(call, stored, wishes, all))))
            .orElseThrow(TariffCalls::unknown);
    return Answer.json(201, bulk ? many(wishes, made) : AssignmentOut.of(made.getFirst()));
  }

  private static AssignedManyOut many(List<Placed> wishes, List<Assignment> made) {
    List<AssignedOut> items = new ArrayList<>(made.size());
    for (int i = 0; i < made.size(); i++) {
      items.add(new AssignedOut(wishes.get(i).target(), AssignmentOut.of(made.get(i))));
    }
    return new AssignedManyOut(items.size(), items);
  }

  private static AuditEntry assigned(
      ApiCall call, StoredTariff stored, List<Placed> wishes, List<Assignment> all) {
    Assignment first = all.getFirst();
    AuditEntry entry =
        entry(call, stored, "tariff.assign")
            .with("level", first.level().code())
            .with("target", first.targetId())
            .with("valid_from", first.validFrom());
    return all.size() == 1
        ? entry
        : entry
            .with("count", all.size())
            .with(
                "targets",
                wishes.stream()
                    .map(w -> w.wish().level().code() + " " + w.target())
                    .collect(Collectors.joining(", ")));
  }

  private Answer end(ApiCall call, @Nullable Instant at) {
    StoredTariff stored = TariffCalls.find(catalog, call);
    Assignment ended =
        checked(
                () ->
                    catalog
                        .assignments()
                        .end(
                            stored.operatorId(),
                            stored.id(),
                            call.idParam("assignment"),
                            at,
                            TariffCalls.author(call),
                            (tx, made) -> audit.append(tx, ended(call, stored, made))))
            .orElseThrow(() -> Problem.notFound("there is no such assignment").exception());
    return Answer.json(200, AssignmentOut.of(ended));
  }

  private static AuditEntry ended(ApiCall call, StoredTariff stored, Assignment made) {
    return entry(call, stored, "tariff.end")
        .with("assignment", made.id())
        .with("level", made.level().code())
        .with("target", made.targetId())
        .with("ends_at", made.endings().getLast().endsAt());
  }

  private Optional<Long> target(StoredTariff stored, TariffLevel level, String id) {
    long operator = stored.operatorId();
    return switch (level) {
      case STATION ->
          inventory.byIdentity(id).filter(s -> s.operatorId() == operator).map(s -> s.id());
      case SITE -> sites.find(operator, new Ref(id)).map(s -> s.id());
      case OPERATOR -> number(id).filter(n -> n == operator);
      case DRIVER, PARTNER, GROUP -> number(id);
      case PLATFORM -> Optional.of(0L);
    };
  }

  private static Optional<Long> number(String id) {
    return new Ref(id).id().stream().boxed().findFirst();
  }
}
