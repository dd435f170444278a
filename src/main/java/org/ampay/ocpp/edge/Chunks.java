package org.ampay.ocpp.edge;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;

/** Cuts lists into pieces that a station takes at once. */
public final class Chunks {

  private Chunks() {}

  /**
   * In the order of the items.
   *
   * @param mostBytes of the items of one piece together
   * @return empty when one item alone is larger
   */
  public static <T> Optional<List<List<T>>> of(
      List<T> items, int mostItems, int mostBytes, ToIntFunction<T> bytes) {
    List<List<T>> chunks = new ArrayList<>();
    List<T> chunk = new ArrayList<>();
    int size = 0;
    for (T item : items) {
      int more = bytes.applyAsInt(item);
      if (more > mostBytes) {
        return Optional.empty();
      }
      if (chunk.size() == mostItems || (!chunk.isEmpty() && size + more > mostBytes)) {
        chunks.add(chunk);
        chunk = new ArrayList<>();
        size = 0;
      }
      chunk.add(item);
      size += more;
    }
    chunks.add(chunk);
    return Optional.of(chunks);
  }
}
