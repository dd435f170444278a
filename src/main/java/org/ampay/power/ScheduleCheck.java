package org.ampay.power;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeSet;
import org.ampay.power.Schedule.Period;
import org.ampay.power.Schedule.Unit;
import org.jspecify.annotations.Nullable;

/** Whether an EV's schedule stays within the one it was given (K15.FR.11, K15.FR.12). */
final class ScheduleCheck {

  private ScheduleCheck() {}

  /**
   * The first moment at which it does not.
   *
   * @param given its start: {@code from} when it has none
   * @return empty when it keeps to it
   */
  static Optional<String> beyond(EvSchedule ev, Schedule given, Instant from) {
    Instant start = given.start() == null ? from : given.start();
    TreeSet<Instant> moments = new TreeSet<>();
    ev.schedule().periods().forEach(p -> moments.add(ev.base().plusSeconds(p.startSeconds())));
    given.periods().stream()
        .map(p -> start.plusSeconds(p.startSeconds()))
        .filter(moment -> moment.isAfter(ev.base()))
        .forEach(moments::add);
    for (Instant moment : moments) {
      Period wanted = at(ev.schedule(), ev.base(), moment);
      Period allowed = at(given, start, moment);
      if (wanted != null
          && allowed != null
          && watts(wanted, ev.schedule().unit()).compareTo(watts(allowed, given.unit())) > 0) {
        return Optional.of(
            "%s %s at %s, allowed are %s %s"
                .formatted(
                    wanted.limit().toPlainString(),
                    ev.schedule().unit(),
                    moment,
                    allowed.limit().toPlainString(),
                    given.unit()));
      }
    }
    return Optional.empty();
  }

  /** The period at that moment; null before the first and after the end. */
  private static @Nullable Period at(Schedule schedule, Instant start, Instant moment) {
    Integer duration = schedule.durationSeconds();
    if (duration != null && !moment.isBefore(start.plusSeconds(duration))) {
      return null;
    }
    Period found = null;
    for (Period period : schedule.periods()) {
      if (!moment.isBefore(start.plusSeconds(period.startSeconds()))) {
        found = period;
      }
    }
    return found;
  }

  private static BigDecimal watts(Period period, Unit unit) {
    int phases = period.phases() == null ? 3 : period.phases();
    return switch (unit) {
      case W -> period.limit();
      case A ->
          period
              .limit()
              .multiply(Plan.VOLTS)
              .multiply(BigDecimal.valueOf(phases))
              .setScale(3, RoundingMode.HALF_UP);
    };
  }
}
