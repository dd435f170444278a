package org.ampay.station.device;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event that a station told by NotifyEvent.
 *
 * @param at by the station's clock
 * @param trigger {@code Alerting}, {@code Delta} or {@code Periodic}
 * @param cause the id of the event that caused it
 * @param value as sent; masked when the variable is a secret
 * @param cleared the alert is over
 * @param notification which kind of monitor: {@code HardWiredMonitor}, {@code CustomMonitor}, ...
 */
public record DeviceEvent(
    int eventId,
    Instant at,
    VariableKey place,
    String trigger,
    String value,
    @Nullable Integer cause,
    @Nullable Boolean cleared,
    @Nullable Integer monitorId,
    String notification,
    @Nullable String techCode,
    @Nullable String techInfo,
    @Nullable String transactionId) {

  public DeviceEvent {
    if (place.secret() && !value.isEmpty()) {
      value = VariableKey.MASK;
    }
  }
}
