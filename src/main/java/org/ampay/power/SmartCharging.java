package org.ampay.power;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.ampay.cluster.LiveEvent;
import org.ampay.power.Profile.Purpose;
import org.ampay.station.Protocol;
import org.ampay.station.StationInfo;
import org.ampay.store.Tx;
import org.jspecify.annotations.Nullable;

/** Keeps the profiles of stations as they are sent, answered and reported. */
public final class SmartCharging implements PowerPort {

  private static final Duration KEEP = Duration.ofDays(400);
  private static final int DELETED_AT_ONCE = 1_000;
  private static final Consumer<OrderAnswer> NOTHING = answer -> {};

  private final PowerGround on;
  private final StationLimits.Source limits;
  private final Map<Protocol, ProfileDialect> dialects;
  private final EvCharging evs;
  private final ProfileStore profiles;
  private final QueryStore queries;
  private final CompositeStore composites;
  private final OutsideStore outside;
  private final EvStore evStore;

  /**
   * @param orders sends what EVs asked for
   */
  public SmartCharging(
      PowerGround on,
      StationLimits.Source limits,
      Map<Protocol, ProfileDialect> dialects,
      ProfileOrders orders) {
    this.on = on;
    this.limits = limits;
    this.dialects = Map.copyOf(dialects);
    this.profiles = new ProfileStore(on.database());
    this.queries = new QueryStore(on.database());
    this.composites = new CompositeStore(on.database());
    this.outside = new OutsideStore(on.database());
    this.evStore = new EvStore(on.database());
    this.evs = new EvCharging(on, limits, orders, evStore, outside, profiles);
  }

  // ---- what is sent

  @Override
  public Optional<Complaint> objection(StationInfo station, Protocol protocol, ProfileOrder order) {
    return switch (order) {
      case ProfileOrder.Set set -> {
        FieldNames names = FieldNames.ofSet(protocol);
        yield ProfileShape.complaint(protocol, names, set.profile())
            .or(
                () ->
                    ProfilePlace.ofSet(
                        names,
                        station,
                        set.evseNo(),
                        set.profile(),
                        situation(station, set.evseNo(), set.profile().transactionId())));
      }
      case ProfileOrder.Start start -> {
        FieldNames names = FieldNames.ofStart(protocol);
        StationLimits known = limits.of(station.id(), start.evseNo());
        yield ProfilePlace.ofStart(
                names, start.profile(), new Situation(known, List.of(), List.of(), false))
            .or(() -> ProfileShape.complaint(protocol, names, start.profile()));
      }
      case ProfileOrder.Clear clear -> clear(station, protocol, clear.criteria());
      case ProfileOrder.Query query -> query(query.criteria());
      case ProfileOrder.Composite composite -> composite(station, protocol, composite);
    };
  }

  private Situation situation(StationInfo station, int evseNo, @Nullable String transactionId) {
    List<RunningTransaction> running = evStore.running(station.id());
    return new Situation(
        limits.of(station.id(), evseNo),
        present(station.id(), running),
        running,
        transactionId != null && evStore.needsKnown(station.id(), transactionId));
  }

  /** What the station has; TxProfiles end with their transaction. */
  private List<PlacedProfile> present(long stationId, List<RunningTransaction> running) {
    Set<String> going = new HashSet<>();
    running.forEach(transaction -> going.add(transaction.transactionId()));
    List<PlacedProfile> present = profiles.present(stationId);
    List<Long> ended =
        present.stream()
            .filter(p -> p.purpose() == Purpose.TX && p.transactionId() != null)
            .filter(p -> !going.contains(p.transactionId()))
            .map(PlacedProfile::id)
            .toList();
    if (ended.isEmpty()) {
      return present;
    }
    Instant now = on.time().now();
    on.database()
        .transactor()
        .run(tx -> ProfileStore.move(tx, ended, ProfileState.CLEARED, "transaction ended", now));
    return present.stream().filter(p -> !ended.contains(p.id())).toList();
  }

