package org.ampay.payment.provider.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.ampay.app.SystemTime;
import org.ampay.base.Money;
import org.ampay.payment.provider.AccountSettings;
import org.ampay.payment.provider.Operation;
import org.ampay.payment.provider.Outcome;
import org.ampay.payment.provider.PaymentCommand;
import org.ampay.payment.provider.ProviderContext;
import org.ampay.payment.provider.RemoteProvider;
import org.ampay.payment.provider.SettingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each kind of error of Stripe says of a command. */
class StripeErrorsTest {

  private static final String KEY = "sk_test_0123456789abcdef";

  @ParameterizedTest
  @CsvSource({
    "402, card_error, card_declined, Declined",
    "402, card_error, authentication_required, Declined",
    "400, invalid_request_error, amount_too_small, Declined",
    "400, invalid_request_error, charge_already_refunded, Declined",
    "400, invalid_request_error, parameter_missing, Misconfigured",
    "404, invalid_request_error, resource_missing, Misconfigured",
    "401, invalid_request_error, api_key_expired, Misconfigured",
    "403, invalid_request_error, account_invalid, Misconfigured",
    "400, idempotency_error, idempotency_key_in_use, Unknown",
    "409, invalid_request_error, idempotency_key_in_use, Unknown",
    "429, invalid_request_error, rate_limit, Unknown",
    "500, api_error, '', Unknown",
    "502, api_error, '', Unknown",
    "503, api_error, '', Unknown"
  })
  void error_isWhatItProves(int status, String type, String code, String outcome) throws Exception {
    String body =
        "{\"error\":{\"type\":\""
            + type
            + "\",\"code\":\""
            + code
            + "\",\"message\":\"m "
            + KEY
            + "\"}}";
    assertThat(answered(status, body).getClass().getSimpleName()).isEqualTo(outcome);
  }

  @Test
  void error_neverShowsItsMessage() throws Exception {
    String body = "{\"error\":{\"type\":\"invalid_request_error\",\"message\":\"" + KEY + "\"}}";
    assertThat(answered(401, body).toString()).doesNotContain(KEY);
    assertThat(answered(400, body).toString()).doesNotContain(KEY);
  }

  @Test
  void answersThatMeanNothing_areUnknown() throws Exception {
    for (String body : new String[] {"", "null", "[]", "<html>", "{\"status\":7", "{}"}) {
      assertThat(answered(200, body)).as(body).isInstanceOf(Outcome.Unknown.class);
    }
  }

  @Test
  void aCallThatIsRefusedByState_isSentOnce() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    answered(500, "{}", calls);
    assertThat(calls).as("the SDK does not repeat by itself").hasValue(1);
  }

  @Test
  void noConnection_isNotSent() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    RemoteProvider provider = open("http://127.0.0.1:" + port);
    assertThat(provider.execute(charge())).isInstanceOf(Outcome.NotSent.class);
    assertThat(provider.query(charge())).isInstanceOf(Outcome.Unknown.class);
    provider.close();
  }

  private static Outcome answered(int status, String body) throws Exception {
    return answered(status, body, new AtomicInteger());
  }

  private static Outcome answered(int status, String body, AtomicInteger calls) throws Exception {
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.createContext(
        "/",
        exchange -> {
          calls.incrementAndGet();
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.getRequestBody().readAllBytes();
          exchange.getResponseHeaders().set("content-type", "application/json");
          exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
    RemoteProvider provider = open("http://127.0.0.1:" + server.getAddress().getPort());
    try {
      return provider.execute(charge());
    } finally {
      provider.close();
      server.stop(0);
    }
  }

  private static RemoteProvider open(String gateway) throws SettingException, IOException {
    return new StripeFactory()
        .open(
            new AccountSettings(
                1,
                1,
                "x",
                Map.of(
                    "secret_key", KEY, "webhook_secret", "whsec_0123456789", "gateway", gateway)),
            new ProviderContext(
                new SystemTime(), new SecureRandom(), URI.create("http://127.0.0.1:9/hooks")));
  }

  private static PaymentCommand charge() {
    Instant now = new SystemTime().now();
    return new PaymentCommand.Charge(
        new Operation(1, 1, 1, "reference1", new Money("EUR", 1_000), "", now),
        new PaymentCommand.SavedMethod("cus_1", "pm_1"));
  }
}
