package org.ampay.web.console;

import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.ampay.web.http.JsonCodec;
import org.ampay.web.read.MessageReadStore.Message;
import org.jspecify.annotations.Nullable;

/** Messages as lines of a file. */
final class MessageSheet {

  static final String HEADER = "id,at,station,direction,action,message_id,error_code,frame\n";

  private MessageSheet() {}

  static String csv(Message m) {
    return m.id()
        + ","
        + m.at().truncatedTo(ChronoUnit.MILLIS)
        + ","
        + cell(m.station())
        + ","
        + m.direction()
        + ","
        + cell(m.action())
        + ","
        + cell(m.messageId())
        + ","
        + cell(m.errorCode())
        + ","
        + cell(m.frame())
        + "\n";
  }

  /** In quotes; what a spreadsheet would take for a formula begins with an apostrophe. */
  private static String cell(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      return "";
    }
    boolean formula = "=+-@\t\r".indexOf(text.charAt(0)) >= 0;
    return "\"" + (formula ? "'" : "") + text.replace("\"", "\"\"") + "\"";
  }

  static String json(Message m) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("id", m.id());
    line.put("at", m.at());
    line.put("station", m.station());
    line.put("direction", m.direction());
    line.put("action", m.action());
    line.put("message_id", m.messageId());
    line.put("error_code", m.errorCode());
    line.put("frame", m.frame());
    return JsonCodec.write(line) + "\n";
  }
}
