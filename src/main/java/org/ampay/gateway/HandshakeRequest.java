package org.ampay.gateway;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.ampay.station.Protocol;

/** What a station's HTTP request says: pure functions over its path and headers. */
final class HandshakeRequest {

  private HandshakeRequest() {}

  /**
   * User name and password of an Authorization header; both empty when there is none.
   *
   * @param password raw bytes, as A01 allows any
   */
  record Basic(String user, byte[] password) {
    static final Basic NONE = new Basic("", new byte[0]);
  }

  /**
   * The percent-decoded last element of the path; empty when the path is not below the prefix or
   * the element cannot be an identity. An identity with a colon cannot be a Basic user name (OCPP-J
   * 2.0.1, A00.FR.204), so no station has one.
   */
  static Optional<String> identity(String uri, String prefix, int maxLength) {
    int query = uri.indexOf('?');
    String path = query < 0 ? uri : uri.substring(0, query);
    if (!path.startsWith(prefix) || path.indexOf('/', prefix.length()) >= 0) {
      return Optional.empty();
    }
    return percentDecoded(path.substring(prefix.length()))
        .filter(id -> !id.isEmpty() && id.length() <= maxLength && id.indexOf(':') < 0);
  }

  /** The first subprotocol of the station's list that we speak. */
  static Optional<Protocol> protocol(HttpHeaders headers) {
    for (String header : headers.getAll(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL)) {
      for (String offered : header.split(",", -1)) {
        String name = offered.strip();
        for (Protocol protocol : Protocol.values()) {
          if (protocol.subprotocol().equals(name)) {
            return Optional.of(protocol);
          }
        }
      }
    }
    return Optional.empty();
  }

  /** The Basic credentials; empty when the header is there and is not of that form. */
  static Optional<Basic> basic(HttpHeaders headers) {
    String header = headers.get(HttpHeaderNames.AUTHORIZATION);
    if (header == null) {
      return Optional.of(Basic.NONE);
    }
    if (!header.regionMatches(true, 0, "Basic ", 0, 6)) {
      return Optional.empty();
    }
    byte[] decoded;
    try {
      decoded = Base64.getDecoder().decode(header.substring(6).strip());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    for (int i = 0; i < decoded.length; i++) {
      if (decoded[i] == ':') {
        String user = new String(decoded, 0, i, StandardCharsets.UTF_8);
        return Optional.of(new Basic(user, Arrays.copyOfRange(decoded, i + 1, decoded.length)));
      }
    }
    return Optional.empty();
  }

  private static Optional<String> percentDecoded(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '%') {
        int high = i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
        int low = high >= 0 ? Character.digit(text.charAt(i + 2), 16) : -1;
        if (low < 0) {
          return Optional.empty();
        }
        bytes.write(high << 4 | low);
        i += 2;
      } else if (c > ' ' && c < 127) {
        bytes.write(c);
      } else {
        return Optional.empty();
      }
    }
    return utf8(bytes.toByteArray());
  }

  private static Optional<String> utf8(byte[] bytes) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }
}
