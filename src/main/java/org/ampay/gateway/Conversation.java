package org.ampay.gateway;

import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.ampay.ocpp.edge.CallAnswer;
import org.ampay.ocpp.edge.StationCall;
import org.ampay.ocpp.edge.StationEdge;
import org.ampay.ocpp.rpc.Frame;
import org.ampay.ocpp.rpc.RpcCodec;
import org.ampay.ocpp.wire.ErrorCode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The CALLs of one connection: they wait in a bounded mailbox and are answered one at a time, in
 * order, each when what it reported is stored. Answers to our own CALLs do not wait behind them.
 *
 * <p>Everything runs on the connection's event loop.
 */
final class Conversation {

  private static final Logger LOG = LoggerFactory.getLogger(Conversation.class);

  /** What a waiting CALL costs beside its bytes. */
  private static final int CALL_OVERHEAD_BYTES = 200;

  /** A CALL that came in. */
  private record Waiting(Frame.Call call, byte[] frame, Instant at) {}

  private final Gate gate;
  private final StationChannel channel;
  private final RpcCodec codec;
  private final StationEdge edge;
  private final StationMailbox<Waiting> mailbox;
  private @Nullable Waiting running;
  private boolean draining;

  Conversation(Gate gate, StationChannel channel) {
    this.gate = gate;
    this.channel = channel;
    this.codec = gate.codec(channel.protocol());
    this.edge = gate.edge(channel.protocol());
    GatewaySettings.Limits limits = gate.settings().limits();
    this.mailbox = new StationMailbox<>(limits.mailboxFrames(), 4L * limits.maxMessageBytes());
  }

  /** Takes one text message. */
  void receive(byte[] text) {
    Frame frame = codec.parse(text);
    switch (frame) {
      case Frame.Call call -> {
        channel.log(true, call.action(), call.id(), null, text);
        gate.metrics().calls.increment();
        called(call, text);
      }
      case Frame.CallResult result -> {
        channel.log(true, channel.commands().action(result.id()), result.id(), null, text);
        gate.metrics().answers.increment();
        channel.commands().receive(result);
      }
      case Frame.CallError error -> {
        String asked = channel.commands().action(error.id());
        channel.log(true, asked, error.id(), error.code(), text);
        gate.metrics().answers.increment();
        channel.commands().receive(error);
      }
      case Frame.Malformed malformed -> {
        String id = malformed.id();
        channel.log(true, id == null ? null : channel.commands().action(id), id, null, text);
        malformed(malformed);
      }
    }
  }

  boolean isNearlyFull() {
    return mailbox.nearlyFull();
  }

  /** Begins what waits, as long as nothing is running and the peer reads what it is sent. */
  void pump() {
    while (running == null && !draining && channel.isWritable()) {
      Waiting next = mailbox.poll();
      if (next == null) {
        break;
      }
      begin(next);
    }
    channel.updateReading();
  }

  /** Takes nothing more; closes when the running CALL is answered. */
  void drain() {
    draining = true;
    mailbox.clear(); // not answered, so the station will send them again
    if (running == null) {
      channel.close(WebSocketCloseStatus.ENDPOINT_UNAVAILABLE, "going away");
    }
  }

  /** The connection ends: nothing that waits will be answered. */
  void end() {
    mailbox.clear();
  }

  private void called(Frame.Call call, byte[] text) {
    if (draining) {
      return;
    }
    if (isInFlight(call.id())) {
      // Judged like any other: the core knows a repeat by its content, and a station whose ids
      // are all the same still gets its answers.
      channel.violation(
          Violation.DUPLICATE_ID, call.id(), call.action() + " with the id of an open call");
    }
    Waiting waiting = new Waiting(call, text, gate.machine().time().now());
    if (!mailbox.offer(waiting, text.length + CALL_OVERHEAD_BYTES)) {
      channel.violation(Violation.MAILBOX_FULL, call.id(), "too many calls wait; closing");
      channel.close(WebSocketCloseStatus.POLICY_VIOLATION, "too many unanswered calls");
      return;
    }
    pump();
  }

  private boolean isInFlight(String id) {
    Waiting now = running;
    return now != null
        && (now.call.id().equals(id) || mailbox.anyMatch(other -> other.call.id().equals(id)));
  }

  private void malformed(Frame.Malformed malformed) {
    Violation kind =
        malformed.code() == ErrorCode.MESSAGE_TYPE_NOT_SUPPORTED
            ? Violation.MESSAGE_TYPE
            : Violation.MALFORMED;
    String id = malformed.id();
    channel.violation(kind, id == null ? "" : id, malformed.reason());
    channel.commands().receive(malformed);
    codec.answerTo(malformed).ifPresent(channel::send);
  }

