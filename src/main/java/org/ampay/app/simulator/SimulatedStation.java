package org.ampay.app.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.ampay.app.simulator.Recorder.Acknowledged;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A charging station. Its public methods may be called from any thread. */
public final class SimulatedStation {

  private static final Logger LOG = LoggerFactory.getLogger(SimulatedStation.class);
  private static final Duration BOOT_RETRY = Duration.ofSeconds(10);

  private final SimulatorLoop loop;
  private final StationSpec spec;
  private final Dialect dialect;
  private final Recorder recorder;
  private final StationLink link;
  private final List<SimulatedEvse> evses;
  private final AtomicInteger refusals = new AtomicInteger();
  private boolean booted;
  private String bootReason = "PowerUp";
  private SimulatorLoop.@Nullable Timer heartbeat;

  SimulatedStation(
      SimulatorLoop loop, URI server, StationSpec spec, Recorder recorder, Random random) {
    this.loop = loop;
    this.spec = spec;
    this.recorder = recorder;
    this.dialect = spec.version().equals("1.6") ? new Dialect16(spec) : new Dialect201(spec);
    this.link =
        new StationLink(
            loop, server.resolve(encoded(spec.identity())), spec, dialect, random, new Handler());
    this.evses =
        spec.outlets().stream()
            .map(outlet -> new SimulatedEvse(loop, link, dialect, spec, outlet, random))
            .toList();
  }

  /** As a path element. */
  private static String encoded(String identity) {
    return URLEncoder.encode(identity, StandardCharsets.UTF_8).replace("+", "%20");
  }

  public StationSpec spec() {
    return spec;
  }

  public void connect() {
    loop.run(link::connect);
  }

  public boolean connected() {
    return link.isConnected();
  }

  /** How many transaction messages wait for their acknowledgement. */
  public int unacknowledged() {
    return link.unacknowledged();
  }

  /** How many transaction messages the central system has refused for good. */
  public int refusals() {
    return refusals.get();
  }

  /** A car arrives, its driver plugs it in and presents a token. */
  public void start(int evseNo, String token) {
    loop.run(
        () -> {
          SimulatedEvse evse = evse(evseNo);
          evse.plugIn(Vehicle.random(new Random(evseNo)));
          evse.present(token, () -> LOG.info("{}: {} refused", spec.identity(), token));
        });
  }

  /** The driver presents the token again and drives away. */
  public void stop(int evseNo) {
    loop.run(
        () -> {
          evse(evseNo).stop(StopCause.TOKEN);
          evse(evseNo).unplug();
        });
  }

  /** The network is gone for a while. */
  public void disconnect(Duration away) {
    loop.run(() -> link.disconnect(away));
  }

  void close() {
    link.close();
  }

  List<SimulatedEvse> evses() {
    return evses;
  }

  private SimulatedEvse evse(int evseNo) {
    return evses.stream()
        .filter(evse -> evse.outlet().evseNo() == evseNo)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no EVSE " + evseNo));
  }

  private void boot() {
    Call.Message message = dialect.boot(bootReason);
    link.boot(Call.of(message, this::bootAnswered));
  }

  private void bootAnswered(JsonNode answer) {
    Duration interval = Duration.ofSeconds(Math.max(1, answer.path("interval").asInt(300)));
    if (!answer.path("status").asText().equals("Accepted")) {
      loop.afterReal(interval.compareTo(BOOT_RETRY) < 0 ? interval : BOOT_RETRY, this::boot);
      return;
    }
    booted = true;
    bootReason = "RemoteReset";
    link.registered();
    evses.forEach(SimulatedEvse::reportStatus);
    beat(interval);
  }

  private void beat(Duration interval) {
    if (heartbeat != null) {
      heartbeat.cancel();
    }
    heartbeat =
        loop.afterReal(
            interval,
            () -> {
              sendHeartbeat();
              beat(interval);
            });
  }

  private void sendHeartbeat() {
    link.call(Call.of(new Call.Message("Heartbeat", Json::object), answer -> {}));
  }

  /** What the link and the commands do to the station. */
  private final class Handler implements StationLink.Station, StationControls {

    @Override
    public void opened() {
      if (!booted) {
        boot();
        return;
      }
      evses.forEach(SimulatedEvse::reportStatus);
    }

    @Override
    public Optional<ObjectNode> command(String action, JsonNode payload) {
      return dialect.answer(action, payload, this);
    }

    @Override
    public void acknowledged(Call call) {
      Call.Fact fact = call.fact;
      if (fact != null) {
        String action = call.action;
        recorder.acknowledged(
            new Acknowledged(
                spec.identity(),
                action,
                fact.kind().name().toLowerCase(java.util.Locale.ROOT),
                String.valueOf(fact.charge().transactionId),
                fact.sample().at(),
                action.equals("MeterValues") || action.equals("TransactionEvent"),
                fact.sample().registerWh()));
      }
    }

    @Override
    public void gaveUp(Call call, String error) {
      refusals.incrementAndGet();
      LOG.warn("{} gave up {}: {}", spec.identity(), call.action, error);
    }

    @Override
    public boolean remoteStart(int evseNo, String token, @Nullable Integer remoteStartId) {
      for (SimulatedEvse evse : evses) {
        boolean meant = evseNo == 0 || evse.outlet().evseNo() == evseNo;
        if (meant && evse.remoteStart(token, remoteStartId)) {
          return true;
        }
      }
      return false;
    }

    @Override
    public boolean remoteStop(String transactionId) {
      for (SimulatedEvse evse : evses) {
        Charge charge = evse.charge();
        if (charge != null && transactionId.equals(charge.transactionId)) {
          loop.run(() -> evse.stop(StopCause.REMOTE));
          return true;
        }
      }
      return false;
    }

    @Override
    public void setAvailable(int evseNo, boolean available) {
      for (SimulatedEvse evse : evses) {
        if (evseNo == 0 || evse.outlet().evseNo() == evseNo) {
          evse.setAvailable(available);
        }
      }
    }

    @Override
    public void reset() {
      loop.after(
          Duration.ofSeconds(1),
          () -> {
            evses.forEach(evse -> evse.stop(StopCause.RESET));
            booted = false;
            link.unregistered();
            link.disconnect(Duration.ofSeconds(2));
          });
    }

    @Override
    public boolean trigger(String message) {
      switch (message) {
        case "BootNotification" -> loop.run(SimulatedStation.this::boot);
        case "Heartbeat" -> loop.run(SimulatedStation.this::sendHeartbeat);
        case "StatusNotification" -> loop.run(() -> evses.forEach(SimulatedEvse::reportStatus));
        default -> {
          return false;
        }
      }
      return true;
    }

    @Override
    public void setPassword(String password) {
      link.setPassword(password);
    }

    @Override
    public boolean hasTransaction(String transactionId) {
      return evses.stream()
          .anyMatch(
              evse -> evse.charge() != null && transactionId.equals(evse.charge().transactionId));
    }

    @Override
    public boolean transactionRunning() {
      return evses.stream().anyMatch(evse -> evse.charge() != null);
    }

    @Override
    public void setLimitW(double limitW) {
      evses.forEach(evse -> evse.setLimitW(limitW));
    }
  }
}
