package org.ampay.payment.provider.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import org.ampay.app.HostPort;
import org.ampay.app.SystemTime;
import org.ampay.app.sandbox.Sandbox;
import org.ampay.app.sandbox.SandboxCallbacks;
import org.ampay.app.sandbox.SandboxSettings;
import org.ampay.app.sandbox.SandboxWire;
import org.ampay.app.sandbox.Wires;
import org.ampay.base.Money;
import org.ampay.payment.provider.AccountSettings;
import org.ampay.payment.provider.Ask;
import org.ampay.payment.provider.Form;
import org.ampay.payment.provider.Operation;
import org.ampay.payment.provider.Outcome;
import org.ampay.payment.provider.PaymentCommand;
import org.ampay.payment.provider.ProviderContext;
import org.ampay.payment.provider.RemoteProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sandbox is again what it was, and is told by HTTP what to do. */
class StripeSandboxTest {

  private static final URI HOOK = URI.create("http://127.0.0.1:9/hooks/stripe/x");

  @TempDir private Path folder;

  private Sandbox start() {
    return Sandbox.start(
        new SandboxSettings(
            new HostPort("127.0.0.1", 0),
            7,
            new SystemTime(),
            folder.resolve("journal"),
            (url, letter) -> new SandboxCallbacks.Reply(200, "")),
        Wires.ALL);
  }

  private static RemoteProvider open(Sandbox sandbox) throws Exception {
    Map<String, String> settings = sandbox.account("stripe", "m", HOOK);
    return new StripeFactory()
        .open(
            new AccountSettings(1, 1, "x", settings),
            new ProviderContext(sandbox.time(), new SecureRandom(), HOOK));
  }

  private static PaymentCommand present(Sandbox sandbox) {
    return new PaymentCommand.Present(
        new Operation(1, 1, 1, "reference1", new Money("EUR", 2_500), "", sandbox.now()),
        new Ask(
            "Charging",
            Form.REDIRECT,
            sandbox.now().plus(Duration.ofMinutes(40)),
            null,
            null,
            null,
            "en"));
  }

  @Test
  void restarted_knowsWhatWasAndIsPaidOnce() throws Exception {
    PaymentCommand present;
    Map<String, String> before;
    Outcome.ActionRequired action;
    try (Sandbox sandbox = start()) {
      RemoteProvider provider = open(sandbox);
      present = present(sandbox);
      action = (Outcome.ActionRequired) provider.execute(present);
      before = sandbox.account("stripe", "m", HOOK);
      provider.close();
    }
    try (Sandbox sandbox = start()) {
      assertThat(sandbox.account("stripe", "m", HOOK).get("secret_key"))
          .isEqualTo(before.get("secret_key"));
      assertThat(sandbox.act(action.action(), SandboxWire.Act.PAY)).isTrue();
    }
    try (Sandbox sandbox = start()) {
      RemoteProvider provider = open(sandbox);
      assertThat(provider.query(present)).isInstanceOf(Outcome.Succeeded.class);
      assertThat(sandbox.act(action.action(), SandboxWire.Act.PAY)).isFalse();
      assertThat(sandbox.books().moved("stripe", "m", "EUR")).isEqualTo(2_500);
      provider.close();
    }
  }

  @Test
  void faultsAndPayers_areToldByHttp() throws Exception {
    try (Sandbox sandbox = start()) {
      RemoteProvider provider = open(sandbox);
      PaymentCommand present = present(sandbox);
      post(sandbox, "faults", "{\"fault\":\"error_500\",\"operation\":\"checkout\"}");
      assertThat(provider.execute(present)).isInstanceOf(Outcome.Unknown.class);
      Outcome.ActionRequired action = (Outcome.ActionRequired) provider.execute(present);
      String page = get(sandbox, "payer?qr=" + action.action());
      assertThat(page).contains("id=\"pay\"", "25.00 EUR", "taken at once");
      post(sandbox, "acts", "{\"text\":\"" + action.action() + "\",\"act\":\"pay\"}");
      assertThat(get(sandbox, "books")).contains("\"reference\":\"reference1\"", "2500");
      assertThat(get(sandbox, "payer?qr=" + action.action())).contains("closed");
      provider.close();
    }
  }

  private static void post(Sandbox sandbox, String path, String body) throws Exception {
    send(sandbox, path, HttpRequest.BodyPublishers.ofString(body), "POST");
  }

  private static String get(Sandbox sandbox, String path) throws Exception {
    return send(sandbox, path, HttpRequest.BodyPublishers.noBody(), "GET");
  }

  private static String send(
      Sandbox sandbox, String path, HttpRequest.BodyPublisher body, String method)
      throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(URI.create(sandbox.address() + "/sandbox/" + path))
                  .method(method, body)
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(200);
      return answer.body();
    }
  }
}
