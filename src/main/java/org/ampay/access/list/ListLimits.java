package org.ampay.access.list;

/**
 * What a station takes.
 *
 * @param items entries a message
 * @param bytes of a message
 * @param entries of the whole list
 */
public record ListLimits(int items, int bytes, int entries) {

  /** Of a station that does not say. */
  public static final ListLimits UNKNOWN = new ListLimits(100, Integer.MAX_VALUE, 10_000);

  public ListLimits {
    items = Math.max(1, items);
    bytes = Math.max(1, bytes);
    entries = Math.clamp(entries, 0, UNKNOWN_ENTRIES);
  }

  private static final int UNKNOWN_ENTRIES = 10_000;
}
