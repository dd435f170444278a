package org.ampay.ocpi.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Instant;
import java.util.List;
import org.ampay.ocpi.json.OcpiJson;
import org.ampay.ocpi.json.OcpiTime;
import org.jspecify.annotations.Nullable;

/** What every answer is wrapped in, OCPI 2.2.1 §4.1.7. */
final class Envelopes {

  private static final int MOST_MESSAGE = 255;

  private Envelopes() {}

  static String of(@Nullable JsonNode data, OcpiStatus status, String message, Instant at) {
    StringBuilder text = new StringBuilder(200).append('{');
    if (data != null) {
      text.append("\"data\":").append(OcpiJson.text(data)).append(',');
    }
    return end(text, status, message, at);
  }

  static String of(List<String> items, Instant at) {
    int length = items.stream().mapToInt(item -> item.length() + 1).sum();
    StringBuilder text = new StringBuilder(length + 200).append("{\"data\":[");
    for (int i = 0; i < items.size(); i++) {
      text.append(i == 0 ? "" : ",").append(items.get(i));
    }
    text.append("],");
    return end(text, OcpiStatus.SUCCESS, "", at);
  }

  private static String end(StringBuilder text, OcpiStatus status, String message, Instant at) {
    text.append("\"status_code\":").append(status.code());
    if (!message.isEmpty()) {
      String cut = message.length() > MOST_MESSAGE ? message.substring(0, MOST_MESSAGE) : message;
      text.append(",\"status_message\":").append(OcpiJson.text(TextNode.valueOf(cut)));
    }
    return text.append(",\"timestamp\":\"").append(OcpiTime.write(at)).append("\"}").toString();
  }
}
