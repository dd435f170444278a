package org.ampay.ocpp.wire;

import java.util.Optional;
import org.ampay.station.Protocol;

/**
 * Codes of a CALLERROR, with the spelling of each version's OCPP-J. Where 1.6 has no such code, its
 * nearest one is used.
 */
public enum ErrorCode {
  FORMAT_VIOLATION("FormationViolation", "FormatViolation"),
  PROPERTY_CONSTRAINT_VIOLATION("PropertyConstraintViolation", "PropertyConstraintViolation"),
  /** 1.6 misspells it, and its stations expect it so. */
  OCCURRENCE_CONSTRAINT_VIOLATION("OccurenceConstraintViolation", "OccurrenceConstraintViolation"),
  TYPE_CONSTRAINT_VIOLATION("TypeConstraintViolation", "TypeConstraintViolation"),
  NOT_IMPLEMENTED("NotImplemented", "NotImplemented"),
  NOT_SUPPORTED("NotSupported", "NotSupported"),
  INTERNAL_ERROR("InternalError", "InternalError"),
  PROTOCOL_ERROR("ProtocolError", "ProtocolError"),
  SECURITY_ERROR("SecurityError", "SecurityError"),
  GENERIC_ERROR("GenericError", "GenericError"),
  RPC_FRAMEWORK_ERROR("FormationViolation", "RpcFrameworkError"),
  MESSAGE_TYPE_NOT_SUPPORTED("NotSupported", "MessageTypeNotSupported");

  private final String text16;
  private final String text201;

  ErrorCode(String text16, String text201) {
    this.text16 = text16;
    this.text201 = text201;
  }

  /** The code as that version spells it. */
  public String text(Protocol protocol) {
    return switch (protocol) {
      case OCPP_16 -> text16;
      case OCPP_201 -> text201;
    };
  }

  /** The code of a received CALLERROR, in either version's spelling (the 1.6 errata allow both). */
  public static Optional<ErrorCode> parse(String text) {
    for (ErrorCode code : values()) {
      if (code.text16.equals(text) || code.text201.equals(text)) {
        return Optional.of(code);
      }
    }
    return Optional.empty();
  }
}
