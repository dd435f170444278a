package org.ampay.web.api;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.ampay.access.list.ListEntry;
import org.ampay.access.list.ListPolicy;
import org.ampay.access.list.ListState;
import org.ampay.access.list.LocalLists;
import org.ampay.access.list.PolicyPlace;
import org.ampay.audit.AuditEntry;
import org.ampay.audit.AuditLog;
import org.ampay.station.Inventory;
import org.ampay.station.Site;
import org.ampay.station.StationInfo;
import org.ampay.web.http.Answer;
import org.ampay.web.http.Faults;
import org.ampay.web.http.Field;
import org.ampay.web.http.Problem;
import org.ampay.web.http.Ref;
import org.ampay.web.people.Permission;
import org.ampay.web.read.StationReadStore;
import org.jspecify.annotations.Nullable;

/** Calls for local authorization lists. */
final class LocalListsApi {

  private final LocalLists lists;
  private final StationReadStore stations;
  private final Inventory inventory;
  private final SitesApi sites;
  private final AuditLog audit;

  LocalListsApi(
      LocalLists lists,
      StationReadStore stations,
      Inventory inventory,
      SitesApi sites,
      AuditLog audit) {
    this.lists = lists;
    this.stations = stations;
    this.inventory = inventory;
    this.sites = sites;
    this.audit = audit;
  }

  record PolicyIn(
      @Field(value = "unmanaged, empty, all or chosen", maxLength = 10) String mode,
      @Field("groups whose tokens belong there, when chosen") @Nullable List<String> groups,
      @Field("uids of further tokens, when chosen") @Nullable List<String> tokens) {}

  record PolicyOut(
      @Field("null: nothing is said of this place itself") @Nullable String mode,
      List<String> groups,
      List<String> tokens) {}

  record SyncIn(@Field("send the whole list; false by default") @Nullable Boolean full) {}

  record ListOut(
      String station,
      @Field("what holds there: unmanaged, empty, all, chosen") String mode,
      @Field("stale, current, unsupported, failed") String state,
      @Field("of what the station accepted") @Nullable Integer version,
      @Field("what the station said last; -1: it keeps no list") @Nullable Integer reportedVersion,
      @Field("accepted by the station") int entries,
      @Field("that belong there; more than entries: it holds no more") int wanted,
      @Nullable String error,
      @Nullable Instant retryAt,
      @Nullable Instant checkedAt,
      @Nullable Instant sentAt) {}

  record EntryOut(
      String token,
      String type,
      String status,
      @Nullable String group,
      @Nullable Instant expiry,
      @Field("empty: all") List<Integer> evses) {}

  List<ApiRoute> routes() {
    return List.of(
        ApiRoute.get(
                "/stations/{id}/local-list",
                Permission.STATIONS_READ,
                "What is known of the list that a station holds")
            .answers(200, ListOut.class)
            .by(call -> Answer.json(200, out(station(call)))),
        ApiRoute.get(
                "/stations/{id}/local-list/entries",
                Permission.TOKENS_READ,
                "The entries that a station accepted")
            .lists(EntryOut.class)
            .by(this::entries),
        ApiRoute.post(
                "/stations/{id}/local-list/sync",
                Permission.STATIONS_COMMAND,
                "Asks for the list's version and sends what is missing")
            .describe(
                "Happens by itself too. Waits for the station; `state` tells what came of it.")
            .takes(SyncIn.class)
            .answers(200, ListOut.class)
            .by(this::sync),
        policy("GET", "/stations/{id}/local-list/policy", "at a station", this::ofStation),
        policy("PUT", "/stations/{id}/local-list/policy", "at a station", this::ofStation),
        policy("DELETE", "/stations/{id}/local-list/policy", "at a station", this::ofStation),
        policy("GET", "/sites/{id}/local-list/policy", "at a site's stations", this::ofSite),
        policy("PUT", "/sites/{id}/local-list/policy", "at a site's stations", this::ofSite),
        policy("DELETE", "/sites/{id}/local-list/policy", "at a site's stations", this::ofSite),
        policy("GET", "/local-list/policy", "at an operator's stations", this::ofOperator),
        policy("PUT", "/local-list/policy", "at an operator's stations", this::ofOperator),
        policy("DELETE", "/local-list/policy", "at an operator's stations", this::ofOperator));
  }

