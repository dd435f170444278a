package org.ampay.payment.provider.wechat;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.ampay.base.TimeSource;
import org.ampay.payment.provider.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * What was sent lately. WeChat does not repeat what the payer is to be shown when it is asked what
 * became of a payment, so it is kept here; what is forgotten can be had by asking for the same
 * payment once more.
 */
final class Recent {

  /**
   * For so long after it was sent, something may come to WeChat that WeChat does not know yet.
   * Longer than any call lasts.
   */
  static final Duration SETTLING = Duration.ofSeconds(60);

  private static final int MOST = 20_000;

  private final TimeSource time;
  private final Map<String, Sent> byReference =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Sent> eldest) {
          return size() > MOST;
        }
      };

  private record Sent(Instant at, Outcome.@Nullable ActionRequired action) {}

  Recent(TimeSource time) {
    this.time = time;
  }

  /** About to be sent. */
  synchronized void sending(String reference) {
    byReference.merge(
        reference, new Sent(time.now(), null), (old, sent) -> new Sent(sent.at(), old.action()));
  }

  synchronized void keep(String reference, Outcome.ActionRequired action) {
    Sent old = byReference.get(reference);
    byReference.put(reference, new Sent(old == null ? time.now() : old.at(), action));
  }

  synchronized Outcome.@Nullable ActionRequired action(String reference) {
    Sent sent = byReference.get(reference);
    return sent == null ? null : sent.action();
  }

  /** Whether a time is past. */
  boolean isOver(Instant instant) {
    return time.now().isAfter(instant);
  }

  /**
   * Whether what WeChat does not know by now will never come to it.
   *
   * @param stored when the operation was stored
   */
  synchronized boolean settled(String reference, Instant stored) {
    Sent sent = byReference.get(reference);
    Instant last = sent == null || sent.at().isBefore(stored) ? stored : sent.at();
    return !time.now().isBefore(last.plus(SETTLING));
  }
}
