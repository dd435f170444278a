package org.ampay.ocpp.edge;

import static java.util.concurrent.CompletableFuture.completedStage;

import java.util.concurrent.CompletionStage;
import org.ampay.ocpp.edge.DataTransfers.Answer;
import org.ampay.ocpp.edge.DataTransfers.Message;
import org.ampay.ocpp.edge.DataTransfers.Status;

/**
 * The price messages of the Open Charge Alliance's white paper for OCPP 1.6: the vendor is ours to
 * talk to, but all its messages go to the station, so whatever comes from one is unknown.
 */
public final class CostMessages implements DataTransfers.Handler {

  @Override
  public String vendorId() {
    return "org.openchargealliance.costmsg";
  }

  @Override
  public CompletionStage<Answer> handle(Message message) {
    return completedStage(Answer.of(Status.UNKNOWN_MESSAGE_ID));
  }
}
