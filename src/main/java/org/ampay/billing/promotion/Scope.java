package org.ampay.billing.promotion;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * When and where something holds. Decided once, by the start of the session and the clock of its
 * site.
 *
 * @param from inclusive; null: always was
 * @param until exclusive; null: always will be
 * @param sites ids; empty: all
 * @param windows one of them must be open; empty: always
 */
public record Scope(
    @Nullable Instant from, @Nullable Instant until, Set<Long> sites, List<Window> windows) {

  /** Everywhere and always. */
  public static final Scope ALL = new Scope(null, null, Set.of(), List.of());

  private static final int MAX_SITES = 1_000;
  private static final int MAX_WINDOWS = 20;

  public Scope {
    sites = Set.copyOf(sites);
    windows = List.copyOf(windows);
    Rules.require(
        from == null || until == null || from.isBefore(until), "valid_until", "must be later");
    Rules.require(sites.size() <= MAX_SITES, "sites", "must have at most " + MAX_SITES);
    Rules.require(windows.size() <= MAX_WINDOWS, "windows", "must have at most " + MAX_WINDOWS);
  }

  /**
   * Hours of some days.
   *
   * @param days on which it begins; empty: all
   * @param from inclusive
   * @param to exclusive; at or before {@code from}: it ends on the next day
   */
  public record Window(Set<DayOfWeek> days, LocalTime from, LocalTime to) {
    public Window {
      days = Set.copyOf(days);
    }

    boolean open(LocalDateTime local) {
      LocalTime clock = local.toLocalTime();
      boolean wraps = !to.isAfter(from);
      if (!clock.isBefore(from) && (wraps || clock.isBefore(to))) {
        return on(local.getDayOfWeek());
      }
      return wraps && clock.isBefore(to) && on(local.getDayOfWeek().minus(1));
    }

    private boolean on(DayOfWeek day) {
      return days.isEmpty() || days.contains(day);
    }
  }

  /** Whether it holds for a session that starts there and then. */
  public boolean covers(long siteId, Instant at, ZoneId zone) {
    return covers(at)
        && (sites.isEmpty() || sites.contains(siteId))
        && (windows.isEmpty()
            || windows.stream().anyMatch(w -> w.open(LocalDateTime.ofInstant(at, zone))));
  }

  /** The same without an end: a claim has one of its own, which a refund may put off. */
  Scope withoutEnd() {
    return until == null ? this : new Scope(from, null, sites, windows);
  }

  /** Whether it is valid then, wherever. */
  public boolean covers(Instant at) {
    return (from == null || !at.isBefore(from)) && (until == null || at.isBefore(until));
  }
}
