package org.ampay.access.list;

import java.util.ArrayList;
import java.util.List;

/**
 * One SendLocalList.
 *
 * @param version above 0 (D01.FR.18); grows with each part
 * @param full the list begins anew; else it is changed
 */
public record ListPart(int version, boolean full, List<ListChange> changes) {

  /** Brackets and the fields around the list. */
  private static final int ENVELOPE = 200;

  public ListPart {
    changes = List.copyOf(changes);
    if (version < 1) {
      throw new IllegalArgumentException("version: must be above 0");
    }
  }

  /**
   * Cuts an update into messages of what the station takes (D01.FR.11, 1.6 5.15): of a full one the
   * first begins anew, the others add to it. At least one part.
   *
   * @param version of the first part
   */
  static List<ListPart> cut(
      int version, boolean full, List<ListChange> changes, ListDialect dialect, ListLimits limits) {
    List<ListPart> parts = new ArrayList<>();
    List<ListChange> next = new ArrayList<>();
    int bytes = ENVELOPE;
    for (ListChange change : changes) {
      int size = dialect.size(change);
      boolean over = next.size() >= limits.items() || bytes + size > limits.bytes();
      if (over && !next.isEmpty()) {
        parts.add(new ListPart(version + parts.size(), full && parts.isEmpty(), next));
        next.clear();
        bytes = ENVELOPE;
      }
      next.add(change);
      bytes += size;
    }
    if (!next.isEmpty() || parts.isEmpty()) {
      parts.add(new ListPart(version + parts.size(), full && parts.isEmpty(), next));
    }
    return parts;
  }
}
