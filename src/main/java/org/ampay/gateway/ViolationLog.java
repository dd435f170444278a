package org.ampay.gateway;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One line a protocol violation, with station and message id; fifty a connection and then one a
 * second, which says how many were left out. Not thread-safe: owned by the event loop.
 */
final class ViolationLog {

  private static final Logger LOG = LoggerFactory.getLogger(ViolationLog.class);
  private static final int BURST = 50;
  private static final long NANOS_EACH = 1_000_000_000L;
  private static final int MAX_TEXT = 120;

  private final String identity;
  private final GatewayMetrics metrics;
  private long quietUntil;
  private int burstLeft = BURST;
  private int leftOut;

  ViolationLog(String identity, GatewayMetrics metrics, long nowNanos) {
    this.identity = printable(identity);
    this.metrics = metrics;
    this.quietUntil = nowNanos;
  }

  /**
   * Counts it, and logs it when the station's share of the log is not used up.
   *
   * @param messageId as received, or empty
   * @param text what is wrong; never what was received, which may be a password
   */
  void report(Violation violation, String messageId, String text, long nowNanos) {
    metrics.violation(violation);
    if (burstLeft > 0) {
      burstLeft--;
      quietUntil = nowNanos + NANOS_EACH;
    } else if (nowNanos - quietUntil < 0) {
      leftOut++;
      return;
    } else {
      quietUntil = nowNanos + NANOS_EACH;
    }
    LOG.warn(
        "station {} message {}: {}: {}{}",
        identity,
        messageId.isEmpty() ? "-" : printable(messageId),
        violation.label(),
        printable(text),
        leftOut == 0 ? "" : " (" + leftOut + " more lines left out)");
    leftOut = 0;
  }

  /** The text on one line and not too long: a station must not be able to forge log lines. */
  static String printable(String text) {
    int end = Math.min(text.length(), MAX_TEXT);
    StringBuilder out = new StringBuilder(end + 3);
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      out.append(Character.isISOControl(c) || c == '\u2028' || c == '\u2029' ? '?' : c);
    }
    return text.length() > end ? out.append("...").toString() : out.toString();
  }
}
