package org.ampay.web.driver;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.ampay.tariff.PriceText;
import org.ampay.tariff.TariffSnapshot;
import org.ampay.web.console.Ui;

/**
 * A price for people.
 *
 * @param now what holds at this moment
 * @param lines all of it, in the order of AFIR
 */
public record PointPrice(String now, List<Line> lines) {

  static final PointPrice NONE = new PointPrice("", List.of());

  /**
   * A line of the table.
   *
   * @param when it holds; empty: always
   */
  public record Line(String when, String price) {

    static Line of(String text) {
      int gap = text.indexOf("  ");
      return gap < 0
          ? new Line("", text)
          : new Line(text.substring(0, gap), text.substring(gap).strip());
    }
  }

  public PointPrice {
    lines = List.copyOf(lines);
  }

  static PointPrice of(TariffSnapshot tariff, Ui ui) {
    Locale language = ui.language().locale();
    Instant now = ui.place().now();
    return new PointPrice(
        PriceText.now(tariff, language, now),
        PriceText.lines(tariff, language, now).stream().map(Line::of).toList());
  }
}
