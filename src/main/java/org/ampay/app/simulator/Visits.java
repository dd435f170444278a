package org.ampay.app.simulator;

import java.time.Duration;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The people at one outlet: they come, plug in, charge, stop and go, for ever. */
final class Visits implements SimulatedEvse.Watcher {

  private final SimulatorLoop loop;
  private final SimulatedEvse evse;
  private final Supplier<VisitPlan> plan;
  private final TokenPool tokens;
  private final Random random;
  private @Nullable String token;
  private SimulatorLoop.@Nullable Timer next;

  Visits(
      SimulatorLoop loop,
      SimulatedEvse evse,
      Supplier<VisitPlan> plan,
      TokenPool tokens,
      Random random) {
    this.loop = loop;
    this.evse = evse;
    this.plan = plan;
    this.tokens = tokens;
    this.random = random;
    evse.watch(this);
  }

  void begin() {
    then(between(Duration.ZERO, plan.get().idleMin()), this::arrive);
  }

  private void arrive() {
    token = tokens.take().orElse(null);
    if (token == null || evse.state() != PlugState.AVAILABLE) {
      leave();
      return;
    }
    boolean soonFull = random.nextInt(100) < plan.get().parkPercent();
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
    then(between(plan.get().chargeMin(), plan.get().chargeMax()), this::finish);
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
    then(between(plan.get().chargeMin(), plan.get().chargeMax()), this::finish);
  }

  @Override
  public void stopped() {
    then(seconds(2, 8), this::leave);
  }

  private void leave() {
    evse.unplug();
    if (token != null) {
      tokens.giveBack(token);
      token = null;
    }
    then(between(plan.get().idleMin(), plan.get().idleMax()), this::arrive);
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
