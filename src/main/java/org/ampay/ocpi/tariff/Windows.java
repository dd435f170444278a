package org.ampay.ocpi.tariff;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.ampay.tariff.LocalWindow;
import org.jspecify.annotations.Nullable;

/** What two windows have in common. */
final class Windows {

  private Windows() {}

  /** All moments that are in both, as windows that do not overlap; none: there are no such. */
  static List<LocalWindow> both(LocalWindow a, LocalWindow b) {
    if (a.equals(LocalWindow.ALWAYS)) {
      return List.of(b);
    }
    if (b.equals(LocalWindow.ALWAYS) || a.equals(b)) {
      return List.of(a);
    }
    List<LocalWindow> both = new ArrayList<>();
    for (LocalWindow one : unwrapped(a)) {
      for (LocalWindow other : unwrapped(b)) {
        LocalWindow common = common(one, other);
        if (common != null) {
          both.add(common);
        }
      }
    }
    return both;
  }

  /** A window over midnight as the two that it is: its date is that of the moment. */
  private static List<LocalWindow> unwrapped(LocalWindow window) {
    LocalTime start = window.startTime();
    LocalTime end = window.endTime();
    if (start == null || end == null || !end.isBefore(start) || end.equals(LocalTime.MIDNIGHT)) {
      return List.of(window);
    }
    return List.of(times(window, start, null), times(window, null, end));
  }

  private static LocalWindow times(
      LocalWindow window, @Nullable LocalTime start, @Nullable LocalTime end) {
    return new LocalWindow(start, end, window.startDate(), window.endDate(), window.days());
  }

  private static @Nullable LocalWindow common(LocalWindow a, LocalWindow b) {
    LocalDate first = later(a.startDate(), b.startDate());
    LocalDate last = earlier(a.endDate(), b.endDate());
    LocalTime from = later(a.startTime(), b.startTime());
    LocalTime to = earlier(ending(a.endTime()), ending(b.endTime()));
    Set<DayOfWeek> days = days(a.days(), b.days());
    boolean none =
        first != null && last != null && !first.isBefore(last)
            || from != null && to != null && !from.isBefore(to)
            || days.isEmpty() && !(a.days().isEmpty() && b.days().isEmpty());
    return none ? null : new LocalWindow(from, to, first, last, days);
  }

  /** Null: the end of the day. */
  private static @Nullable LocalTime ending(@Nullable LocalTime end) {
    return end == null || end.equals(LocalTime.MIDNIGHT) ? null : end;
  }

  private static Set<DayOfWeek> days(Set<DayOfWeek> a, Set<DayOfWeek> b) {
    if (a.isEmpty() || b.isEmpty()) {
      return a.isEmpty() ? b : a;
    }
    EnumSet<DayOfWeek> both = EnumSet.copyOf(a);
    both.retainAll(b);
    return both;
  }

  private static <T extends Comparable<? super T>> @Nullable T later(@Nullable T a, @Nullable T b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    return a.compareTo(b) >= 0 ? a : b;
  }

  private static <T extends Comparable<? super T>> @Nullable T earlier(
      @Nullable T a, @Nullable T b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    return a.compareTo(b) <= 0 ? a : b;
  }
}
