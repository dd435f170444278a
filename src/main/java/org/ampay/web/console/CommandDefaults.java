package org.ampay.web.console;

import java.time.Instant;
import org.ampay.ocpp.dictionary.FieldSpec;
import org.ampay.ocpp.dictionary.FieldSpec.Kind;

/** What stands in a field that nobody has touched yet. */
final class CommandDefaults {

  private final String action;
  private final CommandForm form;
  private final Instant now;

  CommandDefaults(String action, CommandForm form, Instant now) {
    this.action = action;
    this.form = form;
    this.now = now;
  }

  String of(String path, FieldSpec field) {
    if (field.kind() instanceof Kind.DateTime) {
      return field.required() ? form.local(now) : "";
    }
    return switch (field.name()) {
      case "requestId", "remoteStartId", "reservationId", "chargingProfileId" ->
          field.required() ? fresh() : "";
      case "chargingProfilePurpose" -> action.endsWith("StartTransaction") ? "TxProfile" : "";
      case "type" -> type(path, field);
      case "stackLevel", "startPeriod" -> field.required() ? "0" : "";
      case "connectorId", "evseId" -> field.required() ? "1" : "";
      case "id" -> field.required() ? id(path) : "";
      case "chargingProfileKind" -> "Absolute";
      case "reportBase" -> "FullInventory";
      case "hashAlgorithm" -> "SHA256";
      case "requestedMessage" -> "StatusNotification";
      default -> "";
    };
  }

  private String id(String path) {
    if (path.endsWith("evse.id") || path.matches(".*chargingSchedule\\[0]\\.id")) {
      return "1";
    }
    return path.equals("chargingProfile.id") || path.equals("id") ? fresh() : "";
  }

  private String type(String path, FieldSpec field) {
    if (!(field.kind() instanceof Kind.Choice(java.util.List<String> words))) {
      return "";
    }
    if (path.endsWith("dToken.type") && words.contains("ISO14443")) {
      return "ISO14443";
    }
    return action.equals("Reset") ? words.contains("OnIdle") ? "OnIdle" : "Soft" : "";
  }

  /** A number that was not used lately. */
  private String fresh() {
    return String.valueOf(now.getEpochSecond() & 0x7fffffff);
  }
}
