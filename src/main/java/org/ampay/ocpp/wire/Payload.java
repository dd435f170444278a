package org.ampay.ocpp.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * JSON text that is not decoded yet: a slice of a frame. The bytes are shared with the frame and
 * must not be changed.
 */
public final class Payload {

  /** The text of an object without fields. */
  public static final Payload EMPTY = of("{}");

  private final byte[] bytes;
  private final int offset;
  private final int length;

  /** A slice of UTF-8 text. */
  public Payload(byte[] bytes, int offset, int length) {
    if (offset < 0 || length < 0 || length > bytes.length - offset) {
      throw new IllegalArgumentException("slice outside its bytes");
    }
    this.bytes = bytes;
    this.offset = offset;
    this.length = length;
  }

  /** Text as a payload. */
  public static Payload of(String json) {
    return of(json.getBytes(StandardCharsets.UTF_8));
  }

  /** UTF-8 text as a payload. */
  public static Payload of(byte[] utf8) {
    return new Payload(utf8, 0, utf8.length);
  }

  /** Length in bytes. */
  public int length() {
    return length;
  }

  /** The text. */
  public String text() {
    return text(0, length);
  }

  /** A copy of the bytes. */
  public byte[] toBytes() {
    return Arrays.copyOfRange(bytes, offset, offset + length);
  }

  /** Part of the text, by byte offsets within the slice. */
  String text(long start, long end) {
    return new String(bytes, offset + (int) start, (int) (end - start), StandardCharsets.UTF_8);
  }

  byte[] bytes() {
    return bytes;
  }

  int offset() {
    return offset;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Payload that
        && Arrays.equals(
            bytes, offset, offset + length, that.bytes, that.offset, that.offset + that.length);
  }

  @Override
  public int hashCode() {
    int hash = 1;
    for (int i = offset; i < offset + length; i++) {
      hash = 31 * hash + bytes[i];
    }
    return hash;
  }

  /** The length only: a payload may hold a password. */
  @Override
  public String toString() {
    return "Payload[" + length + " bytes]";
  }
}
