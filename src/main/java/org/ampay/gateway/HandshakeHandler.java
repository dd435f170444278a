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
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.ampay.gateway.tls.StationTls;
import org.ampay.station.KnockWatch;
import org.ampay.station.Protocol;
import org.ampay.station.StationCredentials.Check;
import org.ampay.station.StationCredentials.Link;
import org.ampay.station.StationCredentials.Refusal;
import org.ampay.station.StationCredentials.Shown;
import org.ampay.station.StationInfo;
import org.jspecify.annotations.Nullable;
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
    Shown shown = new Shown(identity, basic.get().user(), basic.get().password(), link(ctx));
    judged(ctx, request, shown, gate.rooms().credentials().check(shown));
  }

  private static Link link(ChannelHandlerContext ctx) {
    SslHandler tls = ctx.pipeline().get(SslHandler.class);
    return tls == null ? Link.PLAIN : StationTls.link(tls);
  }

  private void judged(
      ChannelHandlerContext ctx, FullHttpRequest request, Shown shown, Check check) {
    switch (check) {
      case Check.In(int profile) -> welcome(ctx, request, shown, profile);
      case Check.Later() -> judgeLater(ctx, request, shown);
      case Check.Out(Refusal why) -> {
        if (why == Refusal.UNKNOWN_STATION) {
          gate.rooms().knocks().knocked(knock(ctx, request, shown.identity()));
        }
        refuse(ctx, status(why), why.text());
      }
    }
  }

  /** Beside the event loop: an authority is asked, or something is stored first. */
  private void judgeLater(ChannelHandlerContext ctx, FullHttpRequest request, Shown shown) {
    request.retain();
    var unused =
        gate.rooms()
            .credentials()
            .admit(shown)
            .whenComplete(
                (check, fault) ->
                    ctx.executor().execute(() -> judgedLater(ctx, request, shown, check)));
  }

  private void judgedLater(
      ChannelHandlerContext ctx, FullHttpRequest request, Shown shown, @Nullable Check check) {
    try {
      if (!ctx.isRemoved() && ctx.channel().isActive()) {
        judged(
            ctx,
            request,
            shown,
            check == null || check instanceof Check.Later
                ? new Check.Out(Refusal.UNDECIDED)
                : check);
      }
    } finally {
      request.release();
    }
  }

  private static HttpResponseStatus status(Refusal why) {
    return switch (why) {
      case UNKNOWN_STATION -> HttpResponseStatus.NOT_FOUND;
      case WRONG_PASSWORD, NOT_ENCRYPTED, OTHER_PROFILE, CERTIFICATE ->
          HttpResponseStatus.UNAUTHORIZED;
      case UNDECIDED -> HttpResponseStatus.SERVICE_UNAVAILABLE;
    };
  }

  private void welcome(
      ChannelHandlerContext ctx, FullHttpRequest request, Shown shown, int profile) {
    Optional<StationInfo> station = gate.rooms().directory().byIdentity(shown.identity());
    if (station.isEmpty()) {
      refuse(ctx, HttpResponseStatus.NOT_FOUND, "unknown station");
    } else if (!gate.hasRoom(station.get())) {
      refuse(ctx, HttpResponseStatus.SERVICE_UNAVAILABLE, "no room for more connections");
    } else {
      upgrade(
          ctx,
          request,
          protocol -> {
            gate.rooms().credentials().entered(station.get(), shown, profile);
            gate.enter(ctx, station.get(), protocol, profile);
          },
          shown.identity());
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

  private void upgrade(
      ChannelHandlerContext ctx,
      FullHttpRequest request,
      Consumer<Protocol> entering,
      String identity) {
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
                closeForSubprotocol(ctx, identity);
              } else {
                gate.metrics().handshake(HttpResponseStatus.SWITCHING_PROTOCOLS.code());
                entering.accept(protocol.get());
              }
            });
  }

  /** OCPP-J 1.6 section 3.2: finish the handshake without the header, then close. */
  private void closeForSubprotocol(ChannelHandlerContext ctx, String identity) {
    gate.metrics().handshake(HttpResponseStatus.SWITCHING_PROTOCOLS.code());
    LOG.warn("station {}: offers no OCPP version that is spoken here; closing", identity);
    ctx.writeAndFlush(
            new CloseWebSocketFrame(
                WebSocketCloseStatus.PROTOCOL_ERROR, "no common OCPP subprotocol"))
        .addListener(ChannelFutureListener.CLOSE);
  }

  private void refuse(ChannelHandlerContext ctx, HttpResponseStatus status, String text) {
    gate.metrics().handshake(status.code());
    if (!status.equals(HttpResponseStatus.UNAUTHORIZED)) {
      answer(ctx, status, text);
      return;
    }
    long now = gate.machine().time().nanos();
    switch (gate.wrongTries().wrong(ctx.channel().remoteAddress(), now)) {
      case AT_ONCE -> answer(ctx, status, text);
      case LATE -> {
        ctx.channel().closeFuture().addListener(closed -> gate.wrongTries().answered());
        ctx.executor()
            .schedule(() -> answer(ctx, status, text), WrongTries.DELAY_SECONDS, TimeUnit.SECONDS);
      }
      case NEVER -> ctx.close();
    }
  }

  private static void answer(ChannelHandlerContext ctx, HttpResponseStatus status, String text) {
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
    if (ctx.pipeline().get(SslHandler.class) != null && !decided) {
      gate.metrics().tlsRefused.increment();
    }
    if (!(cause instanceof IOException)) {
      LOG.info("refused a connection from {}: {}", ctx.channel().remoteAddress(), cause.toString());
    }
    ctx.close();
  }
}
