package org.ampay.app.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.function.Consumer;
import org.ampay.app.simulator.Call.Fact;
import org.ampay.app.simulator.Call.Kind;
import org.ampay.app.simulator.Call.Message;
import org.jspecify.annotations.Nullable;

/** An outlet: its plug, its meter, its session. Lives on the stations' thread. */
final class SimulatedEvse {

  /** Hears what people at the outlet would see. */
  interface Watcher {
    /** A session began by a command. */
    void remotelyStarted();

    /** The session is over; the car still hangs on the cable. */
    void stopped();
  }

  private static final Duration PHYSICS_STEP = Duration.ofSeconds(5);
  private static final int ROLLBACK_AT_READING = 3;

  private final SimulatorLoop loop;
  private final StationLink link;
  private final Dialect dialect;
  private final StationSpec spec;
  private final Outlet outlet;
  private final Random random;
  private @Nullable Watcher watcher;

  private PlugState state = PlugState.AVAILABLE;
  private @Nullable Vehicle vehicle;
  private @Nullable Charge charge;
  private double registerWh;
  private double powerW;
  private double limitW;
  private Instant flowingSince = Instant.EPOCH;
  private Instant metered = Instant.EPOCH;
  private boolean flowing;
  private int readings;
  private SimulatorLoop.@Nullable Timer timer;

  SimulatedEvse(
      SimulatorLoop loop,
      StationLink link,
      Dialect dialect,
      StationSpec spec,
      Outlet outlet,
      Random random) {
    this.loop = loop;
    this.link = link;
    this.dialect = dialect;
    this.spec = spec;
    this.outlet = outlet;
    this.random = random;
    this.limitW = outlet.maxPowerW();
    this.registerWh = 100_000 + random.nextInt(5_000_000);
  }

  void watch(Watcher other) {
    watcher = other;
  }

  Outlet outlet() {
    return outlet;
  }

  PlugState state() {
    return state;
  }

  @Nullable Charge charge() {
    return charge;
  }

  void setLimitW(double limit) {
    meter();
    limitW = Math.min(outlet.maxPowerW(), Math.max(0, limit));
  }

  void setAvailable(boolean available) {
    if (charge == null) {
      change(available ? PlugState.AVAILABLE : PlugState.UNAVAILABLE);
    }
  }

  void reportStatus() {
    link.call(Call.of(dialect.status(outlet, state, loop.now()), answer -> {}));
  }

  void plugIn(Vehicle car) {
    if (state == PlugState.AVAILABLE) {
      vehicle = car;
      change(PlugState.PREPARING);
    }
  }

  /**
   * A token is held to the reader: starts a session, or ends the running one.
   *
   * @param refused hears that the central system said no
   */
  void present(String token, Runnable refused) {
    if (charge != null) {
      stop(StopCause.TOKEN);
    } else if (!link.isOpen()) {
      begin(token, null); // offline stations trust and report later
    } else {
      Message ask = dialect.authorize(token);
      Consumer<com.fasterxml.jackson.databind.JsonNode> decide =
          answer -> {
            if (dialect.accepts(answer)) {
              begin(token, null);
            } else {
              refused.run();
            }
          };
      link.call(new Call(ask.action(), ask.payload(), null, decide, () -> begin(token, null)));
    }
  }

  /** A remote start; false when the outlet is not free. */
  boolean remoteStart(String token, @Nullable Integer remoteStartId) {
    if (charge != null || (state != PlugState.AVAILABLE && state != PlugState.PREPARING)) {
      return false;
    }
    if (watcher != null) {
      watcher.remotelyStarted();
    }
    loop.after(
        Duration.ofSeconds(2),
        () -> {
          plugIn(Vehicle.random(random));
          begin(token, remoteStartId);
        });
    return true;
  }

