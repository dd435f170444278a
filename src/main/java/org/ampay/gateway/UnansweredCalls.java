package org.ampay.gateway;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.ampay.ocpp.wire.MessageType;

/**
 * The CALLs that were given up: so that an answer that comes late, perhaps on a later connection,
 * finds its command. The oldest are forgotten.
 */
final class UnansweredCalls {

  private static final int REMEMBERED = 10_000;

  /** A CALL that was given up. */
  record Unanswered(long recordId, MessageType<?, ?> type, long sentNanos) {}

  private record Key(long stationId, String messageId) {}

  private final Map<Key, Unanswered> calls =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Unanswered> eldest) {
          return size() > REMEMBERED;
        }
      };

  synchronized void add(long stationId, String messageId, Unanswered call) {
    calls.put(new Key(stationId, messageId), call);
  }

  synchronized Optional<Unanswered> take(long stationId, String messageId) {
    return Optional.ofNullable(calls.remove(new Key(stationId, messageId)));
  }
}
