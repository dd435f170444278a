package org.ampay.app.sandbox;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a payer sees: what is asked of him, and buttons to pay, to decline, to leave. */
final class PayerPages {

  static final String PATH = SandboxControl.PATH + "payer";

  private static final String FRAME =
      """
      <!DOCTYPE html>
      <html lang="en"><head><meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>Sandbox payer</title></head>
      <body><main><p>Sandbox: no money moves.</p>
      %s
      </main></body></html>
      """;

  private static final String FORM =
      """
      <h1 id="subject">%s</h1>
      <p id="amount">%s</p><p id="kind">%s</p>
      <form method="post" action="%s">
      <input type="hidden" name="qr" value="%s">
      <button id="pay" name="act" value="pay">Pay</button>
      <button id="decline" name="act" value="decline">Decline</button>
      <button id="cancel" name="act" value="cancel">Cancel</button>
      </form>
      """;

  private static final String ASK =
      """
      <h1>Scan</h1>
      <form method="get" action="%s">
      <label>Text of the code <input id="qr" name="qr" size="60"></label>
      <button id="scan">Scan</button></form>
      """
          .formatted(PATH);

  private final Sandbox sandbox;

  PayerPages(Sandbox sandbox) {
    this.sandbox = sandbox;
  }

  SandboxAnswer answer(SandboxCall call) {
    boolean post = call.method().equals("POST");
    String text = (post ? call.form() : call.query()).getOrDefault("qr", "");
    Optional<SandboxWire.Asked> asked = sandbox.asked(text);
    if (asked.isEmpty()) {
      return page(text.isEmpty() ? 200 : 404, text.isEmpty() ? ASK : "<p id=\"end\">unknown</p>");
    }
    return post ? act(text, asked.get(), call.form()) : shown(text, asked.get());
  }

  private static SandboxAnswer shown(String text, SandboxWire.Asked asked) {
    if (!asked.open()) {
      return page(200, "<p id=\"end\">closed</p>" + link(asked.returnUrl()));
    }
    return page(
        200,
        FORM.formatted(
            escaped(asked.subject()),
            escaped(asked.amount().toString()),
            asked.hold() ? "set aside" : "taken at once",
            PATH,
            escaped(text)));
  }

  private SandboxAnswer act(String text, SandboxWire.Asked asked, Map<String, String> form) {
    String name = form.getOrDefault("act", "").toUpperCase(Locale.ROOT);
    SandboxWire.Act act;
    try {
      act = SandboxWire.Act.valueOf(name);
    } catch (IllegalArgumentException e) {
      return page(400, "<p id=\"end\">no such act</p>");
    }
    boolean done = sandbox.act(text, act);
    return switch (act) {
      case PAY -> done ? ended("paid", asked.returnUrl()) : ended("closed", asked.returnUrl());
      case DECLINE -> page(200, "<p id=\"end\">declined</p>" + again(text));
      case CANCEL -> ended("cancelled", asked.cancelUrl());
    };
  }

  /** Payers who came from a page are sent back to it; others stay. */
  private static SandboxAnswer ended(String word, @Nullable URI back) {
    SandboxAnswer page = page(200, "<p id=\"end\">%s</p>".formatted(word) + link(back));
    return back == null
        ? page
        : new SandboxAnswer(
            303, page.contentType(), page.body(), Map.of("location", back.toString()));
  }

  private static String again(String text) {
    return "<p><a id=\"again\" href=\"%s?qr=%s\">again</a></p>"
        .formatted(PATH, URLEncoder.encode(text, StandardCharsets.UTF_8));
  }

  private static String link(@Nullable URI back) {
    return back == null
        ? ""
        : "<p><a id=\"back\" href=\"%s\">back</a></p>".formatted(escaped(back.toString()));
  }

  private static SandboxAnswer page(int status, String body) {
    return SandboxAnswer.html(status, FRAME.formatted(body));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }
}