  private void begin(String token, @Nullable Integer remoteStartId) {
    if (charge != null || state != PlugState.PREPARING) {
      return;
    }
    Charge begun = dialect.charge(outlet, token, remoteStartId);
    charge = begun;
    readings = 0;
    flowing = false;
    metered = loop.now();
    Sample sample = sample();
    Message message = dialect.started(begun, sample);
    link.call(
        new Call(
            message.action(),
            message.payload(),
            new Fact(Kind.START, begun, sample),
            answer -> answered(begun, dialect.start(begun, answer)),
            () -> {}));
    if (!link.isOpen()) {
      letFlow();
    }
    scheduleReading();
  }

  private void answered(Charge begun, boolean accepted) {
    if (charge != begun) {
      return;
    }
    if (!accepted) {
      stop(StopCause.REFUSED);
    } else if (!flowing) {
      letFlow();
    }
  }

  /** Energy flows when the start is accepted, or at once where nobody can be asked. */
  private void letFlow() {
    meter();
    flowing = true;
    flowingSince = metered;
    report(PlugState.CHARGING);
  }

  private void scheduleReading() {
    timer = loop.after(spec.meterInterval(), this::read);
  }

  private void read() {
    Charge current = charge;
    if (current == null) {
      return;
    }
    meter();
    readings++;
    if (readings == ROLLBACK_AT_READING && spec.has(Oddity.ROLLBACK)) {
      registerWh = 0;
    }
    Sample sample = sample();
    fact(Kind.READING, dialect.reading(current, sample), current, sample);
    if (state == PlugState.CHARGING && vehicle != null && vehicle.full()) {
      report(PlugState.SUSPENDED_EV);
    }
    scheduleReading();
  }

  /** Ends the session; the car stays until it is unplugged. */
  void stop(StopCause cause) {
    Charge ended = charge;
    if (ended == null) {
      return;
    }
    meter();
    charge = null;
    if (timer != null) {
      timer.cancel();
    }
    powerW = 0;
    Sample sample = sample();
    Message message = dialect.ended(ended, sample, cause);
    fact(Kind.STOP, message, ended, sample);
    if (spec.has(Oddity.DUPLICATE_STOP)) {
      fact(Kind.STOP, message, ended, sample);
    }
    change(PlugState.FINISHING);
    if (watcher != null) {
      watcher.stopped();
    }
  }

  void unplug() {
    stop(StopCause.UNPLUGGED);
    vehicle = null;
    if (state != PlugState.UNAVAILABLE) {
      change(PlugState.AVAILABLE);
    }
  }

  private void fact(Kind kind, Message message, Charge about, Sample sample) {
    link.call(
        new Call(
            message.action(),
            message.payload(),
            new Fact(kind, about, sample),
            answer -> {},
            () -> {}));
  }

  /** A state within a session: 2.0.1 says it in a transaction message, too. */
  private void report(PlugState next) {
    change(next);
    Charge current = charge;
    if (current != null) {
      Sample sample = sample();
      dialect
          .changed(current, sample, next)
          .ifPresent(message -> fact(Kind.CHANGE, message, current, sample));
    }
  }

  private void change(PlugState next) {
    if (state != next) {
      state = next;
      reportStatus();
    }
  }

  /** Lets the energy flow that has flown since the last look. */
  private void meter() {
    Vehicle car = vehicle;
    Instant now = loop.now();
    if (charge == null || car == null || !flowing) {
      metered = now;
      return;
    }
    while (metered.isBefore(now)) {
      Instant next = metered.plus(PHYSICS_STEP);
      Instant until = next.isBefore(now) ? next : now;
      double since = Duration.between(flowingSince, metered).toMillis() / 1000.0;
      powerW = car.powerW(outlet.direct(), limitW, since);
      double energyWh = powerW * Duration.between(metered, until).toMillis() / 3_600_000.0;
      registerWh += energyWh;
      car.take(energyWh);
      metered = until;
    }
  }

  /**
   * As of the last look at the meter: register and time belong together, however fast time runs.
   */
  private Sample sample() {
    double soc = vehicle == null ? 0 : vehicle.socPercent();
    double voltage = outlet.direct() ? 350 + soc : 230 + random.nextInt(4) - 2;
    return new Sample(metered, (long) Math.floor(registerWh), powerW, voltage, soc);
  }
}
