package org.ampay.web.console;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ampay.ocpi.location.Place;

/** A site that partners are not told of in full, and why. */
public record UntoldRow(Place place, List<Trouble> troubles) {

  public UntoldRow {
    troubles = List.copyOf(troubles);
  }

  /**
   * One thing that is wrong.
   *
   * @param station whose page to go to; empty: the site itself is meant
   */
  public record Trouble(String text, String station) {

    /** {@code evse ID/2: no connector with a standard}; an identity may have a slash. */
    private static final Pattern EVSE = Pattern.compile("evse (.+)/([0-9]+): .*", Pattern.DOTALL);

    static Trouble of(Ui ui, String problem) {
      Matcher evse = EVSE.matcher(problem);
      if (evse.matches()) {
        return new Trouble(ui.t("held.no_standard", evse.group(2)), evse.group(1));
      }
      String word = problem.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_");
      return new Trouble(ui.language().textIfKnown("held.place_" + word).orElse(problem), "");
    }
  }
}
