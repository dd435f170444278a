package org.ampay.gateway.tls;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.SslHandler;
import java.util.List;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

/**
 * Ends a connection whose peer begins a second handshake: TLS 1.2 allows it, and it costs us far
 * more than the peer. TLS 1.3 has no such record after the first handshake.
 */
final class NoRenegotiation extends SslHandler {

  private static final int HANDSHAKE_RECORD = 22;

  NoRenegotiation(SSLEngine engine, Executor handshakes) {
    super(engine, false, handshakes);
  }

  /** The reader index is always at the first byte of a record: its type. */
  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out)
      throws SSLException {
    if (handshakeFuture().isSuccess()
        && in.isReadable()
        && in.getUnsignedByte(in.readerIndex()) == HANDSHAKE_RECORD) {
      in.skipBytes(in.readableBytes());
      ctx.close();
    } else {
      super.decode(ctx, in, out);
    }
  }
}
