package org.ampay.station.reports;

import org.jspecify.annotations.Nullable;

/** A command of ours that leads to reports, without its protocol. */
public sealed interface Sent {

  /**
   * Something whose work goes on after the answer.
   *
   * @param requestId null: the action has none
   * @param location where the station loads from or to; empty: nowhere
   * @param whole of a display query: whether it asks for every message
   */
  record Work(OperationKind kind, @Nullable Integer requestId, String location, boolean whole)
      implements Sent {}

  record SetDisplay(DisplayMessage message) implements Sent {}

  record ClearDisplay(int messageId) implements Sent {}

  /**
   * CustomerInformation.
   *
   * @param namedBy id_token, certificate, identifier or nothing
   * @param customer in words for people
   * @param idToken of a customer named by one; null otherwise
   */
  record Customer(
      int requestId,
      boolean report,
      boolean clear,
      String namedBy,
      String customer,
      @Nullable String idToken)
      implements Sent {}

  /** DataTransfer. */
  record Transfer(String vendorId, @Nullable String messageId, @Nullable String data)
      implements Sent {}

  /**
   * What a station answered to one of these.
   *
   * @param status empty: the answer has none, which means yes
   * @param detail the file's name, the data of a transfer; empty: none
   */
  record Answer(String status, String detail) {}
}
