package org.ampay.charging;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.ampay.base.Money;
import org.ampay.base.TimeSource;
import org.ampay.charging.CostDisplayStore.Running;
import org.ampay.charging.CostDisplayStore.Wish;
import org.ampay.station.Protocol;
import org.ampay.station.StationDirectory;
import org.ampay.station.StationInfo;
import org.ampay.tariff.PriceNow;
import org.ampay.tariff.TariffSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * The stations that show costs: a picture in memory, replaced now and then, and what each of their
 * running sessions was told last. Every figure is what the bill would be at that moment (I02). It
 * is told at the start, at a set interval where it has changed, as soon as another price applies
 * (the clock, a threshold of energy), when a station asks by a triggered reading, and at the end.
 */
public final class CostBoard implements CostDisplays, SessionWatch {

  /** What it stands on. */
  public record Ground(CostDisplayStore store, TimeSource time, Executor io) {}

  private final Ground on;
  private final Duration interval;
  private final DisplayModel model = new DisplayModel();
  private final Map<Long, ShownSession> running = new ConcurrentHashMap<>();
  private volatile Map<Long, Display> displays = Map.of();
  private volatile DriverTalk talk = new Nobody();

  /**
   * @param interval between two tellings of a cost that changes
   */
  public CostBoard(Ground on, Duration interval) {
    this.on = on;
    this.interval = interval;
  }

  /** From now on stations can be reached. */
  public void talkBy(DriverTalk way) {
    talk = way;
  }

  @Override
  public Display of(long stationId) {
    return displays.getOrDefault(stationId, Display.NONE);
  }

  @Override
  public Optional<String> language(long sessionId) {
    ShownSession shown = running.get(sessionId);
    return shown == null ? Optional.empty() : Optional.ofNullable(shown.language());
  }

  @Override
  public boolean wants(long stationId) {
    return displays.containsKey(stationId);
  }

  /** Reads again what stations show, and the sessions that run where it is new. Blocks. */
  public synchronized void refresh() {
    // Transactions may commit a little out of order.
    Instant since = model.seen();
    model.take(on.store().told(since.equals(Instant.EPOCH) ? since : since.minusSeconds(30)));
    Map<Long, Display> now = model.displays(on.store().wishes());
    Set<Long> fresh = new HashSet<>(now.keySet());
    fresh.removeAll(displays.keySet());
    displays = Map.copyOf(now);
    if (!fresh.isEmpty()) {
      for (Running session : on.store().running(fresh)) {
        running.putIfAbsent(
            session.sessionId(),
            new ShownSession(session.sessionId(), session.stationId(), Instant.MIN));
      }
    }
  }

  /**
   * A person says whether the station shows costs. Blocks.
   *
   * @param wish null: its own model tells again
   */
  public void set(StationInfo station, @Nullable Wish wish) {
    on.store().set(station, wish, on.time().now());
    refresh();
  }

  /** Looks at the sessions whose stations are to be told something. */
  public void tick(SessionPort port, StationDirectory directory) {
    Instant now = on.time().now();
    for (ShownSession session : running.values()) {
      Optional<StationInfo> station = directory.byId(session.stationId());
      if (station.isEmpty() || !wants(session.stationId())) {
        running.remove(session.id());
      } else if (session.due(now)) {
        look(port, station.get(), session, now);
      }
    }
  }

  private void look(SessionPort port, StationInfo station, ShownSession session, Instant now) {
    SessionCommand look = new SessionCommand.Ruling(session.id(), new Rule.Cost());
    port.submit(new SessionPort.Report(station, Protocol.OCPP_201, look, "", now));
  }

  @Override
  public void after(Glance glance) {
    Display display = of(glance.station().id());
    Optional<TariffSnapshot> tariff = glance.tariff();
    if (tariff.isEmpty()) {
      return;
    }
    if (!glance.open()) {
      ShownSession shown = running.remove(glance.id());
      if (shown != null && display.cost()) {
        over(shown, glance, tariff.get(), display);
      }
    } else if (glance.runs()) {
      Instant later = on.time().now().plus(interval);
      ShownSession shown =
          running.computeIfAbsent(
              glance.id(), id -> new ShownSession(id, glance.station().id(), later));
      shown.speaks(glance.language());
      runs(shown, glance, tariff.get(), display);
    }
  }

