package org.ampay.web.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongFunction;
import org.ampay.tariff.Tariff;

/** What one version of a tariff says otherwise than another, in words. */
public final class TariffDifference {

  /**
   * @param before empty: it was not there
   * @param after empty: it is gone
   */
  public record Change(String what, String before, String after) {}

  private TariffDifference() {}

  static List<Change> of(Ui ui, Tariff before, Tariff after, LongFunction<String> calendars) {
    Map<String, String> old = TariffWords.of(ui, before, calendars);
    Map<String, String> now = TariffWords.of(ui, after, calendars);
    List<Change> changes = new ArrayList<>();
    now.forEach(
        (what, value) -> {
          String was = old.getOrDefault(what, "");
          if (!was.equals(value)) {
            changes.add(new Change(what, was, value));
          }
        });
    old.forEach(
        (what, value) -> {
          if (!now.containsKey(what)) {
            changes.add(new Change(what, value, ""));
          }
        });
    String was = order(old, now.keySet());
    String is = order(now, old.keySet());
    if (!was.equals(is)) {
      changes.add(new Change(ui.t("tariff.order"), was, is));
    }
    return changes;
  }

  /** The facts that both have, in the order of one: the first price that matches counts. */
  private static String order(Map<String, String> facts, Set<String> others) {
    return String.join(" › ", facts.keySet().stream().filter(others::contains).toList());
  }
}
