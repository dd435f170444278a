package org.ampay.sim;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.ampay.access.IdToken;
import org.ampay.base.Energy;
import org.ampay.charging.Commands;
import org.ampay.charging.MeterReading;
import org.ampay.charging.SessionCommand;
import org.ampay.charging.SessionCommand.EventType;
import org.ampay.station.Protocol;
import org.jspecify.annotations.Nullable;

/**
 * What a station will report, whatever happens to its connection: sessions with readings and
 * pauses. Made from the seed alone, so that a run with faults can be compared with one without.
 */
final class Script {

  /** A report; the transaction's id is put in when it is known. */
  interface Line {
    SessionCommand command(int transactionId);
  }

  final long stationId;
  final Protocol protocol;
  final List<Line> lines = new ArrayList<>();

  /** How many sessions it holds, and how many of them must end finished. */
  int sessions;

  int billed;

  private final Random random;
  private Instant now = Commands.T0;
  private long wh = 1_000;

  /** A stop that the station has not sent yet. */
  private @Nullable Line lateStop;

  Script(long stationId, Random random) {
    this.stationId = stationId;
    this.random = random;
    this.protocol = random.nextBoolean() ? Protocol.OCPP_16 : Protocol.OCPP_201;
    int count = 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      session(i, i + 1 == count);
    }
    if (lateStop != null) {
      lines.add(lateStop);
      lateStop = null;
    }
  }

  private void session(int number, boolean last) {
    boolean refused = random.nextInt(6) == 0;
    sessions++;
    billed += refused ? 0 : 1;
    String token = (refused ? "BAD" : "TAG") + random.nextInt(5);
    if (protocol == Protocol.OCPP_16) {
      session16(token, refused, last);
    } else {
      session201("tx-" + number, token, refused);
    }
    pass(30 + random.nextInt(600));
  }

  private void session16(String token, boolean refused, boolean lastOne) {
    Line owed = lateStop;
    lateStop = null;
    Instant begin = now;
    Energy first = Energy.ofWh(wh);
    lines.add(
        id -> new SessionCommand.Start(Commands.PLACE, IdToken.untyped(token), first, begin, null));
    if (owed != null) {
      lines.add(owed);
    }
    int[] own = new int[1];
    int readings = refused ? 0 : random.nextInt(8);
    for (int i = 0; i < readings; i++) {
      charge();
      if (random.nextInt(4) == 0) {
        Instant at = now;
        String word = random.nextBoolean() ? "SuspendedEV" : "Charging";
        lines.add(id -> new SessionCommand.ConnectorState(Commands.PLACE, word, at));
      }
      MeterReading reading = reading();
      lines.add(
          id ->
              new SessionCommand.Readings(
                  Commands.PLACE, Optional.of(own(own, id)), List.of(reading), null));
    }
    if (!refused) {
      charge();
    }
    Instant end = now;
    Energy last = Energy.ofWh(wh);
    Line stop =
        id -> new SessionCommand.Stop(own(own, id), null, last, end, "Local", List.of(), null);
    // The stop of a session with readings may come when the next one has begun.
    if (readings > 0 && !lastOne && random.nextInt(4) == 0) {
      lateStop = stop;
    } else {
      lines.add(stop);
    }
  }

  /** The transaction of the session that the line was made for. */
  private static String own(int[] own, int current) {
    if (own[0] == 0) {
      own[0] = current;
    }
    return String.valueOf(own[0]);
  }

  private void session201(String transactionId, String token, boolean refused) {
    boolean cableFirst = random.nextInt(3) == 0;
    int from = lines.size();
    int seqNo = 0;
    event(EventType.STARTED, transactionId, seqNo++, cableFirst ? null : token, "EVConnected");
    if (cableFirst) {
      pass(20);
      event(EventType.UPDATED, transactionId, seqNo++, token, "EVConnected");
    }
    int readings = refused ? 0 : random.nextInt(8);
    for (int i = 0; i < readings; i++) {
      charge();
      String word = random.nextInt(4) == 0 ? "SuspendedEV" : "Charging";
      event(EventType.UPDATED, transactionId, seqNo++, null, word);
    }
    if (refused) {
      pass(5);
    } else {
      charge();
    }
    event(EventType.ENDED, transactionId, seqNo, null, null);
    disturb(from + (cableFirst ? 2 : 1));
  }

  /** Events overtake each other, come after the end, or never. */
  private void disturb(int firstUpdate) {
    int updates = lines.size() - 1 - firstUpdate;
    if (updates < 1) {
      return;
    }
    int chosen = firstUpdate + random.nextInt(updates);
    switch (random.nextInt(6)) {
      case 0 -> lines.add(Math.min(chosen + 2, lines.size() - 1), lines.remove(chosen));
      case 1 -> lines.add(lines.remove(chosen));
      case 2 -> lines.remove(chosen);
      default -> {}
    }
  }

  private void event(
      EventType type,
      String transactionId,
      int seqNo,
      @Nullable String token,
      @Nullable String chargingState) {
    SessionCommand.Event event =
        new SessionCommand.Event(
            type,
            transactionId,
            seqNo,
            now,
            "Trigger",
            false,
            Commands.PLACE,
            token == null ? null : new IdToken(token, "ISO14443"),
            chargingState,
            null,
            null,
            null,
            List.of(reading()));
    lines.add(id -> event);
  }

  private MeterReading reading() {
    return new MeterReading(now, "Sample.Periodic", Energy.ofWh(wh), null, null, null, null, null);
  }

  private void charge() {
    int seconds = 10 + random.nextInt(300);
    pass(seconds);
    wh += random.nextInt(seconds * 15);
  }

  private void pass(long seconds) {
    now = now.plusSeconds(seconds).plusMillis(random.nextInt(1000));
  }
}
