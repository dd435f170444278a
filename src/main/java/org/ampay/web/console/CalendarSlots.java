package org.ampay.web.console;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.ArrayList;
import java.util.List;
import org.ampay.tariff.TariffCalendar.Slot;
import org.ampay.tariff.TouTier;

/** A day of a calendar as 48 letters, one a half hour: how forms carry it and pages draw it. */
public final class CalendarSlots {

  public static final int SLOTS = 48;

  private static final int MINUTES = 30;
  private static final String LETTERS = "SPFVD";

  private CalendarSlots() {}

  /** A stretch of one tier, from and to in half hours. */
  public record Stretch(int from, int to, String tier) {

    public int length() {
      return to - from;
    }

    /** {@code 08:00–11:30}. */
    public String text() {
      return clock(from) + "–" + clock(to);
    }
  }

  /** {@code 08:30} for 17. */
  public static String clock(int slot) {
    int minute = slot * MINUTES;
    int hour = minute / 60;
    return (hour < 10 ? "0" : "") + hour + (minute % 60 == 0 ? ":00" : ":30");
  }

  /** The tier's letter, and F for anything odd. */
  static char letter(String tier) {
    return switch (tier) {
      case "SHARP" -> 'S';
      case "PEAK" -> 'P';
      case "VALLEY" -> 'V';
      case "DEEP_VALLEY" -> 'D';
      default -> 'F';
    };
  }

  /** The tier of a letter. */
  public static String tier(char letter) {
    int at = Math.max(LETTERS.indexOf(letter), 0);
    return TariffFields.TIERS.get(LETTERS.indexOf(letter) < 0 ? 2 : at);
  }

  /** 48 letters in any case: what is missing is filled up, what is odd becomes FLAT. */
  public static String whole(String text) {
    StringBuilder whole = new StringBuilder(SLOTS);
    for (int i = 0; i < SLOTS; i++) {
      char c = i < text.length() ? text.charAt(i) : 'F';
      whole.append(LETTERS.indexOf(c) < 0 ? 'F' : c);
    }
    return whole.toString();
  }

  static String of(List<Slot> slots) {
    StringBuilder letters = new StringBuilder(SLOTS);
    for (int i = 0; i < SLOTS; i++) {
      TouTier tier = TouTier.FLAT;
      for (Slot slot : slots) {
        if (slot.from().toSecondOfDay() / 60 <= i * MINUTES) {
          tier = slot.tier();
        }
      }
      letters.append(letter(tier.name()));
    }
    return letters.toString();
  }

  /** The letters from one half hour to another with another tier. */
  static String painted(String letters, int from, int to, char tier) {
    StringBuilder painted = new StringBuilder(whole(letters));
    for (int i = Math.max(from, 0); i < Math.min(to, SLOTS); i++) {
      painted.setCharAt(i, tier);
    }
    return painted.toString();
  }

  /** The stretches of one tier each. */
  public static List<Stretch> stretches(String letters) {
    String whole = whole(letters);
    List<Stretch> stretches = new ArrayList<>();
    int from = 0;
    for (int i = 1; i <= SLOTS; i++) {
      if (i == SLOTS || whole.charAt(i) != whole.charAt(from)) {
        stretches.add(new Stretch(from, i, tier(whole.charAt(from))));
        from = i;
      }
    }
    return stretches;
  }

  /** The day in words: {@code 00:00–08:00 Valley, …}. */
  public static String words(Ui ui, String letters) {
    return String.join(
        ", ",
        stretches(letters).stream().map(s -> s.text() + " " + ui.word("tou", s.tier())).toList());
  }

  /** The slots of a calendar's JSON. */
  static ArrayNode json(String letters) {
    ArrayNode slots = TariffFields.NODES.arrayNode();
    for (Stretch stretch : stretches(letters)) {
      slots.addObject().put("from", clock(stretch.from())).put("tier", stretch.tier());
    }
    return slots;
  }
}
