package org.ampay.billing.catalog;

import java.time.Instant;
import java.util.Comparator;
import org.ampay.tariff.TariffQuery;

/**
 * Says where a tariff holds, from when on. Never changed: a new one wins over an older one.
 *
 * @param operatorId 0: of the platform, for all operators
 * @param targetId id of what the level names; 0 for the platform
 * @param priority the highest wins, before the level
 * @param validFrom sessions that begin at or after it; may lie in the past
 * @param createdAt sessions whose start is received at or after it
 */
public record Assignment(
    long id,
    long operatorId,
    long tariffId,
    TariffLevel level,
    long targetId,
    int priority,
    Instant validFrom,
    Instant createdAt,
    String createdBy) {

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

  boolean covers(TariffQuery query) {
    return (operatorId == 0 || operatorId == query.operatorId())
        && !query.receivedAt().isBefore(createdAt)
        && !query.startAt().isBefore(validFrom);
  }
}
