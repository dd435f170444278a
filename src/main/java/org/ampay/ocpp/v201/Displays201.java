package org.ampay.ocpp.v201;

import org.ampay.ocpp.v201.wire.ComponentType;
import org.ampay.ocpp.v201.wire.MessageContentType;
import org.ampay.ocpp.v201.wire.MessageFormatEnumType;
import org.ampay.ocpp.v201.wire.MessageInfoType;
import org.ampay.ocpp.v201.wire.MessagePriorityEnumType;
import org.ampay.ocpp.v201.wire.MessageStateEnumType;
import org.ampay.ocpp.wire.Wire;
import org.ampay.station.reports.DisplayMessage;
import org.jspecify.annotations.Nullable;

/** Display messages between the wire and the rooms. */
final class Displays201 {

  private Displays201() {}

  static DisplayMessage message(MessageInfoType info) {
    ComponentType display = info.display();
    MessageStateEnumType state = info.state();
    MessageContentType content = info.message();
    return new DisplayMessage(
        info.id(),
        info.priority().wireName(),
        state == null ? null : state.wireName(),
        info.startDateTime(),
        info.endDateTime(),
        info.transactionId(),
        content.format().wireName(),
        content.language(),
        content.content(),
        display == null ? null : Wire.toJson(display));
  }

  /**
   * A message of ours, which names no display.
   *
   * @throws IllegalArgumentException when a word is none of the protocol
   */
  static MessageInfoType info(DisplayMessage message) {
    return new MessageInfoType(
        null,
        message.id(),
        MessagePriorityEnumType.valueOf(message.priority()),
        state(message.state()),
        message.startAt(),
        message.endAt(),
        message.transactionId(),
        new MessageContentType(
            MessageFormatEnumType.valueOf(message.format()),
            message.language(),
            message.content(),
            null),
        null);
  }

  static @Nullable MessageStateEnumType state(@Nullable String word) {
    return word == null ? null : MessageStateEnumType.valueOf(word);
  }
}