  private void runs(ShownSession shown, Glance glance, TariffSnapshot tariff, Display display) {
    Instant now = on.time().now();
    boolean transfers = glance.protocol() == Protocol.OCPP_16;
    String token = glance.token() == null ? "" : glance.token().uid();
    if (glance.begun() && transfers && display.price() && !token.isEmpty()) {
      tell(
          shown,
          glance,
          new CostMessage.UserPrice(token, DriverTexts.all(tariff, display, shown.language(), now)),
          display);
    }
    if (!display.cost()) {
      shown.told(now, now.plus(interval), List.of(), null);
      return;
    }
    PriceNow.Standing standing = CostFigures.standing(glance, now);
    List<PriceNow.Rate> rates = PriceNow.rates(tariff, now, standing);
    boolean asked = transfers && (glance.begun() || CostFigures.triggered(glance, shown.trigger()));
    if (asked || shown.changed(rates) || shown.due(now)) {
      PriceNow price = PriceNow.at(tariff, now, standing);
      tellCost(shown, glance, new Telling(tariff, display, price, now, asked));
    } else {
      shown.knows(rates);
    }
  }

  /** What is told, and why. */
  private record Telling(
      TariffSnapshot tariff, Display display, PriceNow price, Instant now, boolean asked) {}

  private void tellCost(ShownSession shown, Glance glance, Telling what) {
    Optional<Money> cost = glance.cost(what.now());
    boolean changed = shown.changed(what.price().rates());
    boolean news = what.asked() || changed || !cost.equals(shown.cost());
    Instant until = what.price().until();
    Instant next = what.now().plus(interval);
    CostMessage.Trigger trigger = CostFigures.trigger(what.tariff(), what.price());
    shown.told(
        what.now(),
        until != null && until.isBefore(next) ? until : next,
        what.price().rates(),
        trigger);
    if (cost.isEmpty() || !news || shown.busy()) {
      return;
    }
    CompletionStage<Boolean> sent =
        glance.protocol() == Protocol.OCPP_16
            ? tell(
                shown,
                glance,
                CostFigures.running(glance, cost.get(), what.tariff(), what.price(), what.now()),
                what.display())
            : cost(shown, glance, cost.get());
    sent.thenAccept(
        confirmed -> {
          if (confirmed) {
            shown.confirmed(cost.get());
          }
        });
  }

  /** A station of 2.0.1 has heard the total with the answer to Ended, unless it came later. */
  private void over(ShownSession shown, Glance glance, TariffSnapshot tariff, Display display) {
    Optional<Money> total = glance.cost(on.time().now());
    if (total.isEmpty()) {
      return;
    }
    if (glance.protocol() == Protocol.OCPP_16) {
      tell(
          shown,
          glance,
          new CostMessage.Final(
              glance.transactionId(),
              total.get(),
              CostFigures.summary(glance, total.get(), tariff, display, shown.language()),
              null),
          display);
    } else if (!total.equals(shown.cost())) {
      cost(shown, glance, total.get());
    }
  }

  private CompletionStage<Boolean> tell(
      ShownSession shown, Glance glance, CostMessage message, Display display) {
    StationInfo station = glance.station();
    return shown.inOrder(() -> talk.tell(station, message, display), on.io());
  }

  private CompletionStage<Boolean> cost(ShownSession shown, Glance glance, Money cost) {
    StationInfo station = glance.station();
    String transactionId = glance.transactionId();
    return shown.inOrder(() -> talk.cost(station, transactionId, cost), on.io());
  }

  /** While the gateway is not open there is nobody to tell. */
  private static final class Nobody implements DriverTalk {
    @Override
    public CompletionStage<Boolean> cost(StationInfo station, String transactionId, Money cost) {
      return CompletableFuture.completedStage(false);
    }

    @Override
    public CompletionStage<Boolean> tell(
        StationInfo station, CostMessage message, Display display) {
      return CompletableFuture.completedStage(false);
    }
  }
}
