package org.ampay.payment.sim;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.ampay.base.Money;
import org.ampay.charging.StartGuard;
import org.ampay.payment.MoneyWorld;
import org.ampay.payment.Refunds;
import org.ampay.payment.SimStores;
import org.ampay.payment.Wallets;
import org.ampay.payment.provider.Callback;
import org.ampay.payment.provider.RawCallback;
import org.ampay.store.MemoryTransactor;
import org.ampay.store.StoreException;

/**
 * One run: some drivers charge and pay, and everything goes wrong that can, for two hours of
 * virtual time; then nothing goes wrong any more for three. What happens follows from the seed
 * alone.
 *
 * <p>A crash ends whatever is being done, at any commit (before it, or after it and unheard) and at
 * any call (before or after the provider did its part); then the process begins again with nothing
 * but the stores. While a call is on its way leases may end and another worker may take the same
 * job, and callbacks may come.
 */
final class SimRun {

  private static final Duration STORM = Duration.ofHours(2);
  private static final Duration CALM = Duration.ofHours(3);
  private static final int MAX_SESSIONS = 7;
  private static final long FIRST_DRIVER = 100;

  /** What happened in all runs: a simulation in which nothing goes wrong proves nothing. */
  static final Map<String, Integer> TALLY = new TreeMap<>();

  final long seed;
  final Dice dice;
  final SimPsp psp;
  final Map<Long, SimSession> sessions = new LinkedHashMap<>();
  MoneyWorld world;
  private final SimEvents events = new SimEvents();
  private final StringBuilder trace = new StringBuilder();
  final List<RuntimeException> thrown = new ArrayList<>();
  private boolean nested;

  /** Nothing new is asked for any more. */
  private boolean closing;

  SimRun(long seed, Mutant mutant) {
    this.seed = seed;
    this.dice = new Dice(seed);
    MemoryTransactor.Faults faults =
        new MemoryTransactor.Faults() {
          @Override
          public void beforeCommit() {
            if (dice.crashes()) {
              throw new Crash("before a commit");
            }
          }

          @Override
          public void afterCommit() {
            if (dice.crashes()) {
              throw new Crash("after a commit");
            }
          }
        };
    SimClock clock = new SimClock();
    this.psp = new SimPsp(dice, clock, this::callback, this::meanwhile);
    this.world = MoneyWorld.inMemory(faults, mutant.bend(), mutant.of(psp));
    this.world.shares = SimShares::of;
    clock.runsBy(world.time);
  }

  /** Plays it to its end. */
  void play() {
    plan();
    Instant end = world.time.now().plus(STORM);
    while (world.time.now().isBefore(end)) {
      step(dice.between(1, 60));
    }
    dice.calm();
    Instant quiet = end.plus(CALM);
    while (world.time.now().isBefore(quiet)) {
      step(30);
    }
    finishAll();
    closing = true;
    end = quiet.plus(CALM);
    while (world.time.now().isBefore(end)) {
      step(30);
    }
  }

  private void plan() {
    int count = 2 + dice.below(MAX_SESSIONS - 1);
    Instant now = world.time.now();
    for (long id = 1; id <= count; id++) {
      SimSession.Kind kind = SimSession.Kind.values()[dice.below(SimSession.Kind.values().length)];
      long wh = dice.between(0, 90_000);
      Instant start = now.plusSeconds(dice.between(0, 1_800));
      SimSession session =
          new SimSession(
              id,
              kind,
              FIRST_DRIVER + (kind == SimSession.Kind.WALLET ? dice.below(3) : id + 10),
              dice.between(3_000, 12_000),
              java.math.BigDecimal.valueOf(wh, 3).toPlainString(),
              start,
              start.plusSeconds(dice.between(60, 3_600)));
      sessions.put(id, session);
      events.at(start, () -> start(session));
    }
  }

  // ---- what happens ----

  private void step(long seconds) {
    world.time.advance(Duration.ofSeconds(seconds));
    for (Runnable event : events.due(world.time.now())) {
      event.run();
    }
    alive(world::runJobs);
    if (!closing && dice.chance(2)) {
      someRefund();
    }
  }

  /** Whether it came through; else the process is another one now. */
  private boolean alive(Runnable work) {
    try {
      work.run();
      return true;
    } catch (Crash crash) {
      note("crash " + crash.getMessage());
      world = world.restarted();
      nested = false;
    } catch (StoreException e) {
      note("failed " + e.getMessage());
    } catch (RuntimeException e) {
      note("threw " + e);
      thrown.add(e);
      return true;
    }
    return false;
  }

