package org.ampay.ocpp.edge;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.ampay.station.Protocol;
import org.ampay.station.StationInfo;
import org.ampay.station.reports.Report;
import org.ampay.station.reports.ReportPort;
import org.ampay.station.reports.TransferRule;
import org.jspecify.annotations.Nullable;

/**
 * Answers the DataTransfer of stations: by the handler of its vendor, else by what the operator has
 * decided of the vendor; every message is stored with its answer.
 */
public final class DataTransfers {

  /** The answer's status, of both versions. */
  public enum Status {
    ACCEPTED("Accepted"),
    REJECTED("Rejected"),
    UNKNOWN_MESSAGE_ID("UnknownMessageId"),
    UNKNOWN_VENDOR_ID("UnknownVendorId");

    private final String wireName;

    Status(String wireName) {
      this.wireName = wireName;
    }

    public String wireName() {
      return wireName;
    }
  }

  /**
   * A message of a station.
   *
   * @param data 2.0.1: JSON text; 1.6: the string itself
   */
  public record Message(
      StationInfo station,
      Protocol protocol,
      String vendorId,
      @Nullable String messageId,
      @Nullable String data,
      Instant receivedAt) {}

  /**
   * An answer.
   *
   * @param data as in {@link Message}
   */
  public record Answer(Status status, @Nullable String data) {

    public static Answer of(Status status) {
      return new Answer(status, null);
    }
  }

  /** The messages of one vendor; a further vendor is one more handler in {@code app}. */
  public interface Handler {

    /** Whose messages it answers. */
    String vendorId();

    /**
     * Answers one message: {@code UNKNOWN_MESSAGE_ID} where it does not know it. Must not wait for
     * another message of the same station.
     */
    CompletionStage<Answer> handle(Message message);
  }

  private final Map<String, Handler> handlers;
  private final TransferRule transfers;
  private final ReportPort reports;

  /**
   * @throws IllegalStateException when two handlers are for the same vendor
   */
  public DataTransfers(List<Handler> handlers, TransferRule transfers, ReportPort reports) {
    this.handlers =
        handlers.stream().collect(Collectors.toMap(Handler::vendorId, Function.identity()));
    this.transfers = transfers;
    this.reports = reports;
  }

  /** Answers a message once it is stored. */
  public CompletionStage<Answer> answer(Message message) {
    Handler handler = handlers.get(message.vendorId());
    CompletionStage<Answer> answer =
        handler == null
            ? CompletableFuture.completedStage(decided(message))
            : handler.handle(message);
    return answer.thenCompose(
        made ->
            reports
                .submit(
                    message.station(),
                    new Report.Transfer(
                        message.vendorId(),
                        message.messageId(),
                        message.data(),
                        made.status().wireName(),
                        made.data()),
                    message.receivedAt())
                .thenApply(stored -> made));
  }

  private Answer decided(Message message) {
    TransferRule.Decision decision =
        transfers.decide(message.station().operatorId(), message.vendorId(), message.messageId());
    return Answer.of(
        switch (decision) {
          case ACCEPT -> Status.ACCEPTED;
          case UNKNOWN_MESSAGE -> Status.UNKNOWN_MESSAGE_ID;
          case UNKNOWN_VENDOR -> Status.UNKNOWN_VENDOR_ID;
        });
  }
}
