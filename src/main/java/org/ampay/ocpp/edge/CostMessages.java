package org.ampay.ocpp.edge;

import static java.util.concurrent.CompletableFuture.completedStage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.concurrent.CompletionStage;
import org.ampay.ocpp.edge.DataTransfers.Answer;
import org.ampay.ocpp.edge.DataTransfers.Message;
import org.ampay.ocpp.edge.DataTransfers.Status;
import org.jspecify.annotations.Nullable;

/**
 * The price messages of the Open Charge Alliance's paper for OCPP 1.6 that stations send: only that
 * a connector was unplugged after its transaction. It is kept with its answer; nothing is billed
 * for time after a transaction's end.
 */
public final class CostMessages implements DataTransfers.Handler {

  public static final String VENDOR = "org.openchargealliance.costmsg";

  private static final ObjectMapper JSON = JsonMapper.builder().build();

  @Override
  public String vendorId() {
    return VENDOR;
  }

  @Override
  public CompletionStage<Answer> handle(Message message) {
    return completedStage(
        Answer.of(
            "ConnectorUnplugged".equals(message.messageId())
                ? unplugged(message.data())
                : Status.UNKNOWN_MESSAGE_ID));
  }

  /** {@code {"transactionId":12,"timestamp":"…"}}. */
  private static Status unplugged(@Nullable String data) {
    if (data == null) {
      return Status.REJECTED;
    }
    try {
      JsonNode told = JSON.readTree(data);
      OffsetDateTime.parse(told.path("timestamp").asText());
      return told.path("transactionId").isIntegralNumber() ? Status.ACCEPTED : Status.REJECTED;
    } catch (JsonProcessingException | DateTimeException e) {
      return Status.REJECTED;
    }
  }
}
