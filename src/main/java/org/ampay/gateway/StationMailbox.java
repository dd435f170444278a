package org.ampay.gateway;

import java.util.ArrayDeque;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Frames of one station that wait for their turn, bounded by number and bytes. Not thread-safe: its
 * owner is the connection's event loop.
 *
 * @param <T> a decoded CALL
 */
final class StationMailbox<T> {

  private final ArrayDeque<Entry<T>> entries = new ArrayDeque<>(4);
  private final int maxEntries;
  private final long maxBytes;
  private long bytes;

  StationMailbox(int maxEntries, long maxBytes) {
    this.maxEntries = maxEntries;
    this.maxBytes = maxBytes;
  }

  /** Whether it was taken; false when the mailbox is full. */
  boolean offer(T item, int size) {
    if (entries.size() >= maxEntries || (bytes > 0 && bytes + size > maxBytes)) {
      return false;
    }
    entries.add(new Entry<>(item, size));
    bytes += size;
    return true;
  }

  @Nullable T poll() {
    Entry<T> next = entries.poll();
    if (next == null) {
      return null;
    }
    bytes -= next.size;
    return next.item;
  }

  /** A quarter full: time to read no more from the socket. */
  boolean nearlyFull() {
    return entries.size() >= maxEntries / 4 || bytes >= maxBytes / 4;
  }

  boolean anyMatch(Predicate<T> test) {
    for (Entry<T> entry : entries) {
      if (test.test(entry.item)) {
        return true;
      }
    }
    return false;
  }

  void clear() {
    entries.clear();
    bytes = 0;
  }

  private record Entry<T>(T item, int size) {}
}
