package org.ampay.store;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Tells the runners of this process that jobs of a kind were committed. */
public final class JobSignal {

  private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();

  /** {@code listener} gets kinds, on the committing thread: it must be quick. */
  public void listen(Consumer<String> listener) {
    listeners.add(listener);
  }

  public void raise(String kind) {
    listeners.forEach(listener -> listener.accept(kind));
  }
}
