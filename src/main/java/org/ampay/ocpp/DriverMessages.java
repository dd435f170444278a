package org.ampay.ocpp;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.ampay.base.Money;
import org.ampay.charging.CostMessage;
import org.ampay.charging.Display;
import org.ampay.charging.DriverTalk;
import org.ampay.charging.StationQuestions;
import org.ampay.ocpp.v16.CostData16;
import org.ampay.station.CommandOutcome;
import org.ampay.station.CommandPort;
import org.ampay.station.Protocol;
import org.ampay.station.StationInfo;

/** What stations are told to show: CostUpdated (2.0.1), DataTransfer of the costs' vendor (1.6). */
public final class DriverMessages implements DriverTalk {

  private final CommandPort commands;
  private final StationQuestions questions;

  public DriverMessages(CommandPort commands, StationQuestions questions) {
    this.commands = commands;
    this.questions = questions;
  }

  @Override
  public CompletionStage<Boolean> cost(StationInfo station, String transactionId, Money cost) {
    return questions.costs(station, transactionId, cost);
  }

  @Override
  public CompletionStage<Boolean> tell(StationInfo station, CostMessage message, Display display) {
    if (!commands.connected(station.id()).equals(Optional.of(Protocol.OCPP_16))) {
      return CompletableFuture.completedStage(false);
    }
    return commands
        .send(station, "DataTransfer", CostData16.request(message, display))
        .thenApply(DriverMessages::accepted)
        .exceptionally(failure -> false);
  }

  private static boolean accepted(CommandOutcome outcome) {
    return outcome instanceof CommandOutcome.Answered(String payload)
        && CostData16.accepted(payload);
  }
}
