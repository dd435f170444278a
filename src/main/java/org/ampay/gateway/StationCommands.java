package org.ampay.gateway;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.ampay.ocpp.rpc.CallIds;
import org.ampay.ocpp.rpc.CallOutcome;
import org.ampay.ocpp.rpc.CallTimer;
import org.ampay.ocpp.rpc.Frame;
import org.ampay.ocpp.rpc.OutstandingCalls;
import org.ampay.ocpp.wire.MessageType;
import org.ampay.ocpp.wire.Payload;
import org.ampay.ocpp.wire.WireException;
import org.ampay.station.CommandOutcome;

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
   * @param payload checked already
   * @param triggers the actions that the station will call because of it
   */
  CompletionStage<CommandOutcome> call(
      MessageType<?, ?> type, Payload payload, Set<String> triggers) {
    CompletableFuture<CommandOutcome> outcome = new CompletableFuture<>();
    synchronized (triggered) {
      triggered.addAll(triggers);
    }
    calls.call(
        type.action(),
        payload,
        // Whoever waits goes on by a thread of its own: not on the event loop.
        answer -> gate.machine().callbacks().execute(() -> finish(type, answer, outcome)));
    return outcome;
  }

  /** Whether we asked the station on this connection to call that action. */
  boolean hasTriggered(String action) {
    synchronized (triggered) {
      return triggered.contains(action);
    }
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

  private void finish(
      MessageType<?, ?> type, CallOutcome answer, CompletableFuture<CommandOutcome> outcome) {
    CommandOutcome checked = checked(type, answer);
    outcome.complete(checked);
    if (checked instanceof CommandOutcome.Invalid(String _, String description)) {
      String text = "answer to " + type.action() + ": " + description;
      channel.onEventLoop(() -> channel.violation(Violation.INVALID_ANSWER, "", text));
    }
  }

  private static CommandOutcome checked(MessageType<?, ?> type, CallOutcome outcome) {
    return switch (outcome) {
      case CallOutcome.Answered(Payload payload) -> {
        try {
          type.readResponse(payload);
          yield new CommandOutcome.Answered(payload.text());
        } catch (WireException broken) {
          yield new CommandOutcome.Invalid(payload.text(), String.valueOf(broken.getMessage()));
        }
      }
      case CallOutcome.Error(String code, String description, Payload _) ->
          code.isEmpty()
              ? new CommandOutcome.Invalid("null", description)
              : new CommandOutcome.Error(code, description);
      // Sent or not: the station may have acted on it.
      case CallOutcome.TimedOut _, CallOutcome.Disconnected _ -> new CommandOutcome.TimedOut();
      case CallOutcome.QueueFull _ ->
          new CommandOutcome.Error("InternalError", "not sent: too many commands wait already");
    };
  }

  /** Answers that nobody waits for. */
  private final class Answers implements OutstandingCalls.Listener {

    @Override
    public void late(String id, String action, Duration after) {
      channel.violation(
          Violation.LATE_ANSWER, id, action + " answered after " + after.toMillis() + " ms");
    }

    @Override
    public void unknown(String id) {
      channel.violation(Violation.UNEXPECTED_ANSWER, id, "an answer to nothing that was asked");
    }
  }
}
