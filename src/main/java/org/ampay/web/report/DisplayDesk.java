package org.ampay.web.report;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import org.ampay.audit.AuditEntry;
import org.ampay.audit.AuditLog;
import org.ampay.station.CommandOutcome;
import org.ampay.station.StationInfo;
import org.ampay.station.reports.DisplayMessage;
import org.ampay.station.reports.ReportOrders.DisplayQuery;
import org.ampay.web.http.JsonCodec;
import org.ampay.web.http.Problem;
import org.jspecify.annotations.Nullable;

/** Sets, clears and reads the messages on stations' displays. */
public final class DisplayDesk {

  public static final List<String> PRIORITIES = List.of("NormalCycle", "InFront", "AlwaysFront");
  public static final List<String> STATES = List.of("Idle", "Charging", "Faulted", "Unavailable");
  public static final List<String> FORMATS = List.of("UTF8", "ASCII", "HTML", "URI");

  private final Orders orders;
  private final AuditLog audit;

  public DisplayDesk(Orders orders, AuditLog audit) {
    this.orders = orders;
    this.audit = audit;
  }

  /**
   * SetDisplayMessage.
   *
   * @return the station's answer: Accepted, or why not
   */
  public String set(StationInfo station, DisplayMessage message, String actor) {
    check(message);
    String answer = status(orders.send(station, v -> v.setDisplay(message), actor));
    note(station, actor, "display.set", message.id(), answer);
    return answer;
  }

  /**
   * ClearDisplayMessage.
   *
   * @return Accepted or Unknown
   */
  public String clear(StationInfo station, int messageId, String actor) {
    String answer = status(orders.send(station, v -> v.clearDisplay(messageId), actor));
    note(station, actor, "display.clear", messageId, answer);
    return answer;
  }

  /**
   * GetDisplayMessages: what the station reports comes later.
   *
   * @param id null: any, and so on
   * @return Accepted, or Unknown when nothing fits
   */
  public String read(
      StationInfo station,
      @Nullable Integer id,
      @Nullable String priority,
      @Nullable String state,
      String actor) {
    known("priority", priority, PRIORITIES);
    known("state", state, STATES);
    DisplayQuery query = new DisplayQuery(orders.requestId(), id, priority, state);
    return status(orders.send(station, v -> v.getDisplays(query), actor));
  }

  /** What the rules of O01 demand of us. */
  private static void check(DisplayMessage message) {
    known("priority", message.priority(), PRIORITIES);
    known("state", message.state(), STATES);
    known("format", message.format(), FORMATS);
    if (message.id() < 0) {
      throw Problem.badField("id", "must be 0 or more").exception();
    }
    if (message.content().isEmpty() || message.content().length() > 512) {
      throw Problem.badField("content", "must have 1 to 512 characters").exception();
    }
    if (message.startAt() != null
        && message.endAt() != null
        && !message.endAt().isAfter(message.startAt())) {
      throw Problem.badField("end_at", "must be after start_at").exception();
    }
    String transaction = message.transactionId();
    if (transaction != null && (transaction.isBlank() || transaction.length() > 36)) {
      throw Problem.badField("transaction_id", "must have 1 to 36 characters").exception();
    }
    checkLanguage(message.language());
    checkFormat(message);
  }

  /** O01.FR.17: a tag of RFC 5646. */
  private static void checkLanguage(@Nullable String language) {
    if (language == null) {
      return;
    }
    try {
      new Locale.Builder().setLanguageTag(language);
    } catch (IllformedLocaleException e) {
      throw Problem.badField("language", "must be a language tag like en or zh-CN").exception();
    }
    if (language.isBlank() || language.length() > 8) {
      throw Problem.badField("language", "must have 1 to 8 characters").exception();
    }
  }

  private static void checkFormat(DisplayMessage message) {
    String content = message.content();
    if (message.format().equals("ASCII")
        && !StandardCharsets.US_ASCII.newEncoder().canEncode(content)) {
      throw Problem.badField("content", "must be ASCII in this format").exception();
    }
    if (message.format().equals("URI")) {
      try {
        URI.create(content);
      } catch (IllegalArgumentException e) {
        throw Problem.badField("content", "must be a URI in this format").exception();
      }
    }
  }

  private static void known(String field, @Nullable String word, List<String> words) {
    if (word != null && !words.contains(word)) {
      throw Problem.badField(field, "must be one of " + words).exception();
    }
  }

  private void note(StationInfo station, String actor, String action, int id, String answer) {
    audit.append(
        AuditEntry.of(station.operatorId(), actor, action, "station:" + station.identity())
            .with("message", id)
            .with("answer", answer));
  }

  static String status(CommandOutcome outcome) {
    return switch (outcome) {
      case CommandOutcome.Answered(String payload) ->
          JsonCodec.tree(payload).path("status").asText();
      case CommandOutcome.Error(String code, String _) -> code;
      case CommandOutcome.Invalid _ -> "invalid";
      case CommandOutcome.NotConnected _,
          CommandOutcome.TimedOut _,
          CommandOutcome.BadPayload _,
          CommandOutcome.UnknownAction _ ->
          throw new IllegalStateException("not an answer: " + outcome);
    };
  }
}
