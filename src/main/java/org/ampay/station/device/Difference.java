package org.ampay.station.device;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.ampay.station.device.DeviceReadStore.Values;
import org.jspecify.annotations.Nullable;

/** What differs between two pictures of stations' values. */
public record Difference(List<Line> lines, int equal) {

  private static final Comparator<VariableKey> BY_NAME =
      Comparator.comparing(VariableKey::component)
          .thenComparing(VariableKey::componentInstance)
          .thenComparingInt(VariableKey::evseNo)
          .thenComparingInt(VariableKey::connectorNo)
          .thenComparing(VariableKey::variable)
          .thenComparing(VariableKey::variableInstance)
          .thenComparing(VariableKey::attribute);

  /**
   * One attribute that differs.
   *
   * @param left null: not there, or without a value
   * @param inLeft whether it is there
   */
  public record Line(
      VariableKey key,
      @Nullable String left,
      @Nullable String right,
      boolean inLeft,
      boolean inRight) {}

  public Difference {
    lines = List.copyOf(lines);
  }

  /** Compares; in the order of names. */
  public static Difference of(Map<VariableKey, Values> left, Map<VariableKey, Values> right) {
    TreeSet<VariableKey> keys = new TreeSet<>(BY_NAME);
    keys.addAll(left.keySet());
    keys.addAll(right.keySet());
    List<Line> lines = new ArrayList<>();
    for (VariableKey key : keys) {
      Values a = left.get(key);
      Values b = right.get(key);
      String before = a == null ? null : a.value();
      String after = b == null ? null : b.value();
      if ((a == null) != (b == null) || !Objects.equals(before, after)) {
        lines.add(new Line(key, before, after, a != null, b != null));
      }
    }
    return new Difference(lines, keys.size() - lines.size());
  }
}