  /** K10.FR.02, K10.FR.06. In 1.6 an empty request clears everything (5.5). */
  private Optional<Complaint> clear(
      StationInfo station, Protocol protocol, ProfileCriteria criteria) {
    boolean old = protocol == Protocol.OCPP_16;
    if (!old && criteria.isOpen() && criteria.evseNo() == null) {
      return Optional.of(
          new Complaint(
              "chargingProfileCriteria",
              "needs stackLevel, evseId or chargingProfilePurpose; or give a chargingProfileId"));
    }
    if (criteria.purpose() == Purpose.EXTERNAL) {
      return Optional.of(
          new Complaint(
              "chargingProfileCriteria.chargingProfilePurpose",
              "only a station's own systems clear this purpose"));
    }
    boolean external =
        !criteria.ids().isEmpty()
            && profiles.present(station.id()).stream()
                .anyMatch(p -> p.purpose() == Purpose.EXTERNAL && criteria.matches(p));
    return external
        ? Optional.of(
            new Complaint(
                old ? "id" : "chargingProfileId",
                "is a limit of an outside system, which only that system clears"))
        : Optional.empty();
  }

  /** K09.FR.03. */
  private static Optional<Complaint> query(ProfileCriteria criteria) {
    if (criteria.isOpen()) {
      return Optional.of(
          new Complaint(
              "chargingProfile",
              "needs chargingProfileId, or one of stackLevel, chargingLimitSource and"
                  + " chargingProfilePurpose"));
    }
    boolean both =
        !criteria.ids().isEmpty()
            && (criteria.purpose() != null
                || criteria.stackLevel() != null
                || !criteria.sources().isEmpty());
    return both
        ? Optional.of(
            new Complaint("chargingProfile.chargingProfileId", "stands alone: no other criterion"))
        : Optional.empty();
  }

  private Optional<Complaint> composite(
      StationInfo station, Protocol protocol, ProfileOrder.Composite order) {
    FieldNames names = FieldNames.ofSet(protocol);
    if (order.durationSeconds() <= 0) {
      return Optional.of(new Complaint("duration", "must be positive"));
    }
    Set<Schedule.Unit> units = limits.of(station.id(), order.evseNo()).units();
    if (order.unit() != null && !units.isEmpty() && !units.contains(order.unit())) {
      return Optional.of(
          new Complaint("chargingRateUnit", "the station takes " + units.iterator().next()));
    }
    return ProfilePlace.evse(names, station, order.evseNo());
  }

  @Override
  public Consumer<OrderAnswer> sending(StationInfo station, ProfileOrder order) {
    return switch (order) {
      case ProfileOrder.Set set -> setting(station, set);
      case ProfileOrder.Start _ -> NOTHING; // the station reports what it made of it
      case ProfileOrder.Clear clear -> answer -> cleared(station, clear.criteria(), answer);
      case ProfileOrder.Query query -> querying(station, query);
      case ProfileOrder.Composite composite -> {
        Instant asked = on.time().now();
        yield answer -> composed(station, composite, asked, answer);
      }
    };
  }

  private Consumer<OrderAnswer> setting(StationInfo station, ProfileOrder.Set set) {
    long id = on.ids().next();
    PlacedProfile row =
        ProfileStore.row(
            set.evseNo(),
            set.profile(),
            ProfileStore.OURS,
            ProfileState.REQUESTED,
            set.json(),
            on.time().now());
    write(station, tx -> ProfileStore.insert(tx, id, station, row, 0));
    return answer -> write(station, tx -> set(tx, station, id, set.profile().id(), answer));
  }

  private void set(Tx tx, StationInfo station, long id, int profileId, OrderAnswer answer) {
    Instant now = on.time().now();
    List<Long> row = List.of(id);
    switch (answer) {
      case OrderAnswer.Done _ -> {
        ProfileStore.replaced(tx, station.id(), profileId, id, now);
        ProfileStore.move(tx, row, ProfileState.ACCEPTED, null, now);
      }
      case OrderAnswer.Refused(String reason, boolean _) ->
          ProfileStore.move(tx, row, ProfileState.REJECTED, reason, now);
      case OrderAnswer.NotSent _ ->
          ProfileStore.move(tx, row, ProfileState.REJECTED, "not sent", now);
      case OrderAnswer.Unclear(String reason) ->
          ProfileStore.move(tx, row, ProfileState.UNKNOWN, reason, now);
    }
  }

