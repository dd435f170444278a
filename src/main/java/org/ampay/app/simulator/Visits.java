package org.ampay.app.simulator;

import java.time.Duration;
import java.util.Random;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The people at one outlet: they come, plug in, charge, stop and go, for ever. */
final class Visits implements SimulatedEvse.Watcher {

  private static final Duration POLL = Duration.ofMillis(100);

  private final SimulatorLoop loop;
  private final SimulatedEvse evse;
  private final VisitPlan history;
  private final VisitPlan live;
  private final TokenPool tokens;
  private final Random random;
  private @Nullable String token;
  private SimulatorLoop.@Nullable Timer next;

  /**
   * @param history while the clock catches up
   * @param live from then on; what was begun before is ended by this one, too
   */
  Visits(
      SimulatorLoop loop,
      SimulatedEvse evse,
      VisitPlan history,
      VisitPlan live,
      TokenPool tokens,
      Random random) {
    this.loop = loop;
    this.evse = evse;
    this.history = history;
    this.live = live;
    this.tokens = tokens;
    this.random = random;
    evse.watch(this);
  }

  /** Nobody comes before the station is online for the first time. */
  void begin() {
    if (evse.online()) {
      then(between(Duration.ZERO, history.idleMin()), this::arrive);
    } else {
      loop.afterReal(POLL, this::begin);
    }
  }

  private void arrive() {
    token = tokens.take().orElse(null);
    if (token == null || evse.state() != PlugState.AVAILABLE) {
      leave();
      return;
    }
    boolean soonFull = random.nextInt(100) < (loop.caughtUp() ? live : history).parkPercent();
    evse.plugIn(
        soonFull ? new Vehicle(60_000, 11_000, 120_000, 0.77, 0.8) : Vehicle.random(random));
    then(seconds(2, 6), this::present);
  }

  private void present() {
    String card = token;
    if (card == null) {
      leave();
      return;
    }
    evse.present(card, () -> then(seconds(2, 5), this::leave));
    then(planned(plan -> between(plan.chargeMin(), plan.chargeMax())), this::finish);
  }

  private void finish() {
    if (evse.charge() == null) {
      leave();
    } else if (random.nextInt(4) == 0) {
      evse.unplug();
    } else {
      evse.stop(StopCause.TOKEN);
    }
  }

  @Override
  public void remotelyStarted() {
    then(planned(plan -> between(plan.chargeMin(), plan.chargeMax())), this::finish);
  }

  @Override
  public void stopped() {
    then(seconds(2, 8), this::leave);
  }

  private void leave() {
    evse.unplug();
    if (token != null) {
      giveBack(token);
      token = null;
    }
    then(planned(plan -> between(plan.idleMin(), plan.idleMax())), this::arrive);
  }

  /** A card is used again when its last session is reported, or it would still count as busy. */
  private void giveBack(String card) {
    if (evse.reported()) {
      tokens.giveBack(card);
    } else {
      loop.afterReal(POLL, () -> giveBack(card));
    }
  }

  /** A span of the history's plan, cut where the history ends: there the live plan begins. */
  private Duration planned(Function<VisitPlan, Duration> span) {
    Duration left = loop.historyLeft();
    if (left.isZero()) {
      return span.apply(live);
    }
    Duration planned = span.apply(history);
    return planned.compareTo(left) <= 0 ? planned : left.plus(span.apply(live));
  }

  /** One thing is to happen next; what was to happen before it does not. */
  private void then(Duration delay, Runnable step) {
    if (next != null) {
      next.cancel();
    }
    next = loop.after(delay, step);
  }

  private Duration seconds(int from, int to) {
    return between(Duration.ofSeconds(from), Duration.ofSeconds(to));
  }

  private Duration between(Duration from, Duration to) {
    long span = to.minus(from).toMillis();
    return from.plusMillis(span <= 0 ? 0 : random.nextLong(span));
  }
}
