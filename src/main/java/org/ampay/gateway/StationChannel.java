package org.ampay.gateway;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.ampay.station.Protocol;
import org.ampay.station.StationInfo;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One open connection of a station: its WebSocket messages in, frames out, and its end. What the
 * frames mean is the {@link Conversation}'s business.
 *
 * <p>Everything here runs on the connection's event loop, except {@link #replaced}, {@link #drain},
 * {@link #send} and {@link #command}, which hand over to it.
 */
final class StationChannel extends ChannelInboundHandlerAdapter {

  /** What other handlers of the pipeline tell. */
  enum Signal {
    /** The peer gave no sign of life, not even a pong. */
    SILENT
  }

  private static final Logger LOG = LoggerFactory.getLogger(StationChannel.class);

  /** How long the peer may take to answer our close frame. */
  private static final int CLOSE_SECONDS = 1;

  private final Gate gate;
  private final Channel channel;
  private final StationInfo station;
  private final Protocol protocol;
  private final int profile;
  private final ViolationLog violations;
  private final Conversation conversation;
  private final StationCommands commands;
  private final TokenBucket rate;
  private final CompletableFuture<Void> closed = new CompletableFuture<>();
  private boolean inRead;
  private boolean unflushed;
  private boolean ratePaused;
  private boolean closing;
  private volatile boolean settled;
  private long seenNanos;
  private long unwritableSince;

  StationChannel(Gate gate, Channel channel, StationInfo station, Protocol protocol, int profile) {
    this.gate = gate;
    this.channel = channel;
    this.station = station;
    this.protocol = protocol;
    this.profile = profile;
    long now = gate.machine().time().nanos();
    this.violations = new ViolationLog(station.identity(), gate.metrics(), now);
    this.conversation = new Conversation(gate, this);
    this.commands = new StationCommands(gate, this);
    int perSecond = gate.settings().limits().messagesPerSecond();
    this.rate = new TokenBucket(perSecond, perSecond, now);
    this.seenNanos = now - TimeUnit.DAYS.toNanos(1);
  }

  StationInfo station() {
    return station;
  }

  Protocol protocol() {
    return protocol;
  }

  /** The security profile that it came in under. */
  int profile() {
    return profile;
  }

  StationCommands commands() {
    return commands;
  }

  /** Counts and logs what the station did wrong. */
  void violation(Violation violation, String messageId, String text) {
    violations.report(violation, messageId, text, gate.machine().time().nanos());
  }

  boolean isWritable() {
    return !closing && channel.isWritable();
  }

  /** Its boot is answered, or it did not begin with one. */
  void settle() {
    settled = true;
  }

  boolean isSettled() {
    return settled;
  }

  boolean isClosing() {
    return closing;
  }

  void onEventLoop(Runnable task) {
    channel.eventLoop().execute(task);
  }

  private void later(long millis, Runnable task) {
    var unused = channel.eventLoop().schedule(task, millis, TimeUnit.MILLISECONDS);
  }

  /** Runs a task on the event loop later, unless the handle is run before. */
  Runnable schedule(long millis, Runnable task) {
    ScheduledFuture<?> scheduled =
        channel.eventLoop().schedule(task, millis, TimeUnit.MILLISECONDS);
    return () -> scheduled.cancel(false);
  }

  /** A newer connection took its place. */
  void replaced() {
    onEventLoop(() -> close(WebSocketCloseStatus.NORMAL_CLOSURE, "replaced by a new connection"));
  }

  /** The station was deleted, or must show its credentials anew. */
  void dismissed() {
    onEventLoop(() -> close(WebSocketCloseStatus.POLICY_VIOLATION, "connect again"));
  }

  /** Takes no further CALL, lets the running one be answered, then closes. */
  CompletionStage<Void> drain() {
    onEventLoop(conversation::drain);
    return closed;
  }

  /** Sends a frame, from any thread. */
  void send(byte[] frame) {
    if (channel.eventLoop().inEventLoop()) {
      write(frame);
    } else {
      onEventLoop(() -> write(frame));
    }
  }

  private void write(byte[] frame) {
    if (closing) {
      return;
    }
    channel.write(new TextWebSocketFrame(Unpooled.wrappedBuffer(frame)), channel.voidPromise());
    if (inRead) {
      unflushed = true;
    } else {
      channel.flush();
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    inRead = true;
    try {
      switch (message) {
        case CloseWebSocketFrame close -> closedByPeer(close);
        case Object _ when closing -> {} // said goodbye already
        case TextWebSocketFrame text -> text(ByteBufUtil.getBytes(text.content()));
        case PingWebSocketFrame ping -> pong(ping);
        case PongWebSocketFrame _ -> {}
        case BinaryWebSocketFrame _ -> binary();
        default -> LOG.debug("passed over {}", message.getClass());
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    inRead = false;
    if (unflushed) {
      unflushed = false;
      channel.flush();
    }
    ctx.fireChannelReadComplete();
  }

  private void text(byte[] bytes) {
    long now = gate.machine().time().nanos();
    if (now - seenNanos >= 1_000_000_000L) {
      seenNanos = now;
      gate.rooms().lifecycle().seen(station.id(), gate.machine().time().now());
    }
    rate.take(now);
    long debt = rate.debtNanos(now);
    if (debt > 0 && !ratePaused) {
      pauseForRate(debt);
    }
    conversation.receive(bytes);
  }

  private void pauseForRate(long debtNanos) {
    ratePaused = true;
    violation(Violation.RATE, "", "more messages a second than allowed; reading slowly");
    updateReading();
    later(
        debtNanos / 1_000_000 + 1,
        () -> {
          ratePaused = false;
          updateReading();
        });
  }

  /** Reads on, or not: a peer that is too fast for us is slowed down by TCP. */
  void updateReading() {
    boolean read = closing || (!ratePaused && channel.isWritable() && !conversation.isNearlyFull());
    channel.config().setAutoRead(read);
  }

  private void pong(PingWebSocketFrame ping) {
    channel.writeAndFlush(new PongWebSocketFrame(ping.content().retain()), channel.voidPromise());
  }

  private void binary() {
    violation(Violation.BINARY, "", "a binary message; closing");
    close(WebSocketCloseStatus.INVALID_MESSAGE_TYPE, "text messages only");
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (channel.isWritable()) {
      unwritableSince = 0;
      conversation.pump();
    } else if (unwritableSince == 0) {
      unwritableSince = Math.max(1, gate.machine().time().nanos());
      long since = unwritableSince;
      later(
          gate.settings().timeouts().slowReaderSeconds() * 1_000L,
          () -> {
            if (unwritableSince == since) {
              violation(Violation.SLOW_READER, "", "does not read what it is sent; closing");
              channel.close();
            }
          });
    }
    updateReading();
    ctx.fireChannelWritabilityChanged();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event == Signal.SILENT) {
      violation(Violation.SILENT, "", "no answer to a ping; closing");
      channel.close();
    } else {
      ctx.fireUserEventTriggered(event);
    }
  }

  /** Sends a close frame, and closes the connection when the peer has answered it, or soon. */
  void close(WebSocketCloseStatus status, String reason) {
    if (closing) {
      return;
    }
    closing = true;
    conversation.end();
    channel.writeAndFlush(new CloseWebSocketFrame(status, reason));
    updateReading();
    later(CLOSE_SECONDS * 1_000L, channel::close);
  }

  private void closedByPeer(CloseWebSocketFrame close) {
    if (closing) {
      channel.close();
      return;
    }
    closing = true;
    conversation.end();
    channel.writeAndFlush(close.retain()).addListener(ChannelFutureListener.CLOSE);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    closing = true;
    conversation.end();
    gate.leave(this);
    commands.disconnected();
    closed.complete(null);
    ctx.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    switch (cause) {
      case IOException _ -> channel.close(); // the peer is gone
      case TooLongFrameException _ -> tooLarge();
      case CorruptedWebSocketFrameException broken
          when broken.closeStatus().equals(WebSocketCloseStatus.MESSAGE_TOO_BIG) ->
          tooLarge();
      case DecoderException broken when broken.getCause() instanceof SSLException -> {
        violation(Violation.WEBSOCKET, "", "broken TLS: " + broken.getCause().getMessage());
        channel.close();
      }
      case DecoderException _ -> {
        violation(Violation.WEBSOCKET, "", String.valueOf(cause.getMessage()));
        close(WebSocketCloseStatus.PROTOCOL_ERROR, "broken WebSocket message");
      }
      default -> {
        gate.metrics().faults.increment();
        LOG.error("station {}: closing after a fault", station.identity(), cause);
        close(WebSocketCloseStatus.INTERNAL_SERVER_ERROR, "internal error");
      }
    }
  }

  private void tooLarge() {
    violation(Violation.TOO_LARGE, "", "a message above the limit; closing");
    close(WebSocketCloseStatus.MESSAGE_TOO_BIG, "message too big");
  }

  /** Notes a frame in the message log. */
  void log(
      boolean incoming,
      @Nullable String action,
      @Nullable String id,
      @Nullable String error,
      byte[] frame) {
    gate.log(
        new MessageLog.Entry(
            gate.machine().time().now(), station.id(), incoming, action, id, error, frame));
  }
}
