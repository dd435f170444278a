package org.ampay.power;

/**
 * What an EV is told.
 *
 * @param then what follows when the answer is sent, may block
 */
public record NeedsReply(Verdict verdict, Runnable then) {

  /** K15.FR.03 to K15.FR.05; of a schedule: Accepted or Rejected. */
  public enum Verdict {
    ACCEPTED,
    PROCESSING,
    REJECTED
  }
}
