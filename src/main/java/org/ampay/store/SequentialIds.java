package org.ampay.store;

import java.util.concurrent.atomic.AtomicLong;
import org.ampay.base.IdSource;

/** Ids 1, 2, 3 … of a process: the in-memory twin of {@link IdBlocks}. */
public final class SequentialIds implements IdSource {

  private final AtomicLong last;

  public SequentialIds() {
    this(0);
  }

  /** Begins after {@code last}. */
  public SequentialIds(long last) {
    this.last = new AtomicLong(last);
  }

  @Override
  public long next() {
    return last.incrementAndGet();
  }
}
