package org.ampay.charging;

import java.util.concurrent.CompletionStage;
import org.ampay.base.Money;
import org.ampay.station.StationInfo;

/** Tells stations what to show. Owned here, implemented where the OCPP versions are known. */
public interface DriverTalk {

  /** OCPP 2.0.1 CostUpdated; whether it was confirmed. Never completes exceptionally. */
  CompletionStage<Boolean> cost(StationInfo station, String transactionId, Money cost);

  /**
   * A price message of OCPP 1.6; whether it was accepted. Never completes exceptionally.
   *
   * @param decimals of cost values as the station wants them; below those of the currency: ignored
   */
  CompletionStage<Boolean> tell(StationInfo station, CostMessage message, Display display);
}
