package org.ampay.ocpp.v16;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.ampay.ocpp.v16.wire.GetConfigurationRequest;
import org.ampay.ocpp.v16.wire.KeyValue;
import org.ampay.ocpp.wire.WireException;

/** Configuration keys in the answer to a GetConfiguration. */
final class Keys16 {

  private Keys16() {}

  /** A key's value; empty when the station did not tell it. */
  static Optional<String> text(String answer, String key) {
    try {
      for (KeyValue pair :
          GetConfigurationRequest.TYPE
              .readResponse(answer.getBytes(StandardCharsets.UTF_8))
              .configurationKey()) {
        if (pair.key().equalsIgnoreCase(key)) {
          return Optional.ofNullable(pair.value()).map(String::strip);
        }
      }
      return Optional.empty();
    } catch (WireException e) {
      return Optional.empty();
    }
  }

  static Optional<Integer> number(String answer, String key) {
    return text(answer, key).filter(text -> text.matches("[0-9]{1,9}")).map(Integer::valueOf);
  }
}
