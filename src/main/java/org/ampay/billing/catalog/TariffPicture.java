package org.ampay.billing.catalog;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ampay.tariff.TariffQuery;

/** All versions and assignments as they were at one revision. Immutable; answers by look-up. */
final class TariffPicture {

  static final TariffPicture EMPTY = new TariffPicture(-1, Map.of(), List.of());

  /** What an assignment may name. */
  private record Target(TariffLevel level, long id) {}

  private final long revision;

  /** By tariff, oldest first. */
  private final Map<Long, List<TariffVersion>> versions;

  /** By target, in the order of precedence. */
  private final Map<Target, List<Assignment>> assignments;

  TariffPicture(
      long revision, Map<Long, List<TariffVersion>> versions, List<Assignment> assignments) {
    this.revision = revision;
    this.versions = Map.copyOf(versions);
    Map<Target, List<Assignment>> byTarget = new HashMap<>();
    assignments.stream()
        .sorted(Assignment.PRECEDENCE)
        .forEach(
            a ->
                byTarget
                    .computeIfAbsent(new Target(a.level(), a.targetId()), t -> new ArrayList<>())
                    .add(a));
    this.assignments = byTarget;
  }

  long revision() {
    return revision;
  }

  /** All versions that are known, by tariff; oldest first. */
  Map<Long, List<TariffVersion>> versions() {
    return versions;
  }

  /** The newest version of a tariff. */
  Optional<TariffVersion> current(long tariffId) {
    List<TariffVersion> known = versions.get(tariffId);
    return known == null ? Optional.empty() : Optional.of(known.getLast());
  }

  /** The version that holds, and the assignment that says so. */
  Optional<TariffVersion> resolve(TariffQuery query) {
    List<Assignment> winners = new ArrayList<>(TariffLevel.values().length);
    query.driverGroupId().ifPresent(id -> winner(TariffLevel.GROUP, id, query, winners));
    winner(TariffLevel.STATION, query.stationId(), query, winners);
    winner(TariffLevel.SITE, query.siteId(), query, winners);
    winner(TariffLevel.OPERATOR, query.operatorId(), query, winners);
    winner(TariffLevel.PLATFORM, 0, query, winners);
    return winners.stream()
        .min(Assignment.PRECEDENCE)
        .flatMap(a -> versionAt(a.tariffId(), query.receivedAt()));
  }

  private void winner(TariffLevel level, long id, TariffQuery query, List<Assignment> winners) {
    for (Assignment assignment : assignments.getOrDefault(new Target(level, id), List.of())) {
      if (assignment.covers(query) && isOffered(assignment, query)) {
        winners.add(assignment);
        return;
      }
    }
  }

  /** A tariff outside its own validity stands back; one that cannot be read must not. */
  private boolean isOffered(Assignment assignment, TariffQuery query) {
    return versionAt(assignment.tariffId(), query.receivedAt())
        .map(v -> v.tariff().validity().covers(query.startAt()))
        .orElse(true);
  }

  /** The newest version that existed then. */
  private Optional<TariffVersion> versionAt(long tariffId, Instant at) {
    return versions.getOrDefault(tariffId, List.of()).stream()
        .filter(v -> !v.createdAt().isAfter(at))
        .max(Comparator.comparingInt(TariffVersion::version));
  }
}
