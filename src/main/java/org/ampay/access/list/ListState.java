package org.ampay.access.list;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the list that a station holds.
 *
 * @param word {@code stale}, {@code current}, {@code unsupported}, {@code failed}
 * @param version of the content that the station accepted; null: not known
 * @param reported what the station said last; null: nothing yet
 * @param content accepted by the station; null: not known
 * @param wanted how many entries belong there
 * @param trouble of the last attempt
 */
public record ListState(
    long stationId,
    long operatorId,
    String word,
    @Nullable Integer version,
    @Nullable Integer reported,
    @Nullable List<ListEntry> content,
    int wanted,
    Trouble trouble,
    Times times) {

  public static final String STALE = "stale";
  public static final String CURRENT = "current";
  public static final String UNSUPPORTED = "unsupported";
  public static final String FAILED = "failed";

  /**
   * Failures in a row.
   *
   * @param error the last one; null: none
   */
  public record Trouble(@Nullable String error, int attempts, @Nullable Instant retryAt) {
    static final Trouble NONE = new Trouble(null, 0, null);
  }

  /**
   * When things happened; null: never.
   *
   * @param checkedAt the station's version was asked for
   * @param sentAt the station accepted a list
   */
  public record Times(@Nullable Instant checkedAt, @Nullable Instant sentAt) {
    static final Times NEVER = new Times(null, null);
  }

  static ListState unknown(long stationId, long operatorId) {
    return new ListState(
        stationId, operatorId, STALE, null, null, null, 0, Trouble.NONE, Times.NEVER);
  }

  /** Entries that the station accepted. */
  public int entries() {
    return content == null ? 0 : content.size();
  }

  ListState asked(@Nullable Integer version, Instant at) {
    return new ListState(
        stationId,
        operatorId,
        word,
        this.version,
        version,
        content,
        wanted,
        trouble,
        new Times(at, times.sentAt()));
  }

  /** The station holds what belongs there, as of a version. */
  ListState current(int newVersion, List<ListEntry> held, int belong, @Nullable Instant sentAt) {
    Instant sent = sentAt == null ? times.sentAt() : sentAt;
    return new ListState(
        stationId,
        operatorId,
        CURRENT,
        newVersion,
        newVersion,
        held,
        belong,
        Trouble.NONE,
        new Times(times.checkedAt(), sent));
  }

  ListState unsupported(String why) {
    return new ListState(
        stationId,
        operatorId,
        UNSUPPORTED,
        null,
        reported,
        null,
        wanted,
        new Trouble(why, 0, null),
        times);
  }

  /** What the station holds is not known any more. */
  ListState failed(String why, Instant retryAt) {
    return new ListState(
        stationId,
        operatorId,
        FAILED,
        null,
        reported,
        null,
        wanted,
        new Trouble(why, trouble.attempts() + 1, retryAt),
        times);
  }
}
