package org.ampay.billing.simulation;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.ampay.tariff.Tariff;
import org.jspecify.annotations.Nullable;

/**
 * A run: what was asked, how far it is, what it has found beside the sums.
 *
 * @param what the question
 * @param total sessions to look at, null while they are not counted
 * @param done sessions that were looked at
 * @param reason why it failed
 * @param found so far, all of it once the run is done
 */
public record Run(
    long id,
    long operatorId,
    NewRun what,
    RunState state,
    @Nullable String reason,
    @Nullable Long total,
    long done,
    Found found,
    String author,
    Instant createdAt,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt) {

  /**
   * @param skipped how many sessions could not be priced, by reason
   * @param outside sessions of other tariffs, while only one tariff's were asked for
   * @param taxUnknown sessions of which the sum without tax is not known on one side: it counts
   *     with its tax there
   * @param rises the sessions that would cost so much more, the greatest first
   */
  public record Found(Map<Skip, Long> skipped, long outside, long taxUnknown, List<Rise> rises) {

    public static final Found NOTHING = new Found(Map.of(), 0, 0, List.of());

    public Found {
      skipped = Map.copyOf(skipped);
      rises = List.copyOf(rises);
    }

    /** Sessions that could not be priced. */
    public long skippedInAll() {
      return skipped.values().stream().mapToLong(Long::longValue).sum();
    }
  }

  /** What the sessions are priced with. */
  public Tariff tariff() {
    return what.tariff();
  }

  /** ISO 4217 of all amounts. */
  public String currency() {
    return what.tariff().currency();
  }

  /** 0 to 100; 0 while nothing is counted. */
  public int percent() {
    if (state == RunState.DONE) {
      return 100;
    }
    return total == null || total == 0 ? 0 : (int) Math.min(99, done * 100 / total);
  }
}
