package org.ampay.ocpp.edge;

import java.util.Optional;
import org.ampay.ocpp.edge.CallAnswer.Refused;
import org.ampay.ocpp.wire.ErrorCode;
import org.ampay.station.Registration;

/**
 * What a station may call before its boot is accepted: while Pending what we triggered, else
 * nothing (2.0.1: FR.04, B01.FR.10, B02.FR.09, B03.FR.07; 1.6 section 4.2.1).
 */
public final class Admission {

  private Admission() {}

  /** The refusal of a call other than BootNotification; empty when it may pass. */
  public static Optional<CallAnswer> refuse(Registration registration, StationCall call) {
    return switch (registration) {
      case ACCEPTED -> Optional.empty();
      case PENDING -> call.triggered() ? Optional.empty() : refused("the station is Pending");
      case REJECTED -> refused("the station is Rejected");
      case NONE -> refused("a BootNotification must be accepted first");
    };
  }

  private static Optional<CallAnswer> refused(String why) {
    return Optional.of(new Refused(ErrorCode.SECURITY_ERROR, why));
  }
}
