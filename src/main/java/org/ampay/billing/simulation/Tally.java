package org.ampay.billing.simulation;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a run has found: sums by site and hour, why sessions were left out, the greatest rises. The
 * same sessions give the same tally, in whatever portions they come. Not for several threads.
 */
final class Tally {

  static final int MOST_RISES = 10;

  /** A site and an hour of its day. */
  record Cell(long siteId, int hour) implements Comparable<Cell> {
    @Override
    public int compareTo(Cell o) {
      int bySite = Long.compare(siteId, o.siteId);
      return bySite != 0 ? bySite : Integer.compare(hour, o.hour);
    }
  }

  private final Map<Cell, Sums> sums = new TreeMap<>();
  private final Map<Skip, Long> skipped = new EnumMap<>(Skip.class);
  private final List<Rise> rises = new ArrayList<>();
  private long outside;
  private long taxUnknown;

  void add(long siteId, int hour, Sums more) {
    sums.merge(new Cell(siteId, hour), more, Sums::plus);
  }

  void skip(Skip reason) {
    skip(reason, 1);
  }

  void skip(Skip reason, long count) {
    skipped.merge(reason, count, Long::sum);
  }

  /** A session that another tariff priced, while only one tariff's are asked for. */
  void outside(long count) {
    outside += count;
  }

  /** Sessions of which the sum without tax is not known on one side. */
  void taxUnknown(long count) {
    taxUnknown += count;
  }

  void rise(Rise rise) {
    if (rise.by() <= 0
        || (rises.size() == MOST_RISES && Rise.GREATEST.compare(rise, rises.getLast()) > 0)) {
      return;
    }
    rises.add(rise);
    rises.sort(Rise.GREATEST);
    if (rises.size() > MOST_RISES) {
      rises.removeLast();
    }
  }

  /** Takes over what another portion found. */
  void addAll(Tally other) {
    other.sums.forEach((cell, more) -> add(cell.siteId(), cell.hour(), more));
    other.skipped.forEach(this::skip);
    other.rises.forEach(this::rise);
    outside += other.outside;
    taxUnknown += other.taxUnknown;
  }

  Map<Cell, Sums> sums() {
    return sums;
  }

  Map<Skip, Long> skipped() {
    return skipped;
  }

  List<Rise> rises() {
    return rises;
  }

  long outside() {
    return outside;
  }

  long taxUnknown() {
    return taxUnknown;
  }
}
