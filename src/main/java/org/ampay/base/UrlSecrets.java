package org.ampay.base;

import java.util.regex.Pattern;

/** Takes out of text what URLs give away: user and password, and the tokens of our file links. */
public final class UrlSecrets {

  /** The path below which our file links are; what follows its next element is a token. */
  public static final String FILES = "/station-files/";

  private static final String MASK = "***";

  /** Also where JSON has escaped the slashes. The user may hold anything but a slash or a quote. */
  private static final Pattern USER = Pattern.compile("(:\\\\?/\\\\?/)[^/\"\\\\\\s]*@");

  private static final Pattern TOKEN =
      Pattern.compile("(\\\\?/station-files\\\\?/(?:up|down)\\\\?/)[A-Za-z0-9_-]+");

  private UrlSecrets() {}

  /** The text, with {@code ***} for each secret; most texts have none and stay as they are. */
  public static String masked(String text) {
    String shown = text;
    if (shown.indexOf('@') >= 0) {
      shown = USER.matcher(shown).replaceAll("$1" + MASK + "@");
    }
    if (shown.contains("station-files")) {
      shown = TOKEN.matcher(shown).replaceAll("$1" + MASK);
    }
    return shown;
  }

  /** Whether something was taken out: such a text cannot be used again. */
  public static boolean isMasked(String text) {
    return text.contains(MASK);
  }
}
