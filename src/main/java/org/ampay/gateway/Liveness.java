package org.ampay.gateway;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import java.util.concurrent.TimeUnit;

/** Pings a station that was silent for a while, and gives it up when that brings nothing. */
final class Liveness extends IdleStateHandler {

  private final int pongSeconds;
  private boolean pinged;

  Liveness(GatewaySettings.Timeouts timeouts) {
    super(timeouts.pingSeconds(), 0, 0, TimeUnit.SECONDS);
    this.pongSeconds = timeouts.pongSeconds();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object msg) throws Exception {
    pinged = false;
    super.channelRead(ctx, msg);
  }

  @Override
  protected void channelIdle(ChannelHandlerContext ctx, IdleStateEvent event) {
    if (!ctx.channel().config().isAutoRead() || pinged) {
      return; // we ourselves do not read at the moment, or the wait for the pong runs already
    }
    pinged = true;
    ctx.channel().writeAndFlush(new PingWebSocketFrame());
    ctx.executor()
        .schedule(
            () -> {
              if (pinged && ctx.channel().isActive()) {
                ctx.fireUserEventTriggered(StationChannel.Signal.SILENT);
              }
            },
            pongSeconds,
            TimeUnit.SECONDS);
  }
}
