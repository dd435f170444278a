package org.ampay.station.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.ampay.base.IdSource;
import org.ampay.base.TestTime;
import org.ampay.cluster.LiveBus;
import org.ampay.cluster.LiveEvent;
import org.ampay.station.CommandOrder;
import org.ampay.station.CommandOutcome;
import org.ampay.station.CommandPort;
import org.ampay.station.Protocol;
import org.ampay.station.Sender;
import org.ampay.station.StationInfo;
import org.ampay.station.command.CommandQueue.Queued;
import org.ampay.store.GroupCommit;
import org.ampay.store.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The queue on a real database, with a gateway that a test plays; everything in one thread. */
class CommandQueueTest {

  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private static long lastId = 9_000_000_000L;
  private static long lastStation = 9_000_000;

  private final TestTime time = TestTime.monday();
  private final IdSource ids = () -> ++lastId;
  private final LiveBus bus = new LiveBus();
  private final List<LiveEvent> events = new ArrayList<>();
  private final PlayedGateway gateway = new PlayedGateway();
  private final StationInfo station = station(++lastStation);
  private final CommandQueueStore store = new CommandQueueStore(DATABASE.database());
  private CommandHistory history;
  private CommandQueue queue;

  /** Sends to one station; what it answers is up to the test. */
  private final class PlayedGateway implements CommandPort {
    private final List<String> sent = new ArrayList<>();
    private boolean ready;
    private Function<CommandOrder, CommandOutcome> answer =
        order -> new CommandOutcome.Answered("{\"status\":\"Accepted\"}");

    @Override
    public CompletionStage<CommandOutcome> send(StationInfo to, String action, String payload) {
      throw new AssertionError("the queue names its sender");
    }

    @Override
    public Sent send(StationInfo to, CommandOrder order) {
      CommandOutcome outcome = answer.apply(order);
      if (!(outcome instanceof CommandOutcome.NotConnected)) {
        sent.add(order.action());
        history.begun(to, order, Protocol.OCPP_16, order.payload());
        history.transmitted(to, order.recordId(), "m" + order.recordId(), time.now());
        time.advance(Duration.ofMillis(40));
        history.finished(to, order.recordId(), outcome, time.now());
      }
      return new Sent(order.recordId(), CompletableFuture.completedFuture(outcome));
    }

    @Override
    public boolean ready(long stationId) {
      return ready;
    }

    @Override
    public Optional<Protocol> connected(long stationId) {
      return ready ? Optional.of(Protocol.OCPP_16) : Optional.empty();
    }
  }

  @BeforeEach
  void open() {
    bus.subscribe(events::add);
    restart();
  }

  /** The server starts anew on the same database. */
  private void restart() {
    history =
        new CommandHistory(
            new GroupCommit<>(
                GroupCommit.Settings.of("command"),
                DATABASE.database().transactor(),
                new CommandStore(),
                new GroupCommit.Environment(
                    Runnable::run,
                    Runnable::run,
                    (pause, task) -> task.run(),
                    time,
                    new SimpleMeterRegistry())),
            ids,
            time,
            bus);
    queue =
        new CommandQueue(
            new CommandSettings(3, 3_600, 30),
            store,
            history,
            gateway,
            new CommandQueue.Environment(ids, time, Runnable::run, id -> Optional.of(station(id))));
    queue.load();
  }

  private static StationInfo station(long id) {
    return new StationInfo(id, 1, 1, "Q" + id, "CNY", 0, java.time.ZoneOffset.UTC, List.of());
  }

  private long add(String action, int seconds) {
    CommandOrder order = CommandOrder.of(Sender.of("user:lin@example.com"), action, "{}");
    return ((Queued.Waiting) queue.add(station, order, "1.6", seconds)).recordId();
  }

  private CommandRecord record(long id) {
    return store.find(1L, id).orElseThrow();
  }

  private CommandState state(long id) {
    return record(id).state();
  }

  @Test
  void stationReturns_commandsAreSentInOrder_andTheirAnswersKept() {
    long first = add("ClearCache", 60);
    long second = add("Reset", 60);
    assertThat(gateway.sent).isEmpty();
    assertThat(state(first)).isEqualTo(CommandState.QUEUED);
    gateway.ready = true;
    history.ready(station);
    assertThat(gateway.sent).containsExactly("ClearCache", "Reset");
    CommandRecord sent = record(first);
    assertThat(sent.state()).isEqualTo(CommandState.ANSWERED);
    assertThat(sent.sender().actor()).isEqualTo("user:lin@example.com");
    assertThat(sent.progress().answer()).isEqualTo("{\"status\":\"Accepted\"}");
    assertThat(sent.progress().messageId()).isEqualTo("m" + first);
    assertThat(sent.latency()).contains(Duration.ofMillis(40));
    assertThat(state(second)).isEqualTo(CommandState.ANSWERED);
    assertThat(events).contains(new LiveEvent.CommandChanged(1, station.id()));
    history.ready(station);
    assertThat(gateway.sent).hasSize(2);
  }

