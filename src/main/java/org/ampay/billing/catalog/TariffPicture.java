package org.ampay.billing.catalog;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.ampay.tariff.TariffQuery;
import org.jspecify.annotations.Nullable;

/**
 * All versions, calendars and assignments as they were at one revision. Immutable; answers by
 * look-up. What holds and why another does not is decided by the same code: {@link #best} and
 * {@link #hindrance}.
 */
final class TariffPicture {

  static final TariffPicture EMPTY =
      new TariffPicture(TariffStore.Revision.NONE, Map.of(), Map.of(), Map.of());

  /** What an assignment may name. */
  record Target(TariffLevel level, long id) {}

  /**
   * The versions of one tariff or calendar.
   *
   * @param changes how often the row was changed when they were read
   * @param versions oldest first; those that can be read
   */
  record Shelf<V extends Versioned>(int changes, List<V> versions) {
    Shelf {
      versions = List.copyOf(versions);
    }
  }

  /** The prices for a session. */
  record Chosen(TariffVersion version, @Nullable CalendarVersion calendar) {}

  private final TariffStore.Revision revision;
  private final Map<Long, Shelf<TariffVersion>> tariffs;
  private final Map<Long, Shelf<CalendarVersion>> calendars;

  /** By target, in the order of precedence. */
  private final Map<Target, List<Assignment>> assignments;

  TariffPicture(
      TariffStore.Revision revision,
      Map<Long, Shelf<TariffVersion>> tariffs,
      Map<Long, Shelf<CalendarVersion>> calendars,
      Map<Target, List<Assignment>> assignments) {
    this.revision = revision;
    this.tariffs = Map.copyOf(tariffs);
    this.calendars = Map.copyOf(calendars);
    this.assignments = assignments;
  }

  /** Assignments by what they name, in the order of precedence. */
  static Map<Target, List<Assignment>> byTarget(List<Assignment> assignments) {
    Map<Target, List<Assignment>> byTarget = new HashMap<>();
    assignments.stream()
        .sorted(Assignment.PRECEDENCE)
        .forEach(
            a ->
                byTarget
                    .computeIfAbsent(new Target(a.level(), a.targetId()), t -> new ArrayList<>())
                    .add(a));
    return Map.copyOf(byTarget);
  }

  TariffStore.Revision revision() {
    return revision;
  }

  Map<Long, Shelf<TariffVersion>> tariffs() {
    return tariffs;
  }

  Map<Long, Shelf<CalendarVersion>> calendars() {
    return calendars;
  }

  Map<Target, List<Assignment>> assignments() {
    return assignments;
  }

  /** The versions of a tariff, oldest first; none when it is unknown or cannot be read. */
  List<TariffVersion> versions(long tariffId) {
    Shelf<TariffVersion> shelf = tariffs.get(tariffId);
    return shelf == null ? List.of() : shelf.versions();
  }

  /** The versions of a calendar, oldest first. */
  List<CalendarVersion> calendarVersions(long calendarId) {
    Shelf<CalendarVersion> shelf = calendars.get(calendarId);
    return shelf == null ? List.of() : shelf.versions();
  }

  /** The prices that hold; empty: there are none, or they cannot be read. */
  Optional<Chosen> resolve(TariffQuery query) {
    Assignment best = best(query);
    return best == null
        ? Optional.empty()
        : version(best, query)
            .flatMap(version -> chosen(version, query.receivedAt(), query.startAt()));
  }

  /** A version with the calendar that it has at a session's start. */
  Optional<Chosen> chosen(TariffVersion version, Instant receivedAt, Instant startAt) {
    Long calendar = version.tariff().extras().calendarId();
    if (calendar == null) {
      return Optional.of(new Chosen(version, null));
    }
    return Versions.at(calendarVersions(calendar), receivedAt, startAt)
        .map(found -> new Chosen(version, found));
  }

