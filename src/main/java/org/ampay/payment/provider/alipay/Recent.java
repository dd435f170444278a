package org.ampay.payment.provider.alipay;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.ampay.base.TimeSource;
import org.ampay.payment.provider.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * What was sent lately. Alipay knows a trade or a freeze only once the payer has scanned its code,
 * and never tells the code again, so it is kept here. What is forgotten can be asked for once more
 * with the same reference: Alipay lets a reference be paid once, by whichever code.
 */
final class Recent {

  /**
   * For so long after it was sent, something may come to Alipay that Alipay does not know yet.
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

  /** Nothing is to be shown for it any more. */
  synchronized void drop(String reference) {
    Sent old = byReference.remove(reference);
    if (old != null) {
      put(reference, new Sent(old.at(), null));
    }
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

  Instant now() {
    return time.now();
  }

  /**
   * Whether what Alipay does not know by now will never come to it.
   *
   * @param stored when the operation was stored
   */
  synchronized boolean settled(String reference, Instant stored) {
    Sent sent = byReference.get(reference);
    Instant last = sent == null || sent.at().isBefore(stored) ? stored : sent.at();
    return !time.now().isBefore(last.plus(SETTLING));
  }
}
