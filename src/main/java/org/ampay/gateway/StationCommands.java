package org.ampay.gateway;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.ampay.gateway.UnansweredCalls.Unanswered;
import org.ampay.ocpp.rpc.CallIds;
import org.ampay.ocpp.rpc.CallOutcome;
import org.ampay.ocpp.rpc.CallTimer;
import org.ampay.ocpp.rpc.Frame;
import org.ampay.ocpp.rpc.OutstandingCalls;
import org.ampay.ocpp.wire.MessageType;
import org.ampay.ocpp.wire.Payload;
import org.ampay.ocpp.wire.WireException;
import org.ampay.ocpp.wire.WireObject;
import org.ampay.station.CommandOutcome;
import org.jspecify.annotations.Nullable;

/** Our CALLs on one connection: one outstanding at a time, answers checked by their dictionary. */
final class StationCommands {

  /** Calls that wait for their turn; who sends more has lost count. */
  private static final int MAX_WAITING = 100;

  private final Gate gate;
  private final StationChannel channel;
  private final OutstandingCalls calls;
  private final Set<String> triggered = new HashSet<>(2);

  StationCommands(Gate gate, StationChannel channel) {
    this.gate = gate;
    this.channel = channel;
    this.calls =
        new OutstandingCalls(
            gate.codec(channel.protocol()),
            new CallIds(gate.machine().random()),
            new OutstandingCalls.Limits(
                MAX_WAITING, Duration.ofSeconds(gate.settings().timeouts().callSeconds())),
            this::transmit,
            this::after,
            gate.machine().time(),
            new Answers());
  }

  /**
   * Sends a CALL and waits for its answer; from any thread.
   *
   * @param recordId of its record in the history
   * @param queued it goes back to the queue when it cannot be sent
   * @param payload checked already
   * @param triggers the actions that the station will call because of it
   */
  CompletionStage<CommandOutcome> call(
      long recordId,
      boolean queued,
      MessageType<?, ?> type,
      Payload payload,
      Set<String> triggers) {
    synchronized (triggered) {
      triggered.addAll(triggers);
    }
    Command command = new Command(recordId, queued, type);
    calls.call(type.action(), payload, command);
    return command.outcome;
  }

  /** Whether we asked the station on this connection to call that action. */
  boolean hasTriggered(String action) {
    synchronized (triggered) {
      return triggered.contains(action);
    }
  }

  /** The action of the CALL that is outstanding under this id; null when there is none. */
  @Nullable String action(String messageId) {
    return calls.action(messageId);
  }

  /** An answer, or something that may be a broken one. */
  void receive(Frame frame) {
    calls.receive(frame);
  }

  void disconnected() {
    calls.disconnected();
  }

  private void transmit(byte[] frame) {
    if (gate.codec(channel.protocol()).parse(frame) instanceof Frame.Call call) {
      channel.log(false, call.action(), call.id(), null, frame);
    }
    channel.send(frame);
  }

  private CallTimer.Scheduled after(Duration delay, Runnable task) {
    return channel.schedule(delay.toMillis(), task)::run;
  }

  /** One of our commands. */
  private final class Command implements OutstandingCalls.Waiter {

    private final CompletableFuture<CommandOutcome> outcome = new CompletableFuture<>();
    private final long recordId;
    private final boolean queued;
    private final MessageType<?, ?> type;
    private volatile @Nullable String messageId;
    private volatile long sentNanos;

    Command(long recordId, boolean queued, MessageType<?, ?> type) {
      this.recordId = recordId;
      this.queued = queued;
      this.type = type;
    }

    @Override
    public void transmitted(String id) {
      messageId = id;
      sentNanos = gate.machine().time().nanos();
      gate.rooms()
          .watch()
          .transmitted(channel.station(), recordId, id, gate.machine().time().now());
    }

