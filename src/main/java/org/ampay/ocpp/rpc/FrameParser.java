package org.ampay.ocpp.rpc;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import org.ampay.ocpp.wire.ErrorCode;
import org.ampay.ocpp.wire.Payload;
import org.ampay.ocpp.wire.Wire;
import org.ampay.station.Protocol;
import org.jspecify.annotations.Nullable;

/**
 * Reads one frame. Text that is not JSON from its first to its last byte has no id and no type,
 * however much of it could be read; JSON that is not a frame keeps the id it shows.
 */
final class FrameParser {

  private final JsonParser in;
  private final byte[] bytes;
  private final Protocol protocol;
  private final int maxIdLength;
  private int messageType;
  private @Nullable String id;

  private FrameParser(JsonParser in, byte[] bytes, Protocol protocol, int maxIdLength) {
    this.in = in;
    this.bytes = bytes;
    this.protocol = protocol;
    this.maxIdLength = maxIdLength;
  }

  static Frame parse(byte[] bytes, Protocol protocol, int maxIdLength) {
    if (!Wire.startsLikeUtf8(bytes, 0, bytes.length)) {
      return unreadable("not JSON in UTF-8");
    }
    try (JsonParser in = RpcCodec.FACTORY.createParser(bytes)) {
      return new FrameParser(in, bytes, protocol, maxIdLength).parse();
    } catch (IOException e) {
      return unreadable("not JSON");
    }
  }

  private static Frame unreadable(String reason) {
    return new Frame.Malformed(0, null, ErrorCode.RPC_FRAMEWORK_ERROR, reason);
  }

  private Frame parse() throws IOException {
    try {
      Frame frame = frame();
      return in.nextToken() == null || frame instanceof Frame.Malformed
          ? frame
          : unreadable("text after the frame");
    } catch (StreamConstraintsException e) {
      return malformed(ErrorCode.FORMAT_VIOLATION, "nested too deep or too long");
    }
  }

  private Frame frame() throws IOException {
    if (in.nextToken() != JsonToken.START_ARRAY) {
      return unreadable("not an array");
    }
    messageType = messageType(in.nextToken());
    boolean named = in.nextToken() == JsonToken.VALUE_STRING;
    if (named && in.getTextLength() <= maxIdLength) {
      id = in.getText();
    }
    if (messageType < RpcCodec.CALL || messageType > RpcCodec.CALL_ERROR) {
      return messageType == 0
          ? broken("no message type")
          : malformed(ErrorCode.MESSAGE_TYPE_NOT_SUPPORTED, "unknown message type");
    }
    if (id == null) {
      return broken(named ? "message id too long" : "no message id");
    }
    return switch (messageType) {
      case RpcCodec.CALL -> call(id);
      case RpcCodec.CALL_RESULT -> callResult(id);
      default -> callError(id);
    };
  }

  private int messageType(@Nullable JsonToken token) throws IOException {
    if (token != JsonToken.VALUE_NUMBER_INT) {
      return 0;
    }
    // A number too long for an int is a number still: of a type that nobody supports.
    return in.getTextLength() < 9 ? in.getIntValue() : Integer.MAX_VALUE;
  }

  private Frame call(String id) throws IOException {
    if (in.nextToken() != JsonToken.VALUE_STRING) {
      return broken("no action");
    }
    if (in.getTextLength() > RpcCodec.MAX_ACTION_LENGTH) {
      return malformed(ErrorCode.NOT_IMPLEMENTED, "action too long");
    }
    String action = in.getText();
    if (in.nextToken() == JsonToken.END_ARRAY) {
      return broken("no payload");
    }
    Payload payload = payload();
    return in.nextToken() == JsonToken.END_ARRAY
        ? new Frame.Call(id, action, payload)
        : broken("more than four elements");
  }

  private Frame callResult(String id) throws IOException {
    if (in.nextToken() == JsonToken.END_ARRAY) {
      return broken("no payload");
    }
    Payload payload = payload();
    return in.nextToken() == JsonToken.END_ARRAY
        ? new Frame.CallResult(id, payload)
        : broken("more than three elements");
  }

  /** Lenient: an error is an error also without its code, description or details. */
  private Frame callError(String id) throws IOException {
    String code = optionalText(in.nextToken());
    String description = optionalText(ended() ? JsonToken.END_ARRAY : in.nextToken());
    Payload details = Payload.EMPTY;
    if (!ended() && in.nextToken() != JsonToken.END_ARRAY) {
      details = payload();
      while (in.nextToken() != JsonToken.END_ARRAY) {
        in.skipChildren();
      }
    }
    return new Frame.CallError(id, code, description, details);
  }

  private boolean ended() {
    return in.currentToken() == JsonToken.END_ARRAY && in.getParsingContext().inRoot();
  }

  private String optionalText(@Nullable JsonToken token) throws IOException {
    if (token == JsonToken.VALUE_STRING) {
      return in.getText();
    }
    in.skipChildren();
    return "";
  }

  /** The value here, undecoded. Some 1.6 stations say null for a payload without fields. */
  private Payload payload() throws IOException {
    if (in.currentToken() == JsonToken.VALUE_NULL && protocol == Protocol.OCPP_16) {
      return Payload.EMPTY;
    }
    int start = (int) in.currentTokenLocation().getByteOffset();
    in.skipChildren();
    in.finishToken();
    int end = (int) in.currentLocation().getByteOffset();
    return new Payload(bytes, start, end - start);
  }

  /** JSON, but not a frame. */
  private Frame broken(String reason) {
    return malformed(ErrorCode.RPC_FRAMEWORK_ERROR, reason);
  }

  private Frame malformed(ErrorCode code, String reason) {
    return new Frame.Malformed(messageType, id, code, reason);
  }
}
