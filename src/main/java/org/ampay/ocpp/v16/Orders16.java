package org.ampay.ocpp.v16;

import java.nio.charset.StandardCharsets;
import org.ampay.access.IdToken;
import org.ampay.ocpp.edge.RemoteOrders;
import org.ampay.ocpp.v16.wire.RemoteStartTransactionRequest;
import org.ampay.ocpp.v16.wire.RemoteStartTransactionResponse;
import org.ampay.ocpp.v16.wire.RemoteStartTransactionStatus;
import org.ampay.ocpp.v16.wire.RemoteStopTransactionRequest;
import org.ampay.ocpp.wire.Wire;
import org.ampay.ocpp.wire.WireException;
import org.ampay.station.EvseRef;

/** RemoteStartTransaction and RemoteStopTransaction. */
public final class Orders16 implements RemoteOrders {

  @Override
  public Order start(EvseRef evse, IdToken token, int remoteStartId) {
    RemoteStartTransactionRequest request = RemoteStartTransactionRequest.of(token.uid());
    return new Order(
        "RemoteStartTransaction",
        Wire.toJson(evse.evseNo() > 0 ? request.withConnectorId(evse.evseNo()) : request));
  }

  @Override
  public Order stop(String transactionId) {
    return new Order(
        "RemoteStopTransaction",
        Wire.toJson(RemoteStopTransactionRequest.of(Integer.parseInt(transactionId))));
  }

  @Override
  public boolean accepted(String answer) {
    try {
      // Both answers have the same shape.
      RemoteStartTransactionResponse response =
          RemoteStartTransactionRequest.TYPE.readResponse(answer.getBytes(StandardCharsets.UTF_8));
      return response.status() == RemoteStartTransactionStatus.Accepted;
    } catch (WireException e) {
      return false;
    }
  }
}
