package org.ampay.gateway;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import java.util.concurrent.TimeUnit;

/** Pings a station that was silent for a while, and gives it up when that brings nothing. */
final class Liveness extends IdleStateHandler {

  private final int pongSeconds;

  /** Counts what came in, so that the wait for one pong is not taken for that of another. */
  private long heard;

  private long pingedAt = -1;

  Liveness(GatewaySettings.Timeouts timeouts) {
    super(timeouts.pingSeconds(), 0, 0, TimeUnit.SECONDS);
    this.pongSeconds = timeouts.pongSeconds();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object msg) throws Exception {
    heard++;
    super.channelRead(ctx, msg);
  }

  @Override
  protected void channelIdle(ChannelHandlerContext ctx, IdleStateEvent event) {
    if (!ctx.channel().config().isAutoRead() || pingedAt == heard) {
      return; // we ourselves do not read at the moment, or the wait for the pong runs already
    }
    pingedAt = heard;
    ctx.channel().writeAndFlush(new PingWebSocketFrame());
    long before = heard;
    var unused =
        ctx.executor()
            .schedule(
                () -> {
                  if (heard == before && ctx.channel().isActive()) {
                    ctx.fireUserEventTriggered(StationChannel.Signal.SILENT);
                  }
                },
                pongSeconds,
                TimeUnit.SECONDS);
  }
}
