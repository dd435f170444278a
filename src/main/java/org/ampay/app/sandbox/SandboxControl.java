package org.ampay.app.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;

/**
 * Control of the gateway by HTTP, from the same machine only; the payer's pages are open to whoever
 * reaches them.
 *
 * <ul>
 *   <li>{@code GET /sandbox/books}: movements and holds
 *   <li>{@code GET, POST, DELETE /sandbox/faults}: rules {@code {"fault":"drop_answer",
 *       "provider":"stripe","operation":"capture","times":3,"per_mille":1000,"delay_ms":500}}
 *   <li>{@code POST /sandbox/clock {"advance_seconds":60}}
 *   <li>{@code POST /sandbox/accounts {"provider":"stripe","merchant":"demo","callback_url":"…"}}
 *   <li>{@code POST /sandbox/acts {"text":"…","act":"pay"}}
 * </ul>
 */
final class SandboxControl {

  static final String PATH = "/sandbox/";

  private final Sandbox sandbox;
  private final PayerPages pages;

  SandboxControl(Sandbox sandbox) {
    this.sandbox = sandbox;
    this.pages = new PayerPages(sandbox);
  }

  SandboxAnswer answer(SandboxCall call, boolean loopback) {
    if (call.path().equals(PayerPages.PATH)) {
      return pages.answer(call);
    }
    if (!loopback) {
      return problem(403, "only from the same machine");
    }
    try {
      return dispatch(call);
    } catch (JsonProcessingException | IllegalArgumentException e) {
      return problem(400, String.valueOf(e.getMessage()));
    }
  }

  private SandboxAnswer dispatch(SandboxCall call) throws JsonProcessingException {
    return switch (call.method() + " " + call.path().substring(PATH.length())) {
      case "GET books" -> json(books());
      case "GET faults" -> json(rules());
      case "DELETE faults" -> {
        sandbox.faults().clear();
        yield json(rules());
      }
      case "POST faults" -> {
        sandbox.faults().add(rule(body(call)));
        yield json(rules());
      }
      case "POST clock" -> {
        sandbox.advance(Duration.ofSeconds(body(call).path("advance_seconds").asLong()));
        yield json(node().put("now", sandbox.now().toString()));
      }
      case "POST accounts" -> json(account(body(call)));
      case "POST acts" -> json(node().put("done", act(body(call))));
      default -> problem(404, "no such address");
    };
  }

  private boolean act(JsonNode body) {
    return sandbox.act(
        body.path("text").asText(),
        SandboxWire.Act.valueOf(body.path("act").asText().toUpperCase(Locale.ROOT)));
  }

  private ObjectNode account(JsonNode body) {
    ObjectNode settings = node();
    sandbox
        .account(
            body.path("provider").asText(),
            body.path("merchant").asText("sandbox"),
            URI.create(body.path("callback_url").asText()))
        .forEach(settings::put);
    return settings;
  }

  private static SandboxFaults.Rule rule(JsonNode body) {
    return new SandboxFaults.Rule(
        SandboxFaults.Fault.ofCode(body.path("fault").asText()),
        body.path("provider").asText(),
        body.path("operation").asText(),
        body.path("times").asInt(1),
        body.path("per_mille").asInt(1_000),
        Duration.ofMillis(body.path("delay_ms").asLong(1_000)));
  }

  private ObjectNode rules() {
    ObjectNode all = node();
    ArrayNode rules = all.putArray("rules");
    for (SandboxFaults.Rule rule : sandbox.faults().rules()) {
      rules
          .addObject()
          .put("fault", rule.fault().name().toLowerCase(Locale.ROOT))
          .put("provider", rule.provider())
          .put("operation", rule.operation())
          .put("times", rule.times())
          .put("per_mille", rule.perMille())
          .put("delay_ms", rule.delay().toMillis());
    }
    return all;
  }

  private ObjectNode books() {
    ObjectNode all = node();
    ArrayNode movements = all.putArray("movements");
    for (SandboxBooks.Movement moved : sandbox.books().movements()) {
      movements
          .addObject()
          .put("provider", moved.provider())
          .put("merchant", moved.merchant())
          .put("kind", moved.kind().name().toLowerCase(Locale.ROOT))
          .put("reference", moved.reference())
          .put("currency", moved.currency())
          .put("minor", moved.minor())
          .put("at", moved.at().toString());
    }
    ObjectNode holds = all.putObject("holds");
    sandbox.books().holds().forEach(holds::put);
    return all;
  }

  private static JsonNode body(SandboxCall call) throws JsonProcessingException {
    return SandboxJournal.MAPPER.readTree(call.text());
  }

  private static ObjectNode node() {
    return SandboxJournal.MAPPER.createObjectNode();
  }

  private static SandboxAnswer json(ObjectNode node) {
    return SandboxAnswer.json(200, node.toString());
  }

  private static SandboxAnswer problem(int status, String message) {
    return SandboxAnswer.json(status, node().put("message", message).toString());
  }
}
