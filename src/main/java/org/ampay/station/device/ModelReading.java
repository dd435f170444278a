package org.ampay.station.device;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.ampay.base.IdSource;
import org.ampay.base.TimeSource;
import org.ampay.station.BootReport;
import org.ampay.station.BootWatch;
import org.ampay.station.Protocol;
import org.ampay.station.Registration;
import org.ampay.station.StationInfo;
import org.ampay.store.Database;
import org.ampay.store.Transactor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the model of accepted stations by itself: on first contact and when the firmware has
 * changed (B07.FR.14), and monitors after each boot where there are any (N04.FR.19). A while after
 * the boot, and only so many stations a second, so that the return of thousands stays bearable. A
 * station that does not tell is asked no more than {@value #MOST_TIMES} times for one firmware.
 */
public final class ModelReading implements BootWatch {

  /**
   * When and how fast.
   *
   * @param delay after the boot
   */
  public record Settings(boolean enabled, Duration delay, int perSecond) {
    public static final Settings DEFAULT = new Settings(true, Duration.ofSeconds(30), 20);
  }

  static final int MOST_TIMES = 3;

  private static final int MOST_WAITING = 50_000;
  private static final Logger LOG = LoggerFactory.getLogger(ModelReading.class);

  private record Waiting(StationInfo station, BootReport report, Instant due) {}

  /** What is to be read. */
  enum Need {
    NOTHING,
    MODEL,
    MONITORS
  }

  private final Settings settings;
  private final Transactor transactor;
  private final ModelStore models;
  private final StateStore states;
  private final StationOrders orders;
  private final IdSource ids;
  private final TimeSource time;
  private final Executor workers;
  private final Map<Long, Waiting> waiting = new LinkedHashMap<>();

  /**
   * @param workers run transactions: they block
   */
  public ModelReading(
      Settings settings,
      Database database,
      StationOrders orders,
      IdSource ids,
      TimeSource time,
      Executor workers) {
    this.settings = settings;
    this.transactor = database.transactor();
    this.models = new ModelStore(ids);
    this.states = new StateStore(database);
    this.orders = orders;
    this.ids = ids;
    this.time = time;
    this.workers = workers;
  }

  @Override
  public void booted(StationInfo station, BootReport report, Registration decision, Instant at) {
    if (!settings.enabled() || decision != Registration.ACCEPTED) {
      return;
    }
    synchronized (waiting) {
      if (waiting.size() < MOST_WAITING || waiting.containsKey(station.id())) {
        waiting.remove(station.id());
        waiting.put(station.id(), new Waiting(station, report, at.plus(settings.delay())));
      }
    }
  }

  /** Begins what is due; {@code app} calls it every second. */
  public void tick() {
    for (Waiting next : due()) {
      workers.execute(() -> read(next));
    }
  }

  private List<Waiting> due() {
    Instant now = time.now();
    List<Waiting> due = new ArrayList<>();
    synchronized (waiting) {
      Iterator<Waiting> all = waiting.values().iterator();
      while (due.size() < settings.perSecond() && all.hasNext()) {
        Waiting next = all.next();
        if (next.due().isAfter(now)) {
          break; // in the order of their boots
        }
        due.add(next);
        all.remove();
      }
    }
    return due;
  }

  private void read(Waiting next) {
    StationInfo station = next.station();
    try {
      switch (need(station, next.report())) {
        case NOTHING -> {}
        case MONITORS -> logged(station, orders.readMonitors(station, requestId()));
        case MODEL -> logged(station, orders.readModel(station, requestId()));
      }
    } catch (RuntimeException e) {
      LOG.warn("station {}: its model is not read", station.identity(), e);
    }
  }

  private Need need(StationInfo station, BootReport report) {
    String firmware = report.firmwareVersion() == null ? "" : report.firmwareVersion();
    StateStore.State state = states.read(station.id());
    if (modelIsDue(state, firmware)) {
      int times = firmware.equals(state.askedFirmware()) ? state.askedTimes() + 1 : 1;
      transactor.run(
          tx -> {
            models.lock(tx, station);
            states.asked(tx, station, firmware, times);
          });
      return Need.MODEL;
    }
    boolean monitors = report.protocol() == Protocol.OCPP_201 && states.hasMonitors(station.id());
    return monitors ? Need.MONITORS : Need.NOTHING;
  }

  /** The rule: not known or of another firmware, and not asked too often for this one. */
  static boolean modelIsDue(StateStore.State state, String firmware) {
    return !firmware.equals(state.modelFirmware())
        && (!firmware.equals(state.askedFirmware()) || state.askedTimes() < MOST_TIMES);
  }

  private int requestId() {
    return (int) (ids.next() & Integer.MAX_VALUE);
  }

  private static void logged(
      StationInfo station,
      java.util.concurrent.CompletionStage<org.ampay.station.CommandOutcome> asked) {
    var unused =
        asked.whenComplete(
            (outcome, fault) ->
                LOG.debug(
                    "station {}: asked for its model: {}", station.identity(), outcome, fault));
  }
}
