package org.ampay.charging;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.ampay.base.Money;
import org.ampay.station.StationInfo;

/**
 * What the core asks and tells stations by itself. Owned here, implemented by {@code ocpp}, where
 * the versions are known.
 */
public interface StationQuestions {

  /** What a station says of a transaction. */
  sealed interface Standing {

    /**
     * It answered.
     *
     * @param ongoing whether the transaction runs; empty when it does not say
     * @param queued whether messages of it wait to be sent
     */
    record Told(Optional<Boolean> ongoing, boolean queued) implements Standing {}

    /** It cannot tell: it does not know the question, or answers nonsense. */
    record CannotTell(String why) implements Standing {}

    /** It is not there. */
    record Away() implements Standing {}
  }

  /** OCPP 2.0.1 GetTransactionStatus; never completes exceptionally. */
  CompletionStage<Standing> standing(StationInfo station, String transactionId);

  /** Tells what a running session costs (OCPP 2.0.1 CostUpdated); whether it was confirmed. */
  CompletionStage<Boolean> costs(StationInfo station, String transactionId, Money cost);
}
