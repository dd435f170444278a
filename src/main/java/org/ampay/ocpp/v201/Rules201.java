package org.ampay.ocpp.v201;

import java.util.Optional;
import org.ampay.ocpp.edge.StationEdge.Objection;
import org.ampay.ocpp.v201.wire.ChargingProfilePurposeEnumType;
import org.ampay.ocpp.v201.wire.ChargingProfileType;
import org.ampay.ocpp.v201.wire.EVSEType;
import org.ampay.ocpp.v201.wire.MessageTriggerEnumType;
import org.ampay.ocpp.v201.wire.RequestStartTransactionRequest;
import org.ampay.ocpp.v201.wire.TriggerMessageRequest;
import org.ampay.ocpp.wire.WireObject;
import org.jspecify.annotations.Nullable;

/** What the text of OCPP 2.0.1 forbids in a request although its schema allows it. */
final class Rules201 {

  private Rules201() {}

  static Optional<Objection> objection(WireObject request) {
    return switch (request) {
      case RequestStartTransactionRequest start -> profile(start.chargingProfile());
      case TriggerMessageRequest trigger -> trigger(trigger);
      default -> Optional.empty();
    };
  }

  /** F01.FR.09 and .11, F02.FR.17 and .19, K05.FR.02: it is for the transaction to come. */
  private static Optional<Objection> profile(@Nullable ChargingProfileType profile) {
    if (profile == null) {
      return Optional.empty();
    }
    if (profile.chargingProfilePurpose() != ChargingProfilePurposeEnumType.TxProfile) {
      return Optional.of(
          new Objection("chargingProfile.chargingProfilePurpose", "must be TxProfile"));
    }
    return profile.transactionId() == null
        ? Optional.empty()
        : Optional.of(
            new Objection(
                "chargingProfile.transactionId", "must be left out: there is no transaction yet"));
  }

  /** F06.FR.13: only a connector has the status that StatusNotification tells. */
  private static Optional<Objection> trigger(TriggerMessageRequest trigger) {
    if (trigger.requestedMessage() != MessageTriggerEnumType.StatusNotification) {
      return Optional.empty();
    }
    EVSEType evse = trigger.evse();
    if (evse == null) {
      return Optional.of(new Objection("evse", "is needed for StatusNotification"));
    }
    return evse.connectorId() != null
        ? Optional.empty()
        : Optional.of(new Objection("evse.connectorId", "is needed for StatusNotification"));
  }
}
