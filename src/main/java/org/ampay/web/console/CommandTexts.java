package org.ampay.web.console;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import org.ampay.station.command.CommandRecord;
import org.ampay.web.http.JsonCodec;

/** How a command of the history is written. */
public final class CommandTexts {

  private CommandTexts() {}

  /** The colour of its state; a refusal is none to be happy about. */
  public static String color(CommandRecord command) {
    return switch (command.state()) {
      case ANSWERED -> good(status(command)) ? "green" : "orange";
      case LATE -> "orange";
      case QUEUED -> "purple";
      case SENT -> "azure";
      case ERROR, INVALID, TIMED_OUT -> "red";
      case EXPIRED, CANCELLED, NOT_SENT, UNKNOWN -> "secondary";
    };
  }

  /** Whether a status of an answer says that it was done, or will be. */
  static boolean good(String status) {
    return switch (status) {
      case "Rejected",
          "NotSupported",
          "NotImplemented",
          "UnlockFailed",
          "UnknownConnector",
          "OngoingAuthorizedTransaction",
          "Failed",
          "VersionMismatch",
          "Faulted",
          "Occupied",
          "Unavailable",
          "NotFound",
          "Unknown",
          "UnknownMessageId",
          "UnknownVendorId",
          "InvalidCertificate",
          "RevokedCertificate" ->
          false;
      default -> true;
    };
  }

  /** The status in its answer, or its error code; empty when there is none. */
  public static String status(CommandRecord command) {
    String code = command.progress().errorCode();
    String answer = command.progress().answer();
    if (code != null) {
      return code;
    }
    if (answer == null || !answer.startsWith("{")) {
      return "";
    }
    JsonNode status = JsonCodec.tree(answer).path("status");
    return status.isTextual() && status.asText().length() <= 40 ? status.asText() : "";
  }

  /** {@code 35 ms}, {@code 4.2 s}. */
  public static String latency(CommandRecord command) {
    long millis = command.latency().orElseThrow().toMillis();
    return millis < 1_000 ? millis + " ms" : String.format(Locale.ROOT, "%.1f s", millis / 1e3);
  }

  /** Who, and for the system why. */
  public static String sender(Ui ui, CommandRecord command) {
    String actor = command.sender().actor();
    String reason = command.sender().reason();
    String who = actor.equals("system") ? ui.t("command.system") : actor;
    return reason.isEmpty() ? who : who + " (" + reason + ")";
  }
}
