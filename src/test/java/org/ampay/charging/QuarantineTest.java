package org.ampay.charging;

import static org.ampay.charging.Commands.readings;
import static org.ampay.charging.Commands.register;
import static org.ampay.charging.Commands.start;
import static org.ampay.charging.Commands.stop;
import static org.assertj.core.api.Assertions.assertThat;

import org.ampay.station.Protocol;
import org.ampay.station.StationInfo;
import org.ampay.store.MemoryTransactor;
import org.junit.jupiter.api.Test;

/** A decision that cannot be committed is put aside; the station goes on. */
class QuarantineTest {

  private static final StationInfo STATION = CoreWorld.station(1);

  private final Poison poison = new Poison();
  private final CoreWorld world = new CoreWorld(new AtOnce(), poison);

  /** The next so many commits fail for good. */
  private static final class Poison implements MemoryTransactor.Faults {
    private int left;

    @Override
    public void beforeCommit() {
      if (left > 0) {
        left--;
        throw new IllegalStateException("data too long for column");
      }
    }
  }

  private SessionReply send(SessionCommand command) {
    return world.send(STATION, Protocol.OCPP_16, command).toCompletableFuture().join();
  }

  @Test
  void poisonedStart_getsATransactionId() {
    send(readings(5, register(0, 1)));
    poison.left = 2;
    SessionReply reply = send(start("TAG1", 0, 0));
    assertThat(reply)
        .isInstanceOfSatisfying(
            SessionReply.Quarantined.class, q -> assertThat(q.transactionId()).isPositive());
    assertThat(world.quarantined()).isOne();
  }

  @Test
  void poisonedReading_doesNotSpoilTheSession() {
    SessionReply.Started started = (SessionReply.Started) send(start("TAG1", 0, 0));
    poison.left = 2;
    assertThat(send(readings(started.transactionId(), register(0, 1))))
        .isInstanceOf(SessionReply.Quarantined.class);
    send(stop(started.transactionId(), 0, 2));
    assertThat(world.rows().getFirst().state()).isEqualTo("finished");
    assertThat(world.meters().counter("ampay.facts.quarantined").count()).isEqualTo(1);
  }
}
