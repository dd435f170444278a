package org.ampay.ocpi.contract;

import java.util.List;
import java.util.Map;
import org.ampay.conformance.Event201;
import org.ampay.conformance.Station201;

/** The end of a transaction with a signed reading, by the station's clock. */
final class SignedEnd {

  private SignedEnd() {}

  static Event201 of(
      Station201 station, String transaction, String uid, int registerWh, String signed) {
    String at = station.clock();
    Map<String, Object> sample =
        Map.of(
            "value",
            registerWh,
            "context",
            "Transaction.End",
            "measurand",
            "Energy.Active.Import.Register",
            "signedMeterValue",
            Map.of(
                "signedMeterData", signed,
                "signingMethod", "ECDSA-secp256r1-SHA256",
                "encodingMethod", "OCMF",
                "publicKey", "key/+"));
    return Event201.ended(transaction, "StopAuthorized", "Local")
        .at(at)
        .token(uid)
        .with("meterValue", List.of(Map.of("timestamp", at, "sampledValue", List.of(sample))));
  }
}
