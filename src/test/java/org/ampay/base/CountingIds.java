package org.ampay.base;

import java.util.concurrent.atomic.AtomicLong;

/** Ids 1, 2, 3 ... or from a given one. */
public final class CountingIds implements IdSource {

  private final AtomicLong last;

  public CountingIds() {
    this(1);
  }

  public CountingIds(long first) {
    last = new AtomicLong(first - 1);
  }

  @Override
  public long next() {
    return last.incrementAndGet();
  }
}
