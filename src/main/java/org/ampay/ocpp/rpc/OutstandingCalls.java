package org.ampay.ocpp.rpc;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.Consumer;
import org.ampay.base.TimeSource;
import org.ampay.ocpp.wire.Payload;
import org.jspecify.annotations.Nullable;

/**
 * The CALLs toward one connected station. One is outstanding at a time (OCPP-J 4.1.1), the others
 * wait in order in a bounded queue. Every call gets exactly one {@link CallOutcome}.
 *
 * <p>May be used by any thread. Frames are sent and outcomes told without a lock held.
 */
public final class OutstandingCalls {

  /** Writes a frame to the connection, without waiting. */
  @FunctionalInterface
  public interface Sender {
    void send(byte[] frame);
  }

  /** Hears of answers that nobody waits for. They are harmless, and worth a line in the log. */
  public interface Listener {
    /** The answer to a call that had timed out, so long after it was sent. */
    void late(String id, String action, Duration after, CallOutcome answer);

    /** An answer to an id that was never sent here, or was answered before. */
    void unknown(String id, CallOutcome answer);
  }

  /** Whoever wants to know what becomes of a call. Told by whatever thread brings it. */
  public interface Waiter {
    /** Its turn has come: it is written to the connection now. */
    void transmitted(String id);

    /** Its end, told once. */
    void done(CallOutcome outcome);
  }

  /**
   * Limits of a connection.
   *
   * @param maxWaiting calls that wait for their turn
   * @param timeout from sending a call to its answer
   */
  public record Limits(int maxWaiting, Duration timeout) {
    public Limits {
      if (maxWaiting < 0 || !timeout.isPositive()) {
        throw new IllegalArgumentException("limits must not be negative");
      }
    }
  }

  /** How many timed-out calls are remembered, to tell a late answer from a wrong one. */
  private static final int REMEMBERED = 32;

  private static final class Pending {
    final String id;
    final String action;
    final byte[] frame;
    final Waiter waiter;
    long sentNanos;
    CallTimer.@Nullable Scheduled timeout;

    Pending(String id, String action, byte[] frame, Waiter waiter) {
      this.id = id;
      this.action = action;
      this.frame = frame;
      this.waiter = waiter;
    }
  }

  private final RpcCodec codec;
  private final CallIds ids;
  private final Limits limits;
  private final Sender sender;
  private final CallTimer timer;
  private final TimeSource time;
  private final Listener listener;

  /** What is left of a call that timed out. */
  private record Expired(String action, long sentNanos) {}

  private final Object lock = new Object();
  private final Queue<Pending> waiting = new ArrayDeque<>();
  private final Map<String, Expired> timedOut = new LinkedHashMap<>();
  private @Nullable Pending current;
  private boolean disconnected;

  /** The calls of a new connection. */
  public OutstandingCalls(
      RpcCodec codec,
      CallIds ids,
      Limits limits,
      Sender sender,
      CallTimer timer,
      TimeSource time,
      Listener listener) {
    this.codec = codec;
    this.ids = ids;
    this.limits = limits;
    this.sender = sender;
    this.timer = timer;
    this.time = time;
    this.listener = listener;
  }

  /**
   * Sends a call now or when its turn comes.
   *
   * @param payload checked JSON text of the request
   * @param done told the outcome once, by whatever thread brings it
   */
  public void call(String action, Payload payload, Consumer<CallOutcome> done) {
    call(
        action,
        payload,
        new Waiter() {
          @Override
          public void transmitted(String id) {}

          @Override
          public void done(CallOutcome outcome) {
            done.accept(outcome);
          }
        });
  }

