package org.ampay.cluster;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Events within this process. Best effort: a listener that fails is logged and never stops the
 * others; listeners must be quick and must not block.
 */
public final class LiveBus {

  private static final Logger LOG = LoggerFactory.getLogger(LiveBus.class);

  private final List<Consumer<LiveEvent>> listeners = new CopyOnWriteArrayList<>();

  /** Listens until the returned handle is closed. */
  public Subscription subscribe(Consumer<LiveEvent> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  public void publish(LiveEvent event) {
    for (Consumer<LiveEvent> listener : listeners) {
      try {
        listener.accept(event);
      } catch (RuntimeException e) {
        LOG.warn("a live listener failed on {}", event, e);
      }
    }
  }

  /** Ends a subscription. */
  public interface Subscription extends AutoCloseable {
    @Override
    void close();
  }
}
