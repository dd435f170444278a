package org.ampay.charging;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a station can show its drivers.
 *
 * @param price texts about prices: {@code personalMessage} of OCPP 2.0.1, SetUserPrice of 1.6
 * @param cost what a session costs: {@code totalCost} and CostUpdated of 2.0.1, RunningCost and
 *     FinalCost of 1.6
 * @param maxChars of a text
 * @param decimals of cost values, as the station wants them; null: as the currency has them
 * @param language of the station, RFC 5646; null: not known
 * @param languages further ones in which it takes a text beside the first
 */
public record Display(
    boolean price,
    boolean cost,
    int maxChars,
    @Nullable Integer decimals,
    @Nullable String language,
    List<String> languages) {

  /** The most that OCPP 2.0.1 takes in a {@code personalMessage}. */
  public static final int MAX_CHARS = 512;

  /** Shows nothing. */
  public static final Display NONE = new Display(false, false, MAX_CHARS, null, null, List.of());

  /** Shows everything. */
  public static final Display ALL = new Display(true, true, MAX_CHARS, null, null, List.of());

  public Display {
    languages = List.copyOf(languages);
    if (maxChars < 1 || maxChars > MAX_CHARS) {
      throw new IllegalArgumentException("a display takes 1 to " + MAX_CHARS + " characters");
    }
  }

  /** Whether it shows anything. */
  public boolean any() {
    return price || cost;
  }
}