  /** The same for one who also wants to know when it is sent. */
  public void call(String action, Payload payload, Waiter waiter) {
    String id = ids.next();
    Pending call = new Pending(id, action, codec.call(id, action, payload), waiter);
    CallOutcome refusal = null;
    synchronized (lock) {
      if (disconnected) {
        refusal = new CallOutcome.Disconnected(false);
      } else if (current == null) {
        current = call;
      } else if (waiting.size() < limits.maxWaiting()) {
        waiting.add(call);
        return;
      } else {
        refusal = new CallOutcome.QueueFull();
      }
    }
    if (refusal == null) {
      transmit(call);
    } else {
      waiter.done(refusal);
    }
  }

  /** How many calls wait for their turn. */
  public int waiting() {
    synchronized (lock) {
      return waiting.size();
    }
  }

  /** The action of the call that is outstanding under this id; null when there is none. */
  public @Nullable String action(String id) {
    synchronized (lock) {
      return current != null && current.id.equals(id) ? current.action : null;
    }
  }

  /** Takes an answer; other frames are none of its business. */
  public void receive(Frame frame) {
    switch (frame) {
      case Frame.CallResult result ->
          answered(result.id(), new CallOutcome.Answered(result.payload()));
      case Frame.CallError error ->
          answered(
              error.id(),
              new CallOutcome.Error(error.code(), error.description(), error.details()));
      case Frame.Malformed(int type, String id, var _, String reason)
          when id != null && (type == RpcCodec.CALL_RESULT || type == RpcCodec.CALL_ERROR) ->
          answered(id, new CallOutcome.Error("", reason, Payload.EMPTY));
      case Frame.Malformed _, Frame.Call _ -> {}
    }
  }

  /** The connection has ended: all calls fail, and so does every later one. */
  public void disconnected() {
    List<Pending> failed = new ArrayList<>();
    synchronized (lock) {
      disconnected = true;
      if (current != null) {
        failed.add(current);
        current = null;
      }
      failed.addAll(waiting);
      waiting.clear();
    }
    RuntimeException first = null;
    for (Pending call : failed) {
      try {
        finish(call, new CallOutcome.Disconnected(call.timeout != null));
      } catch (RuntimeException e) {
        // One caller's fault must not leave the others waiting for ever.
        first = first == null ? e : first;
      }
    }
    if (first != null) {
      throw first;
    }
  }

  private void transmit(Pending call) {
    synchronized (lock) {
      if (current != call) {
        return;
      }
      call.sentNanos = time.nanos();
      call.timeout = timer.after(limits.timeout(), () -> timeOut(call));
    }
    call.waiter.transmitted(call.id);
    sender.send(call.frame);
  }

  private void timeOut(Pending call) {
    Pending next;
    synchronized (lock) {
      if (current != call) {
        return;
      }
      timedOut.put(call.id, new Expired(call.action, call.sentNanos));
      if (timedOut.size() > REMEMBERED) {
        timedOut.remove(timedOut.keySet().iterator().next());
      }
      next = advance();
    }
    finishAndGoOn(call, new CallOutcome.TimedOut(), next);
  }

  private void answered(String id, CallOutcome outcome) {
    Pending call;
    Expired late;
    Pending next = null;
    synchronized (lock) {
      call = current != null && current.id.equals(id) ? current : null;
      late = timedOut.remove(id);
      if (call != null) {
        next = advance();
      }
    }
    if (call != null) {
      finishAndGoOn(call, outcome, next);
    } else if (late != null) {
      Duration after = Duration.ofNanos(time.nanos() - late.sentNanos());
      listener.late(id, late.action(), after, outcome);
    } else {
      listener.unknown(id, outcome);
    }
  }

  private @Nullable Pending advance() {
    current = waiting.poll();
    return current;
  }

  private void finishAndGoOn(Pending call, CallOutcome outcome, @Nullable Pending next) {
    try {
      finish(call, outcome);
    } finally {
      if (next != null) {
        transmit(next);
      }
    }
  }

  private static void finish(Pending call, CallOutcome outcome) {
    CallTimer.Scheduled timeout = call.timeout;
    if (timeout != null) {
      timeout.cancel();
    }
    call.waiter.done(outcome);
  }
}
