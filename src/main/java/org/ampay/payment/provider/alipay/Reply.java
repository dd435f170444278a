package org.ampay.payment.provider.alipay;

import com.alipay.api.AlipayResponse;
import java.util.function.Function;
import org.ampay.payment.provider.Outcome;

/** How a call to Alipay ended. */
sealed interface Reply<T extends AlipayResponse> {

  /** Answered, signed, and not an error. */
  record Told<T extends AlipayResponse>(T response) implements Reply<T> {}

  /** Answered with an error. */
  record Refused<T extends AlipayResponse>(Fate fate, String subCode) implements Reply<T> {}

  /** There was no connection. */
  record NotSent<T extends AlipayResponse>(String reason) implements Reply<T> {}

  /** No answer, or none to be believed. */
  record Unclear<T extends AlipayResponse>(String reason) implements Reply<T> {}

  /** What it means, by what was told or by the error. */
  default Outcome outcome(Function<T, Outcome> told, Function<Refused<T>, Outcome> refused) {
    return switch (this) {
      case Told<T>(T response) -> told.apply(response);
      case Refused<T> error -> refused.apply(error);
      case NotSent<T>(String reason) -> new Outcome.NotSent(reason);
      case Unclear<T>(String reason) -> new Outcome.Unknown(reason);
    };
  }
}
