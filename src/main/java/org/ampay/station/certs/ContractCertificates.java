package org.ampay.station.certs;

import org.ampay.station.StationInfo;

/**
 * Gives vehicles their contract certificates (M01, M02): passes a vehicle's EXI request on to
 * whoever can answer it. {@link HttpContractCertificates} is the one that ships.
 */
@FunctionalInterface
public interface ContractCertificates {

  /**
   * A vehicle's request as it came.
   *
   * @param schemaVersion of ISO 15118, for example {@code urn:iso:15118:2:2013:MsgDef}
   * @param update whether it renews a contract; else it installs the first one
   * @param exi base64 of the EXI message
   */
  record Request(StationInfo station, String schemaVersion, boolean update, String exi) {}

  /** What came of it. */
  sealed interface Outcome {

    /**
     * @param exi base64 of the EXI answer, at most 7500 characters
     */
    record Answered(String exi) implements Outcome {}

    /** No answer for the vehicle. */
    record Failed(String reason) implements Outcome {}
  }

  /** Passes it on; blocks, within a time-out. */
  Outcome exchange(Request request);
}