  private ApiRoute policy(
      String method, String path, String where, Function<ApiCall, PolicyPlace> place) {
    return switch (method) {
      case "GET" ->
          ApiRoute.get(path, Permission.TOKENS_READ, "Which tokens belong in the lists " + where)
              .answers(200, PolicyOut.class)
              .by(call -> Answer.json(200, out(lists.policy(place.apply(call)))));
      case "PUT" ->
          ApiRoute.put(
                  path, Permission.TOKENS_WRITE, "Says which tokens belong in the lists " + where)
              .describe("The nearest policy holds: a station's, its site's, its operator's.")
              .takes(PolicyIn.class)
              .answers(200, PolicyOut.class)
              .by(call -> put(call, place.apply(call)));
      default ->
          ApiRoute.delete(
                  path, Permission.TOKENS_WRITE, "Takes back what was said of the lists " + where)
              .answers(204, null)
              .by(call -> remove(call, place.apply(call)));
    };
  }

  private Answer put(ApiCall call, PolicyPlace place) {
    PolicyIn in = call.body(PolicyIn.class);
    ListPolicy policy =
        Faults.input(
            () ->
                ListPolicy.of(
                    in.mode(),
                    Objects.requireNonNullElse(in.groups(), List.of()),
                    Objects.requireNonNullElse(in.tokens(), List.of())));
    AuditEntry entry = entry(call, place, "local_list.policy").with("mode", in.mode());
    lists.put(place, Optional.of(policy), tx -> audit.append(tx, entry));
    return Answer.json(200, out(Optional.of(policy)));
  }

  private Answer remove(ApiCall call, PolicyPlace place) {
    AuditEntry entry = entry(call, place, "local_list.policy").with("mode", "none");
    lists.put(place, Optional.empty(), tx -> audit.append(tx, entry));
    return Answer.empty(204);
  }

  private static AuditEntry entry(ApiCall call, PolicyPlace place, String action) {
    String subject =
        place.stationId() != 0
            ? "station:" + place.stationId()
            : place.siteId() != 0 ? "site:" + place.siteId() : "operator:" + place.operatorId();
    return AuditEntry.of(place.operatorId(), call.caller().actor(), action, subject);
  }

  private Answer sync(ApiCall call) {
    StationInfo station = station(call);
    boolean full = Boolean.TRUE.equals(call.body(SyncIn.class).full());
    call.http().withoutTimeout();
    return switch (lists.sync(station, full)) {
      case LocalLists.Result.Done(ListState _) -> {
        audit.append(
            AuditEntry.of(
                    station.operatorId(),
                    call.caller().actor(),
                    "local_list.sync",
                    "station:" + station.identity())
                .with("full", full));
        yield Answer.json(200, out(station));
      }
      case LocalLists.Result.Unmanaged _ ->
          throw Problem.conflict("unmanaged", "no policy says what belongs there").exception();
      case LocalLists.Result.NotConnected _ ->
          throw Problem.conflict("not-connected", "the station is not connected").exception();
      case LocalLists.Result.Busy _ ->
          throw Problem.conflict("busy", "the list is being sent just now").exception();
    };
  }

  private Answer entries(ApiCall call) {
    List<ListEntry> held =
        Optional.ofNullable(lists.state(station(call)).content()).orElse(List.of());
    String after = call.cursorText();
    List<ListEntry> rows =
        held.stream().filter(e -> e.key().compareTo(after) > 0).limit(call.limit() + 1L).toList();
    return Answer.json(
        200,
        call.page(
            rows,
            e ->
                new EntryOut(
                    e.uid(),
                    e.type(),
                    e.status().name().toLowerCase(java.util.Locale.ROOT),
                    e.group(),
                    e.expiresAt(),
                    e.evses()),
            ListEntry::key));
  }

  private StationInfo station(ApiCall call) {
    return stations
        .find(call.scope(), call.pathParam("id"))
        .flatMap(row -> inventory.byId(row.id()))
        .orElseThrow(() -> Problem.notFound("there is no such station").exception());
  }

  private PolicyPlace ofStation(ApiCall call) {
    return PolicyPlace.station(station(call));
  }

  private PolicyPlace ofSite(ApiCall call) {
    Site site =
        sites
            .find(call.owner(null), new Ref(call.pathParam("id")))
            .orElseThrow(() -> Problem.notFound("there is no such site").exception());
    return PolicyPlace.site(site.operatorId(), site.id());
  }

  private PolicyPlace ofOperator(ApiCall call) {
    return PolicyPlace.operator(call.owner(null));
  }

  private static PolicyOut out(Optional<ListPolicy> policy) {
    return new PolicyOut(
        policy.map(p -> p.mode().word()).orElse(null),
        policy.map(ListPolicy::groups).orElse(List.of()),
        policy.map(ListPolicy::tokens).orElse(List.of()));
  }

  private ListOut out(StationInfo station) {
    ListState state = lists.state(station);
    return new ListOut(
        station.identity(),
        lists.policy(station).mode().word(),
        state.word(),
        state.version(),
        state.reported(),
        state.entries(),
        state.wanted(),
        state.trouble().error(),
        state.trouble().retryAt(),
        state.times().checkedAt(),
        state.times().sentAt());
  }
}
