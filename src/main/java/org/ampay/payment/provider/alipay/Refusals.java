package org.ampay.payment.provider.alipay;

import org.ampay.payment.provider.Outcome;

/** Outcomes of Alipay's errors. */
final class Refusals {

  private Refusals() {}

  /** Of a command: what is only to be asked for is unknown until it is. */
  static Outcome afterSending(Fate fate, String reason) {
    return switch (fate) {
      case DECLINED -> new Outcome.Declined(reason);
      case OUR_FAULT -> new Outcome.Misconfigured(reason);
      case ASK, NOT_FOUND, UNKNOWN -> new Outcome.Unknown(reason);
    };
  }

  /** Of a query: its error says nothing about what was asked for. */
  static Outcome afterAsking(Fate fate, String reason) {
    return switch (fate) {
      case OUR_FAULT -> new Outcome.Misconfigured(reason);
      case DECLINED, ASK, NOT_FOUND, UNKNOWN -> new Outcome.Unknown(reason);
    };
  }
}
