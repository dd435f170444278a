package org.ampay.ocpi.log;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.ampay.base.IdSource;
import org.ampay.base.TimeSource;
import org.ampay.ocpi.CallLog;
import org.ampay.store.Database;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps calls for people. It never delays a call: entries wait in memory until {@link #flush}, and
 * those for which there is no room are counted and lost. Of calls that went well only so many a
 * second are kept: thousands of statuses a second would fill the disk and tell nobody anything.
 */
public final class BufferedCallLog implements CallLog {

  private static final Logger LOG = LoggerFactory.getLogger(BufferedCallLog.class);
  private static final int ROOM = 10_000;
  private static final int BATCH = 500;
  private static final int LONGEST_BODY = 8_000;

  /** Of calls that went well, of all partners together. */
  static final int GOOD_A_SECOND = 50;

  private final CallStore store;
  private final IdSource ids;
  private final TimeSource time;
  private final Duration kept;
  private final BlockingQueue<Entry> waiting = new ArrayBlockingQueue<>(ROOM);
  private final AtomicLong lost = new AtomicLong();
  private long second;
  private int good;

  /**
   * @param kept how long
   */
  public BufferedCallLog(Database database, IdSource ids, TimeSource time, Duration kept) {
    this.store = new CallStore(database);
    this.ids = ids;
    this.time = time;
    this.kept = kept;
  }

  /** What waits in memory is masked and short already. */
  @Override
  public void add(Entry e) {
    if (wentWell(e.answer()) && !isAmongTheFirst(e.at().getEpochSecond())) {
      return;
    }
    String body = LogText.masked(LogText.cut(e.body(), LONGEST_BODY));
    Entry kept =
        new Entry(
            e.partner(),
            e.direction(),
            e.at(),
            e.method(),
            e.url(),
            e.requestId(),
            e.correlationId(),
            body,
            e.answer());
    if (!waiting.offer(kept)) {
      lost.incrementAndGet();
    }
  }

  private static boolean wentWell(Answer answer) {
    Integer status = answer.status();
    return status != null && status >= 1000 && status < 2000;
  }

  private boolean isAmongTheFirst(long now) {
    synchronized (waiting) {
      if (now != second) {
        second = now;
        good = 0;
      }
      return good++ < GOOD_A_SECOND;
    }
  }

  /** Stores what waits. Blocks. */
  public synchronized void flush() {
    List<Entry> batch = new ArrayList<>();
    while (waiting.drainTo(batch, BATCH) > 0) {
      store.insert(batch, ids);
      batch.clear();
    }
    long gone = lost.getAndSet(0);
    if (gone > 0) {
      LOG.warn("{} calls of partners were not logged: too many at a time", gone);
    }
  }

  /** Deletes what is too old. Blocks. */
  public void sweep() {
    boolean more = true;
    while (more) {
      more = store.sweep(time.now().minus(kept));
    }
  }

  /** Calls of an operator's partner with an id below {@code before}, newest first. Blocks. */
  public List<StoredCall> list(
      long operatorId, long partnerId, CallQuery query, long before, int limit) {
    return store.list(operatorId, partnerId, query, before, limit);
  }
}