  private void cleared(StationInfo station, ProfileCriteria criteria, OrderAnswer answer) {
    switch (answer) {
      case OrderAnswer.Done _ -> move(station, criteria, ProfileState.CLEARED, null);
      case OrderAnswer.Refused(String reason, boolean nothing) -> {
        if (nothing) {
          move(station, criteria, ProfileState.MISSING, reason);
        }
      }
      case OrderAnswer.NotSent _, OrderAnswer.Unclear _ -> {}
    }
  }

  private void move(
      StationInfo station, ProfileCriteria criteria, ProfileState to, @Nullable String reason) {
    List<Long> ids =
        profiles.present(station.id()).stream()
            .filter(p -> p.purpose() != Purpose.EXTERNAL && criteria.matches(p))
            .map(PlacedProfile::id)
            .toList();
    write(station, tx -> ProfileStore.move(tx, ids, to, reason, on.time().now()));
  }

  private Consumer<OrderAnswer> querying(StationInfo station, ProfileOrder.Query query) {
    long id = on.ids().next();
    Instant asked = on.time().now();
    write(
        station, tx -> QueryStore.insert(tx, id, station, query.requestId(), query.json(), asked));
    return answer -> {
      switch (answer) {
        case OrderAnswer.Done _ -> {}
        case OrderAnswer.Refused(String reason, boolean nothing) -> {
          end(station, id, nothing ? QueryStore.State.NONE : QueryStore.State.FAILED);
          if (nothing) {
            move(station, query.criteria(), ProfileState.MISSING, reason);
          }
        }
        case OrderAnswer.NotSent _, OrderAnswer.Unclear _ ->
            end(station, id, QueryStore.State.FAILED);
      }
    };
  }

  private void end(StationInfo station, long queryId, QueryStore.State state) {
    write(station, tx -> QueryStore.end(tx, queryId, state, on.time().now()));
  }

  private void composed(
      StationInfo station, ProfileOrder.Composite order, Instant asked, OrderAnswer answer) {
    switch (answer) {
      case OrderAnswer.Done(OrderAnswer.Composite composite) ->
          composites.put(station, row(order.evseNo(), asked, composite));
      case OrderAnswer.Refused(String reason, boolean _) ->
          composites.put(
              station,
              new CompositeRow(order.evseNo(), asked, false, reason, null, null, null, null));
      case OrderAnswer.NotSent _, OrderAnswer.Unclear _ -> {}
    }
    changed(station);
  }

  private static CompositeRow row(
      int evseNo, Instant asked, OrderAnswer.@Nullable Composite composite) {
    if (composite == null) {
      return new CompositeRow(evseNo, asked, true, null, null, null, null, null);
    }
    Schedule schedule = composite.schedule();
    return new CompositeRow(
        evseNo,
        asked,
        true,
        null,
        schedule.start(),
        schedule.durationSeconds(),
        schedule.unit().name(),
        composite.periodsJson());
  }

  // ---- what stations tell

  @Override
  public CompletionStage<Void> limit(StationInfo station, LimitReport report, Instant at) {
    long id = on.ids().next();
    return later(station, tx -> OutsideStore.insert(tx, id, station, report, at));
  }

  @Override
  public CompletionStage<Void> limitCleared(
      StationInfo station, int evseNo, String source, Instant at) {
    return later(station, tx -> OutsideStore.clear(tx, station, source, evseNo, at));
  }

  @Override
  public CompletionStage<Void> profiles(StationInfo station, ProfileReport report, Instant at) {
    return later(station, tx -> reported(tx, station, report, at));
  }

