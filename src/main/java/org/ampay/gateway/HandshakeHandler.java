package org.ampay.gateway;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker13;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.ampay.station.KnockWatch;
import org.ampay.station.Protocol;
import org.ampay.station.StationInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP part of a connection: who is it, may it come in, which protocol; then the upgrade. */
final class HandshakeHandler extends SimpleChannelInboundHandler<FullHttpRequest> {

  private static final Logger LOG = LoggerFactory.getLogger(HandshakeHandler.class);

  private final Gate gate;
  private boolean decided;

  HandshakeHandler(Gate gate) {
    this.gate = gate;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    ctx.executor()
        .schedule(
            () -> {
              if (!ctx.isRemoved()) {
                ctx.close();
              }
            },
            gate.settings().timeouts().handshakeSeconds(),
            TimeUnit.SECONDS);
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
    if (decided) {
      return; // whatever follows a refusal on the same connection
    }
    decided = true;
    if (!request.decoderResult().isSuccess()) {
      refuse(ctx, HttpResponseStatus.BAD_REQUEST, "not HTTP");
      return;
    }
    GatewaySettings settings = gate.settings();
    Optional<String> identity =
        HandshakeRequest.identity(
            request.uri(), settings.listen().pathPrefix(), settings.limits().maxIdentityLength());
    if (identity.isEmpty()) {
      refuse(ctx, HttpResponseStatus.NOT_FOUND, "no station at this path");
      return;
    }
    HttpResponseStatus upgrade = upgradeStatus(request);
    if (!upgrade.equals(HttpResponseStatus.SWITCHING_PROTOCOLS)) {
      refuse(ctx, upgrade, "a WebSocket upgrade, version 13, is wanted");
      return;
    }
    admit(ctx, request, identity.get());
  }

  private void admit(ChannelHandlerContext ctx, FullHttpRequest request, String identity) {
    Optional<HandshakeRequest.Basic> basic = HandshakeRequest.basic(request.headers());
    if (basic.isEmpty()) {
      refuse(ctx, HttpResponseStatus.UNAUTHORIZED, "unreadable credentials");
      return;
    }
    switch (gate.rooms()
        .credentials()
        .check(identity, basic.get().user(), basic.get().password())) {
      case WRONG -> refuse(ctx, HttpResponseStatus.UNAUTHORIZED, "wrong or missing credentials");
      case UNKNOWN_STATION -> {
        gate.rooms().knocks().knocked(knock(ctx, request, identity));
        refuse(ctx, HttpResponseStatus.NOT_FOUND, "unknown station");
      }
      case OK -> {
        Optional<StationInfo> station = gate.rooms().directory().byIdentity(identity);
        if (station.isEmpty()) {
          refuse(ctx, HttpResponseStatus.NOT_FOUND, "unknown station");
        } else if (!gate.hasRoom(station.get())) {
          refuse(ctx, HttpResponseStatus.SERVICE_UNAVAILABLE, "no room for more connections");
        } else {
          upgrade(ctx, request, station.get());
        }
      }
    }
  }

  private static KnockWatch.Knock knock(
      ChannelHandlerContext ctx, FullHttpRequest request, String identity) {
    SocketAddress remote = ctx.channel().remoteAddress();
    String address =
        remote instanceof InetSocketAddress inet && inet.getAddress() != null
            ? inet.getAddress().getHostAddress()
            : "";
    return new KnockWatch.Knock(
        identity,
        address,
        String.join(", ", request.headers().getAll(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL)),
        request.headers().contains(HttpHeaderNames.AUTHORIZATION));
  }

  private static HttpResponseStatus upgradeStatus(FullHttpRequest request) {
    HttpHeaders headers = request.headers();
    boolean wanted =
        headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true)
            && headers.containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true);
    if (!wanted || !"13".equals(headers.get(HttpHeaderNames.SEC_WEBSOCKET_VERSION))) {
      return HttpResponseStatus.UPGRADE_REQUIRED;
    }
    boolean wellFormed =
        HttpMethod.GET.equals(request.method())
            && headers.contains(HttpHeaderNames.SEC_WEBSOCKET_KEY)
            && !request.content().isReadable();
    return wellFormed ? HttpResponseStatus.SWITCHING_PROTOCOLS : HttpResponseStatus.BAD_REQUEST;
  }

  private void upgrade(ChannelHandlerContext ctx, FullHttpRequest request, StationInfo station) {
    Optional<Protocol> protocol = HandshakeRequest.protocol(request.headers());
    HttpHeaders answer = new DefaultHttpHeaders();
    protocol.ifPresent(p -> answer.set(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL, p.subprotocol()));
    WebSocketDecoderConfig decoder =
        WebSocketDecoderConfig.newBuilder()
            .maxFramePayloadLength(gate.settings().limits().maxMessageBytes())
            .expectMaskedFrames(true)
            .allowMaskMismatch(false)
            .allowExtensions(
                gate.settings().compression().enabled()
                    && request.headers().contains(HttpHeaderNames.SEC_WEBSOCKET_EXTENSIONS))
            .closeOnProtocolViolation(true)
            .withUTF8Validator(true)
            .build();
    new WebSocketServerHandshaker13("", null, decoder)
        .handshake(ctx.channel(), request, answer, ctx.channel().newPromise())
        .addListener(
            done -> {
              if (!done.isSuccess()) {
                ctx.close();
              } else if (protocol.isEmpty()) {
                closeForSubprotocol(ctx, station);
              } else {
                gate.metrics().handshake(HttpResponseStatus.SWITCHING_PROTOCOLS.code());
                gate.enter(ctx, station, protocol.get());
              }
            });
  }

  /** OCPP-J 1.6 section 3.2: finish the handshake without the header, then close. */
  private void closeForSubprotocol(ChannelHandlerContext ctx, StationInfo station) {
    gate.metrics().handshake(HttpResponseStatus.SWITCHING_PROTOCOLS.code());
    LOG.warn("station {}: offers no OCPP version that is spoken here; closing", station.identity());
    ctx.writeAndFlush(
            new CloseWebSocketFrame(
                WebSocketCloseStatus.PROTOCOL_ERROR, "no common OCPP subprotocol"))
        .addListener(ChannelFutureListener.CLOSE);
  }

  private void refuse(ChannelHandlerContext ctx, HttpResponseStatus status, String text) {
    gate.metrics().handshake(status.code());
    LOG.info("refused a connection from {}: {} {}", ctx.channel().remoteAddress(), status, text);
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            status,
            Unpooled.copiedBuffer(text + "\n", StandardCharsets.UTF_8));
    response.headers().set(HttpHeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8");
    response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    if (status.equals(HttpResponseStatus.UNAUTHORIZED)) {
      response.headers().set(HttpHeaderNames.WWW_AUTHENTICATE, "Basic realm=\"OCPP\"");
    } else if (status.equals(HttpResponseStatus.UPGRADE_REQUIRED)) {
      response.headers().set(HttpHeaderNames.CONNECTION, "upgrade, close");
      response.headers().set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET);
      response.headers().set(HttpHeaderNames.SEC_WEBSOCKET_VERSION, "13");
    }
    HttpUtil.setContentLength(response, response.content().readableBytes());
    ctx.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (!(cause instanceof IOException)) {
      LOG.info("refused a connection from {}: {}", ctx.channel().remoteAddress(), cause.toString());
    }
    ctx.close();
  }
}
