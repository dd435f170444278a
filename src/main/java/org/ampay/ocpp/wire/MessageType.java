package org.ampay.ocpp.wire;

import org.ampay.ocpp.wire.WireReader.Item;
import org.ampay.station.Protocol;

/**
 * One action of one OCPP version: its request and its response.
 *
 * @param <Q> the record of the request
 * @param <A> the record of the response
 */
public final class MessageType<Q extends WireObject, A extends WireObject> {

  private final Protocol protocol;
  private final String action;
  private final Direction direction;
  private final String block;
  private final Item<Q> request;
  private final Item<A> response;

  /**
   * Made by the generated code only.
   *
   * @param block functional block or feature profile, {@code Core}, {@code E Transactions}
   */
  public MessageType(
      Protocol protocol,
      String action,
      Direction direction,
      String block,
      Item<Q> request,
      Item<A> response) {
    this.protocol = protocol;
    this.action = action;
    this.direction = direction;
    this.block = block;
    this.request = request;
    this.response = response;
  }

  /** The version whose message it is. */
  public Protocol protocol() {
    return protocol;
  }

  /** The name in a CALL, {@code BootNotification}. */
  public String action() {
    return action;
  }

  /** Who sends the request. */
  public Direction direction() {
    return direction;
  }

  /** Functional block or feature profile. */
  public String block() {
    return block;
  }

  /** Reads and checks a request. */
  public Q readRequest(Payload payload) throws WireException {
    return WireReader.read(payload, protocol, request);
  }

  /** Reads and checks a request of ours: also a field that 1.6 would pass over is refused. */
  public Q readOwnRequest(Payload payload) throws WireException {
    return WireReader.readOwn(payload, protocol, request);
  }

  /** Reads and checks a request of UTF-8 text. */
  public Q readRequest(byte[] utf8) throws WireException {
    return readRequest(Payload.of(utf8));
  }

  /** Reads and checks a response. */
  public A readResponse(Payload payload) throws WireException {
    return WireReader.read(payload, protocol, response);
  }

  /** Reads and checks a response of UTF-8 text. */
  public A readResponse(byte[] utf8) throws WireException {
    return readResponse(Payload.of(utf8));
  }

  @Override
  public String toString() {
    return action + " of OCPP " + protocol.version();
  }
}
