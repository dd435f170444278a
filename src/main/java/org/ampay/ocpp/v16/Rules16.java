package org.ampay.ocpp.v16;

import java.util.Optional;
import org.ampay.ocpp.edge.StationEdge.Objection;
import org.ampay.ocpp.v16.wire.ChargingProfile;
import org.ampay.ocpp.v16.wire.ChargingProfilePurposeType;
import org.ampay.ocpp.v16.wire.RemoteStartTransactionRequest;
import org.ampay.ocpp.wire.WireObject;
import org.jspecify.annotations.Nullable;

/** What the text of OCPP 1.6 forbids in a request although its schema allows it. */
final class Rules16 {

  private Rules16() {}

  static Optional<Objection> objection(WireObject request) {
    return request instanceof RemoteStartTransactionRequest start
        ? profile(start.chargingProfile())
        : Optional.empty();
  }

  /** 5.11, 5.16.2: the profile is for the transaction that is about to start. */
  private static Optional<Objection> profile(@Nullable ChargingProfile profile) {
    if (profile == null) {
      return Optional.empty();
    }
    if (profile.chargingProfilePurpose() != ChargingProfilePurposeType.TxProfile) {
      return Optional.of(
          new Objection("chargingProfile.chargingProfilePurpose", "must be TxProfile"));
    }
    return profile.transactionId() == null
        ? Optional.empty()
        : Optional.of(
            new Objection(
                "chargingProfile.transactionId", "must be left out: there is no transaction yet"));
  }
}