  private void begin(Waiting next) {
    running = next;
    Frame.Call call = next.call;
    boolean triggered = channel.commands().hasTriggered(call.action());
    CompletableFuture<CallAnswer> answer;
    try {
      answer =
          edge.handle(
                  new StationCall(
                      gate.current(channel.station()),
                      call.action(),
                      call.payload(),
                      next.frame,
                      next.at,
                      triggered))
              .toCompletableFuture();
    } catch (RuntimeException fault) {
      LOG.error("station {}: fault in {}", channel.station().identity(), call.action(), fault);
      gate.metrics().faults.increment();
      finish(next, new CallAnswer.Refused(ErrorCode.INTERNAL_ERROR, "internal error"));
      return;
    }
    if (answer.isDone() && !answer.isCompletedExceptionally()) {
      finish(next, answer.join());
    } else {
      answer.whenComplete((value, fault) -> channel.onEventLoop(() -> later(next, value, fault)));
    }
  }

  /** An answer that had to wait for the commit. */
  private void later(Waiting call, @Nullable CallAnswer value, @Nullable Throwable fault) {
    if (value != null) {
      finish(call, value);
    } else {
      LOG.warn(
          "station {} message {}: {} is not stored",
          channel.station().identity(),
          ViolationLog.printable(call.call.id()),
          call.call.action(),
          fault);
      finish(call, new CallAnswer.NoAnswer("not stored"));
    }
    pump();
  }

  private void finish(Waiting waiting, CallAnswer answer) {
    running = null;
    if (!channel.isClosing()) {
      answer(waiting.call, answer);
      if (draining) {
        channel.close(WebSocketCloseStatus.ENDPOINT_UNAVAILABLE, "going away");
      }
    }
  }

  private void answer(Frame.Call call, CallAnswer answer) {
    switch (answer) {
      case CallAnswer.Result result -> {
        if (!result.doubt().isEmpty()) {
          channel.violation(
              Violation.SCHEMA, call.id(), call.action() + " confirmed although " + result.doubt());
        }
        byte[] frame = result(call, result);
        channel.log(false, call.action(), call.id(), null, frame);
        channel.send(frame);
        if (call.action().equals("BootNotification")) {
          gate.settled(channel);
        }
        if (result.isFollowed()) {
          gate.machine().callbacks().execute(() -> follow(call, result.then()));
        }
      }
      case CallAnswer.Refused refused -> {
        channel.violation(
            kind(refused.code()), call.id(), call.action() + ": " + refused.description());
        byte[] frame = codec.callError(call.id(), refused.code(), refused.description());
        String code = refused.code().text(channel.protocol());
        channel.log(false, call.action(), call.id(), code, frame);
        channel.send(frame);
      }
      case CallAnswer.NoAnswer unavailable -> {
        gate.metrics().unavailable.increment();
        LOG.warn(
            "station {} message {}: {} cannot be stored ({}); closing",
            channel.station().identity(),
            ViolationLog.printable(call.id()),
            call.action(),
            unavailable.reason());
        channel.close(WebSocketCloseStatus.TRY_AGAIN_LATER, "try again later");
      }
    }
  }

  private void follow(Frame.Call call, Runnable then) {
    try {
      then.run();
    } catch (RuntimeException fault) {
      LOG.error("station {}: after {}", channel.station().identity(), call.action(), fault);
      gate.metrics().faults.increment();
    }
  }

  private byte[] result(Frame.Call call, CallAnswer.Result result) {
    try {
      return codec.callResult(call.id(), result.payload());
    } catch (RuntimeException fault) {
      LOG.error("station {}: cannot write {}", channel.station().identity(), result, fault);
      return codec.callError(call.id(), ErrorCode.INTERNAL_ERROR, "internal error");
    }
  }

  private static Violation kind(ErrorCode code) {
    return switch (code) {
      case NOT_IMPLEMENTED, NOT_SUPPORTED -> Violation.ACTION;
      case SECURITY_ERROR -> Violation.NOT_ACCEPTED;
      case FORMAT_VIOLATION,
          PROPERTY_CONSTRAINT_VIOLATION,
          OCCURRENCE_CONSTRAINT_VIOLATION,
          TYPE_CONSTRAINT_VIOLATION,
          INTERNAL_ERROR,
          PROTOCOL_ERROR,
          GENERIC_ERROR,
          RPC_FRAMEWORK_ERROR,
          MESSAGE_TYPE_NOT_SUPPORTED ->
          Violation.SCHEMA;
    };
  }
}
