package org.ampay.gateway;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.ampay.base.TimeSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps entries in a bounded buffer and stores them in batches, several times a second. What the
 * buffer has no room for, or the store fails to take, is dropped and counted.
 */
public final class BufferedMessageLog implements MessageLog, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(BufferedMessageLog.class);
  private static final long STORE_MILLIS = 1_000;
  private static final long MAX_BUFFER_BYTES = 64L << 20;
  private static final Duration BETWEEN_CLEANINGS = Duration.ofHours(1);

  /** Where entries are kept. */
  public interface Store {

    /** Keeps the entries, whose frames hold no secret any more. */
    void insert(List<Entry> entries);

    /**
     * Deletes some of the entries before that time.
     *
     * @return how many; 0 when none are left
     */
    int deleteBefore(Instant time);
  }

  private final GatewaySettings.MessageLogging settings;
  private final Store store;
  private final TimeSource time;
  private final ArrayBlockingQueue<Entry> buffer;
  private final AtomicLong bufferedBytes = new AtomicLong();
  private final Counter dropped;
  private final ScheduledFuture<?> storing;
  private Instant cleanAfter = Instant.MIN;

  /**
   * Begins to store.
   *
   * @param executor runs the storing; may block in the database
   */
  public BufferedMessageLog(
      GatewaySettings.MessageLogging settings,
      Store store,
      ScheduledExecutorService executor,
      TimeSource time,
      MeterRegistry meters) {
    this.settings = settings;
    this.store = store;
    this.time = time;
    this.buffer = new ArrayBlockingQueue<>(settings.bufferEntries());
    this.dropped = meters.counter("ampay.message.log.dropped");
    this.storing =
        executor.scheduleWithFixedDelay(
            this::work, STORE_MILLIS, STORE_MILLIS, TimeUnit.MILLISECONDS);
  }

  @Override
  public void add(Entry entry) {
    int size = entry.frame().length;
    if (bufferedBytes.get() + size > MAX_BUFFER_BYTES || !buffer.offer(entry)) {
      dropped.increment();
    } else {
      bufferedBytes.addAndGet(size);
    }
  }

  /** Stores what is left, and stops. */
  @Override
  public void close() {
    storing.cancel(false);
    storeAll();
  }

  private void work() {
    storeAll();
    clean();
  }

  private synchronized void storeAll() {
    List<Entry> batch = new ArrayList<>();
    int left = settings.bufferEntries(); // what comes meanwhile waits: that is the speed limit
    while (buffer.drainTo(batch, Math.min(left, settings.batchEntries())) > 0) {
      left -= batch.size();
      for (Entry entry : batch) {
        bufferedBytes.addAndGet(-entry.frame().length);
      }
      try {
        store.insert(batch.stream().map(this::kept).toList());
      } catch (RuntimeException e) {
        dropped.increment(batch.size());
        LOG.warn("{} entries of the message log are lost: {}", batch.size(), e.toString());
      }
      batch.clear();
    }
  }

  /** Without secrets, and not longer than wanted. */
  private Entry kept(Entry entry) {
    String text = new String(entry.frame(), StandardCharsets.UTF_8);
    String masked = Secrets.masked(text);
    String cut =
        masked.length() <= settings.maxFrameBytes()
            ? masked
            : masked.substring(0, settings.maxFrameBytes()) + "… (cut)";
    byte[] frame = cut.equals(text) ? entry.frame() : cut.getBytes(StandardCharsets.UTF_8);
    return new Entry(
        entry.at(),
        entry.stationId(),
        entry.incoming(),
        entry.action(),
        entry.messageId(),
        entry.errorCode(),
        frame);
  }

  private void clean() {
    Instant now = time.now();
    if (now.isBefore(cleanAfter)) {
      return;
    }
    try {
      if (store.deleteBefore(now.minus(Duration.ofDays(settings.retentionDays()))) == 0) {
        cleanAfter = now.plus(BETWEEN_CLEANINGS);
      }
    } catch (RuntimeException e) {
      cleanAfter = now.plus(BETWEEN_CLEANINGS);
      LOG.warn("old entries of the message log are not deleted: {}", e.toString());
    }
  }
}
