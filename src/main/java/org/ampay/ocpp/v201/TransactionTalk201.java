package org.ampay.ocpp.v201;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.ampay.base.Money;
import org.ampay.charging.StationQuestions;
import org.ampay.ocpp.v201.wire.CostUpdatedRequest;
import org.ampay.ocpp.v201.wire.GetTransactionStatusRequest;
import org.ampay.ocpp.v201.wire.GetTransactionStatusResponse;
import org.ampay.ocpp.wire.Wire;
import org.ampay.ocpp.wire.WireException;
import org.ampay.station.CommandOutcome;
import org.ampay.station.CommandPort;
import org.ampay.station.Protocol;
import org.ampay.station.StationInfo;

/** GetTransactionStatus (E14) and CostUpdated (I02) to stations of OCPP 2.0.1. */
public final class TransactionTalk201 implements StationQuestions {

  private final CommandPort commands;

  public TransactionTalk201(CommandPort commands) {
    this.commands = commands;
  }

  @Override
  public CompletionStage<Standing> standing(StationInfo station, String transactionId) {
    if (!speaks201(station)) {
      return CompletableFuture.completedStage(new Standing.Away());
    }
    GetTransactionStatusRequest request =
        GetTransactionStatusRequest.of().withTransactionId(transactionId);
    return commands
        .send(station, "GetTransactionStatus", Wire.toJson(request))
        .thenApply(TransactionTalk201::standing)
        .exceptionally(failure -> new Standing.Away());
  }

  @Override
  public CompletionStage<Boolean> costs(StationInfo station, String transactionId, Money cost) {
    if (!speaks201(station)) {
      return CompletableFuture.completedStage(false);
    }
    return commands
        .send(
            station,
            "CostUpdated",
            Wire.toJson(CostUpdatedRequest.of(cost.toDecimal(), transactionId)))
        .thenApply(outcome -> outcome instanceof CommandOutcome.Answered)
        .exceptionally(failure -> false);
  }

  private boolean speaks201(StationInfo station) {
    return commands.connected(station.id()).equals(Optional.of(Protocol.OCPP_201));
  }

  private static Standing standing(CommandOutcome outcome) {
    return switch (outcome) {
      case CommandOutcome.Answered(String payload) -> read(payload);
      case CommandOutcome.Error(String code, String _) -> new Standing.CannotTell(code);
      case CommandOutcome.Invalid(String _, String description) ->
          new Standing.CannotTell(description);
      case CommandOutcome.UnknownAction _, CommandOutcome.BadPayload _ ->
          throw new IllegalStateException("GetTransactionStatus is one of ours: " + outcome);
      case CommandOutcome.NotConnected _, CommandOutcome.TimedOut _ -> new Standing.Away();
    };
  }

  private static Standing read(String payload) {
    try {
      GetTransactionStatusResponse answer =
          GetTransactionStatusRequest.TYPE.readResponse(payload.getBytes(StandardCharsets.UTF_8));
      return new Standing.Told(
          Optional.ofNullable(answer.ongoingIndicator()), answer.messagesInQueue());
    } catch (WireException e) {
      return new Standing.CannotTell(String.valueOf(e.getMessage()));
    }
  }
}
