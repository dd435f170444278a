package org.ampay.ocpp.v201;

import java.nio.charset.StandardCharsets;
import org.ampay.access.IdToken;
import org.ampay.ocpp.edge.RemoteOrders;
import org.ampay.ocpp.v201.wire.IdTokenEnumType;
import org.ampay.ocpp.v201.wire.IdTokenType;
import org.ampay.ocpp.v201.wire.RequestStartStopStatusEnumType;
import org.ampay.ocpp.v201.wire.RequestStartTransactionRequest;
import org.ampay.ocpp.v201.wire.RequestStopTransactionRequest;
import org.ampay.ocpp.wire.Wire;
import org.ampay.ocpp.wire.WireException;
import org.ampay.station.EvseRef;

/** RequestStartTransaction and RequestStopTransaction. */
public final class Orders201 implements RemoteOrders {

  @Override
  public Order start(EvseRef evse, IdToken token, int remoteStartId) {
    RequestStartTransactionRequest request =
        RequestStartTransactionRequest.of(
            IdTokenType.of(token.uid(), type(token.type())), remoteStartId);
    return new Order(
        "RequestStartTransaction",
        Wire.toJson(evse.evseNo() > 0 ? request.withEvseId(evse.evseNo()) : request));
  }

  @Override
  public Order stop(String transactionId) {
    return new Order(
        "RequestStopTransaction", Wire.toJson(RequestStopTransactionRequest.of(transactionId)));
  }

  @Override
  public boolean accepted(String answer) {
    byte[] json = answer.getBytes(StandardCharsets.UTF_8);
    try {
      return RequestStartTransactionRequest.TYPE.readResponse(json).status()
          == RequestStartStopStatusEnumType.Accepted;
    } catch (WireException e) {
      return false;
    }
  }

  /** The token's own type; a token that has none of 2.0.1 was made by the central system. */
  static IdTokenEnumType type(String name) {
    for (IdTokenEnumType type : IdTokenEnumType.values()) {
      if (type.wireName().equals(name)) {
        return type;
      }
    }
    return IdTokenEnumType.Central;
  }
}
