package org.ampay.web.driver;

import java.util.HexFormat;
import java.util.List;
import org.ampay.base.Digests;
import org.jspecify.annotations.Nullable;

/**
 * The page of an order, in words. Two that are equal look the same.
 *
 * @param shortCode by which an operator finds it; opens nothing
 * @param step 1 paying, 2 plugging in, 3 charging, 4 the end; 0: it did not come so far
 * @param again the path to begin anew; empty: not yet
 * @param everySeconds how often it is worth to look again; 0: it stays so
 */
public record OrderView(
    String code,
    String shortCode,
    int step,
    Told told,
    @Nullable Asked asked,
    List<Figure> figures,
    @Nullable Sheet sheet,
    List<Act> acts,
    String again,
    int everySeconds) {

  /** What a page says first. */
  public record Told(Tone tone, String title, List<String> lines) {
    public Told {
      lines = List.copyOf(lines);
    }
  }

  /** How it looks. */
  public enum Tone {
    WAIT,
    GO,
    GOOD,
    BAD
  }

  /**
   * What the payer does.
   *
   * @param qr to scan; null: nothing
   * @param link to go to; empty: none
   * @param inApp JSON for the app's own browser; empty: nothing
   */
  public record Asked(
      @Nullable QrCode qr, String link, String inApp, String linkText, String until) {}

  /** A number to see from afar. */
  public record Figure(String name, String value, boolean large) {}

  /** What was charged, and where the money went. */
  public record Sheet(List<Row> bill, List<Row> money) {
    public Sheet {
      bill = List.copyOf(bill);
      money = List.copyOf(money);
    }
  }

  /** A line of a sheet. */
  public record Row(String name, String note, String value, boolean strong) {}

  /** What a button does: {@code refresh}, {@code cancel} or {@code stop}. */
  public record Act(String name, String text, boolean first, boolean danger) {}

  public OrderView {
    figures = List.copyOf(figures);
    acts = List.copyOf(acts);
  }

  /** Changes when something that is seen changes. */
  public String seen() {
    return HexFormat.of().formatHex(Digests.key16(toString()), 0, 8);
  }
}
