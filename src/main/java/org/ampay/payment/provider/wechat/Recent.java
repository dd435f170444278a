package org.ampay.payment.provider.wechat;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
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

  /** The latest last. */
  private final SequencedMap<String, Sent> byReference = new LinkedHashMap<>();

  private record Sent(Instant at, Outcome.@Nullable ActionRequired action) {}

  Recent(TimeSource time) {
    this.time = time;
  }

  /** About to be sent. */
  synchronized void sending(String reference) {
    Sent old = byReference.remove(reference);
    put(reference, new Sent(time.now(), old == null ? null : old.action()));
  }

  synchronized void keep(String reference, Outcome.ActionRequired action) {
    Sent old = byReference.remove(reference);
    put(reference, new Sent(old == null ? time.now() : old.at(), action));
  }

  private void put(String reference, Sent sent) {
    byReference.putLast(reference, sent);
    if (byReference.size() > MOST) {
      byReference.pollFirstEntry();
    }
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
