package org.ampay.charging;

import java.time.Instant;
import java.util.concurrent.CompletionStage;
import org.ampay.access.Authorization;
import org.ampay.access.AuthorizationStatus;
import org.ampay.station.StationInfo;
import org.ampay.tariff.DriverTerms;

/**
 * Reserves what two stations may fight over (a wallet's money, a token's number of sessions) in a
 * small committed step of its own, before the session's decision. A repeat with the same key gets
 * the same verdict. A reservation whose session never comes is released by its deadline.
 */
public interface StartGuard {

  CompletionStage<Verdict> reserve(Request request);

  /**
   * @param key the session's key, 16 bytes
   * @param authorization the accepted token
   */
  record Request(
      byte[] key,
      StationInfo station,
      int evseNo,
      Authorization authorization,
      Instant startAt,
      Instant receivedAt) {}

  /** The outcome. */
  sealed interface Verdict {

    /**
     * The session may run; it carries the hold's id.
     *
     * @param terms what the driver gets off the price, reserved with the hold
     */
    record Granted(long holdId, DriverTerms terms) implements Verdict {}

    /** Not now, with the reason for the station. */
    record Refused(AuthorizationStatus status) implements Verdict {}
  }
}
