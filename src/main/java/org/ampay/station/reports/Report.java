package org.ampay.station.reports;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something that a station reports, in the words of its protocol. */
public sealed interface Report {

  /**
   * FirmwareStatusNotification, SignedFirmwareStatusNotification,
   * PublishFirmwareStatusNotification, LogStatusNotification, DiagnosticsStatusNotification.
   *
   * @param requestId null: the newest operation of the kind is meant
   * @param detail further words, for example the places where a firmware is published
   */
  record Status(OperationKind kind, String status, @Nullable Integer requestId, String detail)
      implements Report {}

  /**
   * SecurityEventNotification.
   *
   * @param at by the station's clock
   */
  record Security(String type, Instant at, @Nullable String techInfo) implements Report {}

  /**
   * NotifyDisplayMessages.
   *
   * @param more whether a further part follows
   */
  record Displays(int requestId, List<DisplayMessage> messages, boolean more) implements Report {

    public Displays {
      messages = List.copyOf(messages);
    }
  }

  /** NotifyCustomerInformation. */
  record Customer(int requestId, int seqNo, Instant generatedAt, String data, boolean more)
      implements Report {}

  /**
   * DataTransfer, with its answer.
   *
   * @param data 2.0.1: JSON text; 1.6: the string itself
   * @param answerData likewise
   */
  record Transfer(
      String vendorId,
      @Nullable String messageId,
      @Nullable String data,
      String status,
      @Nullable String answerData)
      implements Report {}

  /** The first boot after a firmware update. */
  record Booted(@Nullable String firmwareVersion) implements Report {}
}
