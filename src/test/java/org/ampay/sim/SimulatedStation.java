package org.ampay.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.ampay.charging.CoreWorld;
import org.ampay.charging.MeterReading;
import org.ampay.charging.SessionCommand;
import org.ampay.charging.SessionPort;
import org.ampay.charging.SessionReply;

/**
 * Plays a script as stations do: one report at a time, again until it is answered, now and then
 * once more although it was answered. Remembers what it was told.
 */
final class SimulatedStation {

  private final Script script;
  private final SeededMachine machine;
  private final Random random;
  private final Map<SessionCommand, SessionReply> told = new HashMap<>();
  private final Set<String> acknowledgedReadings = new HashSet<>();
  private final Set<Integer> transactions = new HashSet<>();
  private SessionPort port;
  private int next;
  private int transactionId;
  private long turn;

  SimulatedStation(Script script, SeededMachine machine, SessionPort port, Random random) {
    this.script = script;
    this.machine = machine;
    this.port = port;
    this.random = random;
  }

  boolean done() {
    return next == script.lines.size();
  }

  Script script() {
    return script;
  }

  /** Readings that were acknowledged, as {@code at/register}. */
  Set<String> acknowledgedReadings() {
    return acknowledgedReadings;
  }

  /** Transaction ids that it was given. */
  Set<Integer> transactions() {
    return transactions;
  }

  /** Connects, for the first time or to a new process: what was not answered is sent again. */
  void connect(SessionPort to) {
    port = to;
    turn++;
    send();
  }

  private void send() {
    if (done()) {
      return;
    }
    long asked = ++turn;
    SessionCommand command = script.lines.get(next).command(transactionId);
    port.submit(
            new SessionPort.Report(
                CoreWorld.station(script.stationId),
                script.protocol,
                command,
                "frame",
                receivedAt(command)))
        .thenAccept(reply -> machine.execute(() -> heard(asked, command, reply)));
  }

  /** The simulated station's clock is its script's; reports arrive a second later. */
  private Instant receivedAt(SessionCommand command) {
    return switch (command) {
      case SessionCommand.Start start -> start.at().plusSeconds(1);
      case SessionCommand.Stop stop -> stop.at().plusSeconds(1);
      case SessionCommand.Event event -> event.at().plusSeconds(1);
      case SessionCommand.ConnectorState state -> state.at().plusSeconds(1);
      case SessionCommand.Ruling ruling -> machine.now();
      case SessionCommand.Readings readings -> readings.readings().getFirst().at().plusSeconds(1);
    };
  }

  private void heard(long asked, SessionCommand command, SessionReply reply) {
    if (asked != turn) {
      return;
    }
    if (reply instanceof SessionReply.Unavailable) {
      machine.after(Duration.ofSeconds(1), this::send);
      return;
    }
    remember(command, reply);
    if (random.nextInt(10) > 0) {
      next++;
    }
    machine.after(Duration.ofMillis(random.nextInt(50)), this::send);
  }

  private void remember(SessionCommand command, SessionReply reply) {
    assertThat(reply).isNotInstanceOf(SessionReply.Quarantined.class);
    SessionReply before = told.putIfAbsent(command, Heard.of(reply));
    assertThat(before == null ? Heard.of(reply) : before)
        .as("a repeat hears the same: %s", command)
        .isEqualTo(Heard.of(reply));
    if (reply instanceof SessionReply.Started started) {
      transactionId = started.transactionId();
      transactions.add(transactionId);
    }
    for (MeterReading reading : readings(command)) {
      acknowledgedReadings.add(reading.at() + "/" + reading.register());
    }
  }

  private static List<MeterReading> readings(SessionCommand command) {
    return switch (command) {
      case SessionCommand.Readings readings -> readings.readings();
      case SessionCommand.Event event -> event.readings();
      case SessionCommand.Start start -> List.of();
      case SessionCommand.Stop stop -> List.of();
      case SessionCommand.ConnectorState state -> List.of();
      case SessionCommand.Ruling ruling -> List.of();
    };
  }
}
