package org.ampay.billing.catalog;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.ampay.tariff.TariffQuery;
import org.jspecify.annotations.Nullable;

/**
 * Says where a tariff holds, from when on. Never changed: a new one wins over an older one, and an
 * {@link Ending} ends it.
 *
 * @param operatorId 0: of the platform, for all operators
 * @param targetId id of what the level names; 0 for the platform
 * @param priority the highest wins, before the level
 * @param validFrom sessions that begin at or after it; may lie in the past
 * @param validTo and before it; null: without end
 * @param made sessions whose start is received at or after it (or its approval)
 * @param endings oldest first
 */
public record Assignment(
    long id,
    long operatorId,
    long tariffId,
    TariffLevel level,
    long targetId,
    int priority,
    Instant validFrom,
    @Nullable Instant validTo,
    Made made,
    List<Ending> endings) {

  /**
   * The end of an assignment.
   *
   * @param endsAt sessions that begin at or after it are not covered any more
   */
  public record Ending(long id, Instant endsAt, Made made) {}

  /**
   * The one that wins comes first: explicit priority, then the more specific level, then the later
   * {@code validFrom}, then the newer assignment.
   */
  static final Comparator<Assignment> PRECEDENCE =
      Comparator.comparingInt(Assignment::priority)
          .reversed()
          .thenComparing(Assignment::level)
          .thenComparing(Assignment::validFrom, Comparator.reverseOrder())
          .thenComparing(Assignment::createdAt, Comparator.reverseOrder())
          .thenComparing(Assignment::id, Comparator.reverseOrder());

  public Assignment {
    endings = List.copyOf(endings);
  }

  public Instant createdAt() {
    return made.at();
  }

  public String createdBy() {
    return made.author().actor();
  }

  /** When it ends, as far as that is approved: its {@code validTo} or an earlier ending. */
  public Optional<Instant> endsAt() {
    Instant end = validTo;
    for (Ending ending : endings) {
      if (ending.made().since().isPresent() && (end == null || ending.endsAt().isBefore(end))) {
        end = ending.endsAt();
      }
    }
    return Optional.ofNullable(end);
  }

  /** The ending that waits for a second person. */
  public Optional<Ending> proposedEnding() {
    return endings.stream()
        .filter(ending -> ending.made().approval().state() == Approval.State.PROPOSED)
        .findFirst();
  }

  /** What keeps it from a session, the tariff left aside; null: nothing. */
  @Nullable Reason hindrance(TariffQuery query) {
    return switch (made.approval().state()) {
      case PROPOSED -> Reason.NOT_APPROVED;
      case REJECTED -> Reason.REJECTED;
      case NOT_NEEDED, APPROVED -> outsideTime(query);
    };
  }

  private @Nullable Reason outsideTime(TariffQuery query) {
    if (!made.isKnownAt(query.receivedAt())) {
      return Reason.NOT_YET_RECEIVED;
    }
    if (query.startAt().isBefore(validFrom)) {
      return Reason.NOT_YET_VALID;
    }
    if (validTo != null && !query.startAt().isBefore(validTo)) {
      return Reason.NO_LONGER_VALID;
    }
    for (Ending ending : endings) {
      if (ending.made().isKnownAt(query.receivedAt())
          && !query.startAt().isBefore(ending.endsAt())) {
        return Reason.ENDED;
      }
    }
    return null;
  }
}
