package org.ampay.payment;

import java.util.Locale;
import org.ampay.payment.provider.Outcome;

/** The states of an operation; REQUESTED means that the provider may have heard of it. */
public enum OperationState {
  REQUESTED,
  SUCCEEDED,
  PENDING,
  ACTION_REQUIRED,
  DECLINED,
  NOT_SENT,
  UNKNOWN,
  MISCONFIGURED;

  /** As stored and shown: {@code not_sent}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  static OperationState ofCode(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT));
  }

  static OperationState of(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Succeeded _ -> SUCCEEDED;
      case Outcome.Pending _ -> PENDING;
      case Outcome.ActionRequired _ -> ACTION_REQUIRED;
      case Outcome.Declined _ -> DECLINED;
      case Outcome.NotSent _ -> NOT_SENT;
      case Outcome.Unknown _ -> UNKNOWN;
      case Outcome.Misconfigured _ -> MISCONFIGURED;
    };
  }

  /** Whether its end is still to come. */
  public boolean isOpen() {
    return switch (this) {
      case REQUESTED, PENDING, ACTION_REQUIRED, NOT_SENT, UNKNOWN -> true;
      case SUCCEEDED, DECLINED, MISCONFIGURED -> false;
    };
  }
}