  /** Every assignment that names the place or the driver, and why it holds or does not. */
  Explanation explain(TariffQuery query) {
    Assignment best = best(query);
    List<Candidate> candidates = new ArrayList<>();
    for (Target target : targets(query)) {
      for (Assignment assignment : assignments.getOrDefault(target, List.of())) {
        if (isOfOperator(assignment, query)) {
          candidates.add(candidate(assignment, query, best));
        }
      }
    }
    candidates.sort((a, b) -> Assignment.PRECEDENCE.compare(a.assignment(), b.assignment()));
    return new Explanation(query, candidates);
  }

  private Candidate candidate(Assignment assignment, TariffQuery query, @Nullable Assignment best) {
    TariffVersion version = version(assignment, query).orElse(null);
    Chosen chosen =
        version == null ? null : chosen(version, query.receivedAt(), query.startAt()).orElse(null);
    Reason reason = hindrance(assignment, query);
    if (reason == null) {
      reason = outcome(assignment, Objects.requireNonNull(best), chosen);
    }
    return new Candidate(assignment, version, chosen == null ? null : chosen.calendar(), reason);
  }

  /** What becomes of one that nothing hinders. */
  private static Reason outcome(Assignment one, Assignment best, @Nullable Chosen chosen) {
    if (one.id() == best.id()) {
      return chosen == null ? Reason.UNREADABLE : Reason.WINS;
    }
    if (one.priority() < best.priority()) {
      return Reason.LOWER_PRIORITY;
    }
    return one.level() == best.level() ? Reason.EARLIER : Reason.LESS_SPECIFIC;
  }

  /** The first in the order of precedence that nothing hinders; null: none. */
  private @Nullable Assignment best(TariffQuery query) {
    Assignment best = null;
    for (Target target : targets(query)) {
      for (Assignment assignment : assignments.getOrDefault(target, List.of())) {
        if (isOfOperator(assignment, query) && hindrance(assignment, query) == null) {
          if (best == null || Assignment.PRECEDENCE.compare(assignment, best) < 0) {
            best = assignment;
          }
          break; // the others of this target come later in the order
        }
      }
    }
    return best;
  }

  private static List<Target> targets(TariffQuery query) {
    List<Target> targets = new ArrayList<>(TariffLevel.values().length);
    query.driverId().ifPresent(id -> targets.add(new Target(TariffLevel.DRIVER, id)));
    // A partner pays as the driver who has the partner's id.
    query.driverId().ifPresent(id -> targets.add(new Target(TariffLevel.PARTNER, id)));
    query.driverGroupId().ifPresent(id -> targets.add(new Target(TariffLevel.GROUP, id)));
    targets.add(new Target(TariffLevel.STATION, query.stationId()));
    targets.add(new Target(TariffLevel.SITE, query.siteId()));
    targets.add(new Target(TariffLevel.OPERATOR, query.operatorId()));
    targets.add(new Target(TariffLevel.PLATFORM, 0));
    return targets;
  }

  private static boolean isOfOperator(Assignment assignment, TariffQuery query) {
    return assignment.operatorId() == 0 || assignment.operatorId() == query.operatorId();
  }

  private Optional<TariffVersion> version(Assignment assignment, TariffQuery query) {
    return Versions.at(versions(assignment.tariffId()), query.receivedAt(), query.startAt());
  }

  /**
   * Why an assignment stands back whatever else there is; null: it does not. A tariff outside its
   * own validity stands back; one that cannot be read must not, because nobody may be charged by a
   * price that was replaced.
   */
  private @Nullable Reason hindrance(Assignment assignment, TariffQuery query) {
    Reason own = assignment.hindrance(query);
    List<TariffVersion> versions = versions(assignment.tariffId());
    if (own != null || versions.isEmpty()) {
      return own;
    }
    Optional<TariffVersion> version = version(assignment, query);
    if (version.isEmpty()) {
      return Versions.whyNone(versions, query.receivedAt());
    }
    var tariff = version.get().tariff();
    if (query.currency().filter(c -> !c.equals(tariff.currency())).isPresent()) {
      return Reason.OTHER_CURRENCY;
    }
    return tariff.validity().covers(query.startAt()) ? null : Reason.TARIFF_NOT_VALID;
  }
}
