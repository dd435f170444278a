package org.ampay.power;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ampay.power.NeedsReply.Verdict;
import org.ampay.power.Profile.Purpose;
import org.ampay.station.CommandOutcome;
import org.ampay.station.StationInfo;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What EVs negotiate by ISO 15118 (K15 to K17): needs are answered, then a schedule is sent; the
 * EV's own schedule is judged by it.
 *
 * <p>Needs that come before their transaction are answered Processing: a TxProfile names its
 * transaction. We look for it for {@value #PATIENCE_SECONDS} s (K15.FR.08).
 */
final class EvCharging {

  private static final Logger LOG = LoggerFactory.getLogger(EvCharging.class);
  private static final Runnable NOTHING = () -> {};
  private static final Duration AGAIN = Duration.ofSeconds(1);
  private static final int PATIENCE_SECONDS = 60;

  private final PowerGround on;
  private final StationLimits.Source limits;
  private final ProfileOrders orders;
  private final EvStore store;
  private final OutsideStore outside;
  private final ProfileStore profiles;

  EvCharging(
      PowerGround on,
      StationLimits.Source limits,
      ProfileOrders orders,
      EvStore store,
      OutsideStore outside,
      ProfileStore profiles) {
    this.on = on;
    this.limits = limits;
    this.orders = orders;
    this.store = store;
    this.outside = outside;
    this.profiles = profiles;
  }

  /** Stores and answers them; may block. */
  NeedsReply needs(StationInfo station, EvNeeds needs, Instant at) {
    long id = on.ids().next();
    Optional<String> transaction = transaction(station, needs.evseNo());
    return switch (plan(station, needs, at)) {
      case Plan.Impossible(String reason) -> {
        keep(id, station, needs, transaction, "Rejected", reason, at);
        yield new NeedsReply(Verdict.REJECTED, NOTHING);
      }
      case Plan.Made _ -> {
        boolean known = transaction.isPresent();
        keep(id, station, needs, transaction, known ? "Accepted" : "Processing", null, at);
        yield new NeedsReply(
            known ? Verdict.ACCEPTED : Verdict.PROCESSING,
            () -> follow(id, station, needs, at.plusSeconds(PATIENCE_SECONDS)));
      }
    };
  }

  private Plan plan(StationInfo station, EvNeeds needs, Instant at) {
    if (!station.evses().isEmpty() && station.evse(needs.evseNo()).isEmpty()) {
      return new Plan.Impossible("the station has no such EVSE");
    }
    return Plan.of(
        needs,
        station.evse(needs.evseNo()),
        outside.lowest(station.id(), needs.evseNo()),
        limits.of(station.id(), needs.evseNo()).units(),
        at);
  }

  private Optional<String> transaction(StationInfo station, int evseNo) {
    return store.running(station.id()).stream()
        .filter(running -> running.evseNo() == evseNo)
        .map(RunningTransaction::transactionId)
        .findFirst();
  }

  private void keep(
      long id,
      StationInfo station,
      EvNeeds needs,
      Optional<String> transaction,
      String status,
      @Nullable String reason,
      Instant at) {
    NeedsRow row =
        new NeedsRow(
            id, needs.evseNo(), transaction.orElse(null), needs.json(), status, reason, null, at);
    on.database().transactor().run(tx -> EvStore.insert(tx, station, row, needs.maxTuples()));
  }

  /** Sends the schedule, as soon as there is a transaction; may block. */
  private void follow(long id, StationInfo station, EvNeeds needs, Instant until) {
    Optional<String> transaction = transaction(station, needs.evseNo());
    Instant now = on.time().now();
    if (transaction.isPresent()) {
      send(id, station, needs, transaction.get(), now);
    } else if (now.isBefore(until)) {
      on.delay().after(AGAIN, () -> on.blocking().execute(() -> follow(id, station, needs, until)));
    } else {
      store.followed(id, null, null, "no transaction began");
    }
  }

  private void send(long id, StationInfo station, EvNeeds needs, String transaction, Instant now) {
    switch (plan(station, needs, now)) {
      case Plan.Impossible(String reason) -> store.followed(id, transaction, null, reason);
      case Plan.Made(Schedule schedule) -> {
        Profile profile = profile(station, needs.evseNo(), transaction, schedule);
        store.followed(id, transaction, profile.id(), null);
        orders
            .set(station, needs.evseNo(), profile, "schedule for the needs of an EV")
            .thenAccept(outcome -> sent(id, transaction, profile.id(), outcome));
      }
    }
  }

  private void sent(long id, String transaction, int profileId, CommandOutcome outcome) {
    String wrong =
        switch (outcome) {
          case CommandOutcome.Answered _ -> null; // the profile's own state says which answer
          case CommandOutcome.BadPayload(String field, String text) -> field + " " + text;
          case CommandOutcome.NotConnected _ -> "not connected any more";
          case CommandOutcome.TimedOut _ -> "no answer of the station";
          case CommandOutcome.Error(String code, String _) -> code;
          case CommandOutcome.Invalid(String _, String text) -> text;
          case CommandOutcome.UnknownAction _ -> "SetChargingProfile is not known there";
        };
    if (wrong != null) {
      LOG.warn("schedule for the needs {} of an EV: {}", id, wrong);
      store.followed(id, transaction, profileId, wrong);
    }
  }

  /** The profile that follows takes the place of what we sent before in the transaction. */
  private Profile profile(StationInfo station, int evseNo, String transaction, Schedule schedule) {
    List<PlacedProfile> present =
        profiles.present(station.id()).stream()
            .filter(p -> p.purpose() == Purpose.TX && transaction.equals(p.transactionId()))
            .toList();
    Optional<PlacedProfile> before = before(station, evseNo, transaction, present);
    Set<Integer> levels = new HashSet<>();
    present.forEach(p -> levels.add(p.stackLevel()));
    int level = 0;
    while (levels.contains(level)) {
      level++;
    }
    return new Profile(
        before.map(PlacedProfile::profileId).orElseGet(() -> profiles.freeId(station.id())),
        before.map(PlacedProfile::stackLevel).orElse(level),
        Purpose.TX,
        Profile.Kind.ABSOLUTE,
        null,
        null,
        null,
        transaction,
        List.of(schedule));
  }

  private Optional<PlacedProfile> before(
      StationInfo station, int evseNo, String transaction, List<PlacedProfile> present) {
    Set<Integer> ours = store.profilesOf(station.id(), evseNo, transaction);
    return present.stream().filter(p -> ours.contains(p.profileId())).findFirst();
  }

  /** Stores and judges what an EV is going to do; may block. */
  NeedsReply schedule(StationInfo station, EvSchedule schedule, Instant at) {
    Optional<PlacedProfile> given = given(station, schedule.evseNo());
    Optional<String> beyond = given.flatMap(g -> beyond(station, schedule, g));
    EvScheduleRow row =
        new EvScheduleRow(
            on.ids().next(),
            schedule.evseNo(),
            schedule.base(),
            schedule.json(),
            beyond.isEmpty(),
            beyond.orElse(null),
            at);
    on.database().transactor().run(tx -> EvStore.insert(tx, station, row));
    return beyond.isEmpty()
        ? new NeedsReply(Verdict.ACCEPTED, NOTHING)
        : new NeedsReply(
            Verdict.REJECTED, () -> renegotiate(station, schedule.evseNo(), given.orElseThrow()));
  }

  private Optional<String> beyond(StationInfo station, EvSchedule schedule, PlacedProfile given) {
    return orders
        .dialect(station.id())
        .map(dialect -> dialect.read(given.json()))
        .flatMap(
            profile ->
                ScheduleCheck.beyond(schedule, profile.schedules().getFirst(), given.changedAt()));
  }

  /** The profile that counts in the transaction at an EVSE: the highest stack level. */
  private Optional<PlacedProfile> given(StationInfo station, int evseNo) {
    Optional<String> transaction = transaction(station, evseNo);
    return profiles.present(station.id()).stream()
        .filter(p -> p.purpose() == Purpose.TX && p.state() == ProfileState.ACCEPTED)
        .filter(p -> transaction.isPresent() && transaction.get().equals(p.transactionId()))
        .max((a, b) -> Integer.compare(a.stackLevel(), b.stackLevel()));
  }

  /** K15.FR.13, K17.FR.13, K16: the EV is told its limits again. */
  private void renegotiate(StationInfo station, int evseNo, PlacedProfile given) {
    orders
        .dialect(station.id())
        .map(dialect -> dialect.read(given.json()))
        .ifPresent(
            profile ->
                orders.set(station, evseNo, profile, "an EV's schedule is beyond its limits"));
  }
}
