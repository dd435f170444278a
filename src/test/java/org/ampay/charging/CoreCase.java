package org.ampay.charging;

import static org.ampay.charging.Commands.at;
import static org.ampay.charging.Commands.event;
import static org.ampay.charging.Commands.start;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.ampay.station.Protocol;
import org.ampay.station.StationInfo;
import org.ampay.store.MemoryTransactor;
import org.ampay.store.StoreException;

/** The core on its in-memory twins, which do at once what they are asked for. */
abstract class CoreCase {

  static final StationInfo STATION = CoreWorld.station(1);

  private final AtOnce machine = new AtOnce();
  final Trouble trouble = new Trouble();
  final CoreWorld world = new CoreWorld(machine, trouble);

  /** A database that can be away. */
  static final class Trouble implements MemoryTransactor.Faults {
    boolean away;
    boolean poisoned;
    boolean answerLost;

    @Override
    public void beforeCommit() {
      if (away) {
        throw new StoreException.Unavailable("away", null);
      }
      if (poisoned) {
        poisoned = false;
        throw new IllegalStateException("cannot be written");
      }
    }

    @Override
    public void afterCommit() {
      if (answerLost) {
        answerLost = false;
        throw new IllegalStateException("connection lost");
      }
    }
  }

  SessionReply send16(SessionCommand command) {
    return send(STATION, Protocol.OCPP_16, command);
  }

  SessionReply send(SessionCommand.Event event) {
    return send(STATION, Protocol.OCPP_201, event);
  }

  SessionReply send(StationInfo station, Protocol protocol, SessionCommand command) {
    CompletableFuture<SessionReply> reply =
        world.send(station, protocol, command).toCompletableFuture();
    assertThat(reply).isDone();
    return reply.join();
  }

  SessionReply.Started started(SessionCommand.Start start) {
    return (SessionReply.Started) send16(start);
  }

  SessionReply.EventAnswered answered(Commands.EventBuilder event) {
    return (SessionReply.EventAnswered) send(event.build());
  }

  CoreWorld.Row only() {
    assertThat(world.rows()).hasSize(1);
    return world.rows().getFirst();
  }

  void later(long seconds) {
    machine.set(at(seconds));
  }
}
