package org.ampay.gateway;

import io.netty.channel.ChannelHandler;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtensionFilter;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtensionFilterProvider;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketServerExtensionHandler;
import io.netty.handler.codec.http.websocketx.extensions.compression.PerMessageDeflateServerExtensionHandshaker;

/**
 * permessage-deflate (RFC 7692). Short messages go uncompressed, and a compressor exists only once
 * a long one was sent: a compressor's window costs more memory than the rest of a connection.
 * Whoever offers to do without the window between messages is taken at his word. What a message may
 * grow to is limited while it is unpacked.
 */
final class Deflate implements WebSocketExtensionFilterProvider {

  private static final int LARGEST_WINDOW = 15;

  private final WebSocketExtensionFilter encoder;

  private Deflate(int thresholdBytes) {
    this.encoder = frame -> !isWorthIt(frame, thresholdBytes);
  }

  static ChannelHandler handler(GatewaySettings settings) {
    return new WebSocketServerExtensionHandler(
        new PerMessageDeflateServerExtensionHandshaker(
            settings.compression().level(),
            false,
            LARGEST_WINDOW,
            true,
            true,
            new Deflate(settings.compression().thresholdBytes()),
            settings.limits().maxMessageBytes()));
  }

  private static boolean isWorthIt(WebSocketFrame frame, int thresholdBytes) {
    return frame instanceof TextWebSocketFrame
        && frame.isFinalFragment()
        && frame.content().readableBytes() >= thresholdBytes;
  }

  @Override
  public WebSocketExtensionFilter encoderFilter() {
    return encoder;
  }

  @Override
  public WebSocketExtensionFilter decoderFilter() {
    return WebSocketExtensionFilter.NEVER_SKIP;
  }
}