  /** Tried until it comes through, as stations and people do. */
  private void insist(Runnable work) {
    if (!alive(work)) {
      events.at(world.time.now().plus(dice.seconds(20)), () -> insist(work));
    }
  }

  private void start(SimSession session) {
    insist(
        () -> {
          switch (session.kind) {
            case WALLET -> {
              topUp(session.driver, session.money, "money of " + session.id);
              granted(session, world.start(session.id, session.driver));
            }
            case REMOTE_HOLD -> {
              psp.holds("hold-of-" + session.id, session.money);
              session.hold = SimStores.remoteHold(world, session.id, session.driver, session.money);
            }
            case SAVED_METHOD -> {
              world.charges(session.driver, SimPsp.NAME);
              granted(session, world.start(session.id, session.driver));
            }
          }
          session.started = true;
        });
    events.at(session.endAt, () -> end(session));
  }

  private void granted(SimSession session, StartGuard.Verdict verdict) {
    switch (verdict) {
      case StartGuard.Verdict.Granted granted -> session.hold = granted.holdId();
      case StartGuard.Verdict.Refused _ -> session.refused = true;
    }
  }

  /** What drivers paid in, each once however often they tried. */
  long toppedUp() {
    return sessions.values().stream()
        .filter(session -> session.kind == SimSession.Kind.WALLET && session.started)
        .mapToLong(session -> session.money)
        .sum();
  }

  private void topUp(long driver, long minor, String key) {
    world.wallets.topUp(new Wallets.TopUp(world.owner(driver), new Money("CNY", minor), key));
  }

  private void end(SimSession session) {
    if (!session.started && !session.refused) {
      events.at(world.time.now().plusSeconds(30), () -> end(session));
      return;
    }
    if (!session.refused) {
      insist(
          () -> {
            if (!session.finished) {
              world.finish(session.id, session.driver, session.hold, session.kwh);
              session.finished = true;
            }
          });
    }
  }

  private void finishAll() {
    sessions.values().stream().filter(s -> s.started && !s.finished).forEach(this::end);
  }

  private void someRefund() {
    List<SimSession> candidates =
        sessions.values().stream().filter(session -> session.finished).toList();
    if (candidates.isEmpty()) {
      return;
    }
    SimSession session = candidates.get(dice.below(candidates.size()));
    long minor = dice.between(1, 4_000);
    String key = "refund " + dice.below(3);
    insist(
        () ->
            SimStores.settlement(world, session.id)
                .ifPresent(
                    id ->
                        world.refunds.refund(
                            new Refunds.Request(
                                MoneyWorld.OPERATOR, id, new Money("CNY", minor), key))));
  }

  // ---- what happens while a call is on its way ----

  private void meanwhile() {
    if (nested || !dice.fails()) {
      return;
    }
    nested = true;
    try {
      world.time.advance(dice.seconds(90));
      if (dice.chance(50)) {
        world.runJobs();
      }
    } catch (StoreException e) {
      note("another worker failed " + e.getMessage());
    } finally {
      nested = false;
    }
  }

  // ---- callbacks ----

  private void callback(RawCallback raw) {
    Instant now = world.time.now();
    events.at(now.plus(dice.chance(50) ? Duration.ZERO : dice.seconds(600)), () -> deliver(raw));
  }

  /** As the inbox does: verified, checked against our row, handed to whoever it is about. */
  private void deliver(RawCallback raw) {
    if (!(psp.verify(raw) instanceof Callback.News news)) {
      note("refused");
      return;
    }
    insist(
        () ->
            SimStores.operation(world, SimPsp.NAME, news.reference())
                .filter(op -> op.amount().equals(news.amount()))
                .ifPresentOrElse(
                    op -> {
                      TALLY.merge("callbacks", 1, Integer::sum);
                      world.remoteSettler.heard(op.id(), news.outcome());
                    },
                    () -> note("not ours")));
  }

  private void note(String what) {
    TALLY.merge(what.split(" ", 2)[0], 1, Integer::sum);
    trace.append(world.time.now()).append(' ').append(what).append('\n');
  }

  /** What happened, for whoever looks into a seed; and equal for equal seeds. */
  String trace() {
    List<String> lines = new ArrayList<>();
    lines.add("seed " + seed + ", jobs left: " + world.jobsLeft());
    psp.entries()
        .forEach(
            (reference, entry) ->
                lines.add(
                    reference
                        + " "
                        + entry.kind
                        + " asked "
                        + entry.asked
                        + " moved "
                        + entry.moved));
    return trace + String.join("\n", lines);
  }
}
