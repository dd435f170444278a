package org.ampay.app.partner;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;

/** A plain page with the partner's books. */
final class PartnerPage {

  private static final int MAX_ROWS = 50;

  private PartnerPage() {}

  static String of(PartnerSystem partner, List<PartnerBooks.Received> calls) {
    StringBuilder page =
        new StringBuilder("<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>");
    page.append(text(partner.name())).append("</title><style>");
    page.append("body{font:15px sans-serif;margin:2em auto;max-width:60em;padding:0 1em}");
    page.append("table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:.2em}");
    page.append("tr+tr{border-top:1px solid #ccc}.bad{color:#a00}</style><h1>");
    page.append(text(partner.name())).append("</h1><p>");
    page.append(
        partner.isConnected()
            ? "OCPI " + partner.version().wire() + " with " + text(partner.otherParty().toString())
            : "not connected");
    page.append("</p>");
    complaints(page, partner.complaints().all());
    for (String module : List.of("sessions", "cdrs", "locations", "tariffs")) {
      objects(page, module, partner.books());
    }
    calls(page, calls);
    return page.append("</html>").toString();
  }

  private static void complaints(StringBuilder page, List<String> complaints) {
    page.append("<h2>Complaints: ").append(complaints.size()).append("</h2><ul>");
    complaints.stream()
        .limit(MAX_ROWS)
        .forEach(one -> page.append("<li class=\"bad\">").append(text(one)).append("</li>"));
    page.append("</ul>");
  }

  private static void objects(StringBuilder page, String module, PartnerBooks books) {
    List<? extends JsonNode> all = books.all(module);
    String title = module.substring(0, 1).toUpperCase(Locale.ROOT) + module.substring(1);
    page.append("<h2>").append(title).append(": ").append(all.size()).append("</h2><table>");
    row(page, "th", "id", "status", "kWh", "cost", "last updated");
    all.reversed().stream()
        .limit(MAX_ROWS)
        .forEach(
            one ->
                row(
                    page,
                    "td",
                    one.path("id").asText(),
                    one.path("status").asText(one.path("name").asText()),
                    one.path("kwh").asText(one.path("total_energy").asText()),
                    cost(one),
                    one.path("last_updated").asText()));
    page.append("</table>");
  }

  private static String cost(JsonNode one) {
    JsonNode price = one.path("total_cost");
    String amount = price.path("excl_vat").asText(price.path("before_taxes").asText());
    return amount.isEmpty() ? "" : amount + " " + one.path("currency").asText();
  }

  private static void calls(StringBuilder page, List<PartnerBooks.Received> calls) {
    page.append("<h2>Last calls</h2><table>");
    calls.reversed().stream()
        .limit(MAX_ROWS)
        .forEach(
            call -> row(page, "td", call.method(), call.path(), Integer.toString(call.status())));
    page.append("</table>");
  }

  private static void row(StringBuilder page, String cell, String... texts) {
    page.append("<tr>");
    for (String one : texts) {
      page.append('<').append(cell).append('>').append(text(one));
      page.append("</").append(cell).append('>');
    }
    page.append("</tr>");
  }

  private static String text(String raw) {
    return raw.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