  @Test
  void stationIsThereAlready_commandIsSentAtOnce() {
    gateway.ready = true;
    assertThat(state(add("ClearCache", 60))).isEqualTo(CommandState.ANSWERED);
  }

  @Test
  void timeIsOver_commandIsDropped() {
    long shortLived = add("ClearCache", 10);
    long longLived = add("Reset", 100);
    time.advance(Duration.ofSeconds(10));
    gateway.ready = true;
    history.ready(station);
    assertThat(gateway.sent).containsExactly("Reset");
    queue.sweep();
    assertThat(state(shortLived)).isEqualTo(CommandState.EXPIRED);
    assertThat(state(longLived)).isEqualTo(CommandState.ANSWERED);
    assertThat(queue.holdsFor(station.id())).isFalse();
  }

  @Test
  void cancelledCommand_isNotSent() {
    long id = add("Reset", 60);
    assertThat(queue.cancel(station, id)).isTrue();
    assertThat(queue.cancel(station, id)).isFalse();
    gateway.ready = true;
    history.ready(station);
    assertThat(gateway.sent).isEmpty();
    assertThat(state(id)).isEqualTo(CommandState.CANCELLED);
  }

  @Test
  void tooMany_areRefused() {
    add("A", 60);
    add("B", 60);
    add("C", 60);
    assertThat(queue.add(station, CommandOrder.of(Sender.of("x"), "D", "{}"), "1.6", 60))
        .isEqualTo(new Queued.Full(3));
  }

  @Test
  void restart_keepsWhatWaits_andSendsItLater() {
    long id = add("Reset", 60);
    restart();
    gateway.ready = true;
    history.ready(station);
    assertThat(gateway.sent).containsExactly("Reset");
    assertThat(state(id)).isEqualTo(CommandState.ANSWERED);
  }

  @Test
  void crashBetweenNoteAndEnd_isShownAsUnknown_andNeverSentAgain() {
    long id = add("Reset", 60);
    assertThat(store.claim(station.id(), time.now()).orElseThrow().id()).isEqualTo(id);
    restart();
    assertThat(state(id)).isEqualTo(CommandState.UNKNOWN);
    gateway.ready = true;
    history.ready(station);
    queue.sweep();
    assertThat(gateway.sent).isEmpty();
  }

  @Test
  void connectionLostBeforeItsTurn_commandWaitsOn() {
    long id = add("Reset", 60);
    gateway.ready = true;
    gateway.answer = order -> new CommandOutcome.NotConnected();
    history.ready(station);
    assertThat(state(id)).isEqualTo(CommandState.QUEUED);
    gateway.answer = order -> new CommandOutcome.TimedOut();
    queue.sweep();
    assertThat(gateway.sent).containsExactly("Reset");
    assertThat(state(id)).isEqualTo(CommandState.TIMED_OUT);
    history.late(station, id, new CommandOutcome.Answered("{\"status\":\"Rejected\"}"), time.now());
    assertThat(state(id)).isEqualTo(CommandState.LATE);
    assertThat(record(id).progress().answer()).contains("Rejected");
  }

  @Test
  void oldOnes_areDeleted_butNotThoseThatWait() {
    gateway.ready = true;
    long old = add("ClearCache", 60);
    gateway.ready = false;
    time.advance(Duration.ofDays(31));
    long waiting = add("Reset", 60);
    queue.sweep();
    assertThat(store.find(1L, old)).isEmpty();
    assertThat(state(waiting)).isEqualTo(CommandState.QUEUED);
  }

  @Test
  void systemsReason_andErrors_areKept() {
    long id =
        history.begun(
            station,
            CommandOrder.of(Sender.system("renew the certificate"), "TriggerMessage", "{}"),
            Protocol.OCPP_201,
            "{}");
    history.finished(
        station, id, new CommandOutcome.Error("NotImplemented", "x".repeat(900)), time.now());
    CommandRecord record = record(id);
    assertThat(record.state()).isEqualTo(CommandState.ERROR);
    assertThat(record.sender()).isEqualTo(Sender.system("renew the certificate"));
    assertThat(record.progress().errorCode()).isEqualTo("NotImplemented");
    assertThat(record.progress().description()).hasSize(500);
    assertThat(store.newest(station.id(), CommandState.ERROR, Long.MAX_VALUE, 5)).hasSize(1);
    assertThat(store.newest(station.id(), CommandState.LATE, Long.MAX_VALUE, 5)).isEmpty();
    assertThat(store.find(2L, id)).as("another operator's").isEmpty();
  }
}
