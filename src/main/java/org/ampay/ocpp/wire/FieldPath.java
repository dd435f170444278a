package org.ampay.ocpp.wire;

import com.fasterxml.jackson.core.JsonStreamContext;
import org.jspecify.annotations.Nullable;

/** Where a parser stands, as {@code meterValue[0].sampledValue[1].value}. */
final class FieldPath {

  private static final int MAX_NAME_LENGTH = 100;

  private FieldPath() {}

  static String of(@Nullable JsonStreamContext context) {
    StringBuilder path = new StringBuilder();
    append(path, context);
    return path.toString();
  }

  private static void append(StringBuilder path, @Nullable JsonStreamContext context) {
    if (context == null) {
      return;
    }
    append(path, context.getParent());
    if (context.inArray() && context.hasCurrentIndex()) {
      path.append('[').append(context.getCurrentIndex()).append(']');
    } else if (context.inObject() && context.getCurrentName() != null) {
      path.append(path.isEmpty() ? "" : ".");
      name(path, context.getCurrentName());
    }
  }

  /**
   * An unknown field's name is the station's invention: it may be long or hold control characters.
   */
  private static void name(StringBuilder path, String name) {
    int length = Math.min(name.length(), MAX_NAME_LENGTH);
    for (int i = 0; i < length; i++) {
      char c = name.charAt(i);
      path.append(Character.isISOControl(c) || Character.isSurrogate(c) ? '?' : c);
    }
  }
}
