package org.ampay.ocpp.rpc;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.ampay.ocpp.wire.ErrorCode;
import org.ampay.ocpp.wire.Payload;
import org.ampay.ocpp.wire.Wire;
import org.ampay.ocpp.wire.WireObject;
import org.ampay.station.Protocol;

/**
 * Text of a frame to {@link Frame} and back, by the rules of one OCPP version. The payload stays
 * undecoded: the reader of its action checks it.
 */
public final class RpcCodec {

  static final int CALL = 2;
  static final int CALL_RESULT = 3;
  static final int CALL_ERROR = 4;

  /** Message ids of 2.0.1 (OCPP-J 4.1.4). */
  static final int MAX_ID_LENGTH_201 = 36;

  /** 1.6 has the same limit, but its stations do not keep it. */
  static final int MAX_ID_LENGTH_16 = 255;

  static final int MAX_ACTION_LENGTH = 64;

  /** Of a CALLERROR's description (OCPP-J 4.2.3), in characters. */
  static final int MAX_DESCRIPTION_LENGTH = 255;

  /** A frame is one level around its payload. */
  static final JsonFactory FACTORY = Wire.factory(Wire.MAX_DEPTH + 1);

  private static final String UNKNOWN_ID = "-1";

  private final Protocol protocol;
  private final int maxIdLength;

  /** A codec for connections of this version. */
  public RpcCodec(Protocol protocol) {
    this.protocol = protocol;
    this.maxIdLength =
        switch (protocol) {
          case OCPP_16 -> MAX_ID_LENGTH_16;
          case OCPP_201 -> MAX_ID_LENGTH_201;
        };
  }

  /** Parses the UTF-8 text of a frame. The array is kept by the frame's payload. */
  public Frame parse(byte[] utf8) {
    return FrameParser.parse(utf8, protocol, maxIdLength);
  }

  /** Parses the text of a frame. */
  public Frame parse(String text) {
    return parse(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * What to send back for malformed text. 2.0.1: a CALLERROR, with id "-1" where none was read
   * (OCPP-J 4.2.3). 1.6: a CALLERROR when there is an id to answer to, else silence; frames of
   * unknown type are passed over (OCPP-J 1.6, 4.1.3). A broken answer is never answered.
   */
  public Optional<byte[]> answerTo(Frame.Malformed frame) {
    if (frame.messageType() == CALL_RESULT || frame.messageType() == CALL_ERROR) {
      return Optional.empty();
    }
    String id = frame.id();
    boolean silent =
        switch (protocol) {
          case OCPP_16 -> id == null || frame.code() == ErrorCode.MESSAGE_TYPE_NOT_SUPPORTED;
          case OCPP_201 -> false;
        };
    return silent
        ? Optional.empty()
        : Optional.of(callError(id == null ? UNKNOWN_ID : id, frame.code(), frame.reason()));
  }

  /** A CALL. */
  public byte[] call(String id, String action, WireObject payload) {
    return encode(
        out -> {
          out.writeNumber(CALL);
          out.writeString(id);
          out.writeString(action);
          payload.write(out);
        });
  }

  /** A CALL whose payload is JSON text already; it must have been checked. */
  public byte[] call(String id, String action, Payload payload) {
    return encode(
        out -> {
          out.writeNumber(CALL);
          out.writeString(id);
          out.writeString(action);
          out.writeRawValue(payload.text());
        });
  }

  /** A CALLRESULT. */
  public byte[] callResult(String id, WireObject payload) {
    return encode(
        out -> {
          out.writeNumber(CALL_RESULT);
          out.writeString(id);
          payload.write(out);
        });
  }

  /** A CALLERROR with empty details; a long description is cut. */
  public byte[] callError(String id, ErrorCode code, String description) {
    return encode(
        out -> {
          out.writeNumber(CALL_ERROR);
          out.writeString(id);
          out.writeString(code.text(protocol));
          out.writeString(cut(description));
          out.writeStartObject();
          out.writeEndObject();
        });
  }

  private static String cut(String description) {
    if (description.length() <= MAX_DESCRIPTION_LENGTH) {
      return description;
    }
    // Never between the halves of a surrogate pair.
    int end = MAX_DESCRIPTION_LENGTH;
    return description.substring(
        0, Character.isHighSurrogate(description.charAt(end - 1)) ? end - 1 : end);
  }

  private interface Content {
    void write(JsonGenerator out) throws IOException;
  }

  private static byte[] encode(Content content) {
    try (ByteArrayBuilder bytes = new ByteArrayBuilder(256)) {
      try (JsonGenerator out = FACTORY.createGenerator(bytes, JsonEncoding.UTF8)) {
        out.writeStartArray();
        content.write(out);
        out.writeEndArray();
      }
      return bytes.toByteArray();
    } catch (IOException e) {
      // Nothing here reads or writes a device.
      throw new UncheckedIOException(e);
    }
  }
}
