package org.ampay.ocpp.edge;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.ampay.ocpp.wire.Payload;
import org.ampay.station.StationInfo;

/**
 * A CALL of a station: framed, not yet judged.
 *
 * @param frame the whole frame as it came, UTF-8; not to be changed
 * @param triggered whether we asked for this action on this connection (TriggerMessage, GetReport)
 */
public record StationCall(
    StationInfo station,
    String action,
    Payload payload,
    byte[] frame,
    Instant receivedAt,
    boolean triggered) {

  /** The frame as text. */
  public String frameText() {
    return new String(frame, StandardCharsets.UTF_8);
  }
}