  private void reported(Tx tx, StationInfo station, ProfileReport report, Instant at) {
    Optional<ProfileQuery> query =
        QueryStore.part(
            tx,
            station.id(),
            report.requestId(),
            report.profiles().size(),
            !report.toBeContinued(),
            at);
    long queryId = query.map(ProfileQuery::id).orElse(0L);
    for (ProfileReport.Item item : report.profiles()) {
      PlacedProfile row =
          ProfileStore.row(
              report.evseNo(),
              item.profile(),
              report.source(),
              ProfileState.ACCEPTED,
              item.json(),
              at);
      Optional<Long> known = ProfileStore.same(tx, station.id(), row);
      if (known.isPresent()) {
        ProfileStore.reported(tx, known.get(), item.json(), queryId, at);
      } else {
        ProfileStore.insert(tx, on.ids().next(), station, row, queryId);
      }
    }
    if (query.isPresent() && !report.toBeContinued()) {
      missing(tx, station, query.get(), at);
    }
  }

  /** The report is complete: what it should have held and did not, the station has not. */
  private void missing(Tx tx, StationInfo station, ProfileQuery query, Instant at) {
    Optional<ProfileCriteria> criteria =
        dialects.values().stream()
            .flatMap(dialect -> dialect.criteria(query.criteria()).stream())
            .findFirst();
    criteria.ifPresent(
        asked -> {
          List<Long> ids =
              ProfileStore.unreported(tx, station.id(), query.id(), query.asked()).stream()
                  .filter(asked::matches)
                  .map(PlacedProfile::id)
                  .toList();
          ProfileStore.move(tx, ids, ProfileState.MISSING, "not in the station's report", at);
        });
  }

  @Override
  public CompletionStage<NeedsReply> needs(StationInfo station, EvNeeds needs, Instant at) {
    return CompletableFuture.supplyAsync(() -> evs.needs(station, needs, at), on.blocking());
  }

  @Override
  public CompletionStage<NeedsReply> evSchedule(
      StationInfo station, EvSchedule schedule, Instant at) {
    return CompletableFuture.supplyAsync(() -> evs.schedule(station, schedule, at), on.blocking());
  }

  // ---- what is shown

  /** What is known of a station's smart charging. */
  public record Overview(
      List<PlacedProfile> profiles,
      List<LimitRow> limits,
      List<NeedsRow> needs,
      List<EvScheduleRow> schedules,
      List<CompositeRow> composites,
      List<ProfileQuery> queries) {}

  /**
   * Everything about a station that the caller has found in its scope; may block.
   *
   * @param most of each kind; of profiles all that it has
   */
  public Overview overview(long stationId, int most) {
    return new Overview(
        present(stationId, evStore.running(stationId)),
        outside.newest(stationId, most),
        evStore.newest(stationId, most),
        evStore.schedules(stationId, most),
        composites.all(stationId),
        queries.newest(stationId, most));
  }

  /** The profiles of a station in any state, newest first. */
  public List<PlacedProfile> history(long stationId, long beforeId, int limit) {
    return profiles.newest(stationId, beforeId, limit);
  }

  /** An id that no profile of the station had yet. */
  public int freeProfileId(long stationId) {
    return profiles.freeId(stationId);
  }

  // ---- keeping house

  /** Once, before stations connect. */
  public void open() {
    on.database().transactor().run(tx -> ProfileStore.forgetRequested(tx, on.time().now()));
  }

  /** Deletes some of what is too old. */
  public void sweep() {
    Instant before = on.time().now().minus(KEEP);
    on.database()
        .transactor()
        .run(
            tx -> {
              ProfileStore.deleteBefore(tx, before, DELETED_AT_ONCE);
              QueryStore.deleteBefore(tx, before, DELETED_AT_ONCE);
              OutsideStore.deleteBefore(tx, before, DELETED_AT_ONCE);
              EvStore.deleteBefore(tx, before, DELETED_AT_ONCE);
            });
  }

  private CompletionStage<Void> later(StationInfo station, Consumer<Tx> work) {
    return CompletableFuture.runAsync(() -> write(station, work), on.blocking());
  }

  private void write(StationInfo station, Consumer<Tx> work) {
    on.database().transactor().run(work);
    changed(station);
  }

  private void changed(StationInfo station) {
    on.live().publish(new LiveEvent.StationChanged(station.operatorId(), station.id()));
  }
}