    @Override
    public void done(CallOutcome answer) {
      String id = messageId;
      boolean givenUp =
          answer instanceof CallOutcome.TimedOut || answer instanceof CallOutcome.Disconnected;
      if (givenUp && id != null) {
        gate.unanswered()
            .add(channel.station().id(), id, new Unanswered(recordId, type, sentNanos));
      }
      // Whoever waits goes on by a thread of its own: not on the event loop.
      gate.machine().callbacks().execute(() -> finish(answer));
    }

    private void finish(CallOutcome answer) {
      CommandOutcome checked = checked(type, answer);
      if (!queued || !(checked instanceof CommandOutcome.NotConnected)) {
        gate.rooms()
            .watch()
            .finished(channel.station(), recordId, masked(checked), gate.machine().time().now());
      }
      outcome.complete(checked);
      complain(type, checked);
    }
  }

  private void complain(MessageType<?, ?> type, CommandOutcome checked) {
    if (checked instanceof CommandOutcome.Invalid(String _, String description)) {
      String text = "answer to " + type.action() + ": " + description;
      channel.onEventLoop(() -> channel.violation(Violation.INVALID_ANSWER, "", text));
    }
  }

  private void learn(WireObject response) {
    gate.edge(channel.protocol()).learn(channel.station().id(), response);
  }

  private CommandOutcome checked(MessageType<?, ?> type, CallOutcome outcome) {
    return switch (outcome) {
      case CallOutcome.Answered(Payload payload) -> {
        try {
          learn(type.readResponse(payload));
          yield new CommandOutcome.Answered(payload.text());
        } catch (WireException broken) {
          yield new CommandOutcome.Invalid(payload.text(), String.valueOf(broken.getMessage()));
        }
      }
      case CallOutcome.Error(String code, String description, Payload _) ->
          code.isEmpty()
              ? new CommandOutcome.Invalid("null", description)
              : new CommandOutcome.Error(code, description);
      case CallOutcome.TimedOut _ -> new CommandOutcome.TimedOut();
      // Sent: the station may have acted on it. Nothing can come on this connection any more.
      case CallOutcome.Disconnected(boolean sent) ->
          sent ? new CommandOutcome.TimedOut() : new CommandOutcome.NotConnected();
      case CallOutcome.QueueFull _ ->
          new CommandOutcome.Error("InternalError", "not sent: too many commands wait already");
    };
  }

  /** For the history, which must not hold a password. */
  private static CommandOutcome masked(CommandOutcome outcome) {
    return switch (outcome) {
      case CommandOutcome.Answered(String payload) ->
          new CommandOutcome.Answered(Secrets.masked(payload));
      case CommandOutcome.Invalid(String payload, String description) ->
          new CommandOutcome.Invalid(Secrets.masked(payload), description);
      case CommandOutcome.Error _,
          CommandOutcome.UnknownAction _,
          CommandOutcome.BadPayload _,
          CommandOutcome.NotConnected _,
          CommandOutcome.TimedOut _ ->
          outcome;
    };
  }

  /** Answers that nobody waits for. */
  private final class Answers implements OutstandingCalls.Listener {

    @Override
    public void late(String id, String action, Duration after, CallOutcome answer) {
      unknown(id, answer);
    }

    @Override
    public void unknown(String id, CallOutcome answer) {
      gate.unanswered()
          .take(channel.station().id(), id)
          .ifPresentOrElse(
              call -> late(id, call, answer),
              () ->
                  channel.violation(
                      Violation.UNEXPECTED_ANSWER, id, "an answer to nothing that was asked"));
    }

    private void late(String id, Unanswered call, CallOutcome answer) {
      long millis = (gate.machine().time().nanos() - call.sentNanos()) / 1_000_000;
      String text = call.type().action() + " answered after " + millis + " ms";
      channel.violation(Violation.LATE_ANSWER, id, text);
      gate.rooms()
          .watch()
          .late(
              channel.station(),
              call.recordId(),
              masked(checked(call.type(), answer)),
              gate.machine().time().now());
    }
  }
}
