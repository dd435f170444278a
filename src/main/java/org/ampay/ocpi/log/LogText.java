package org.ampay.ocpi.log;

import java.util.regex.Pattern;

/** What of a call's texts may be kept. */
final class LogText {

  /**
   * What credentials carry; in any body, because partners send them to wrong addresses, too. A
   * string that the cut left without its end is masked as well.
   */
  private static final Pattern TOKEN =
      Pattern.compile("(\"token\"\\s*:\\s*\")(?:[^\"\\\\]|\\\\.)*+(\"|\\\\?$)");

  private LogText() {}

  static String masked(String body) {
    return body.contains("\"token\"") ? TOKEN.matcher(body).replaceAll("$1***\"") : body;
  }

  /** At most so many characters; never half a surrogate pair, which no database takes. */
  static String cut(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(most - 2)) ? most - 2 : most - 1;
    return text.substring(0, end) + "…";
  }
}
