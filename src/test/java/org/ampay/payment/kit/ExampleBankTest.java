package org.ampay.payment.kit;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.ampay.base.TestTime;
import org.ampay.payment.account.ProviderKinds;
import org.ampay.payment.provider.AccountSettings;
import org.ampay.payment.provider.Form;
import org.ampay.payment.provider.Outcome;
import org.ampay.payment.provider.PaymentCommand;
import org.ampay.payment.provider.ProviderContext;
import org.ampay.payment.provider.ProviderFactory;
import org.ampay.payment.provider.RawCallback;
import org.ampay.payment.provider.RemoteProvider;
import org.junit.jupiter.api.Test;

/** A provider of a third party, out of its jar, keeps what every provider must keep. */
class ExampleBankTest extends ProviderContract {

  private static final int MOST_LINES = 300;

  @Override
  protected Rig rig() throws Exception {
    return new BankRig();
  }

  @Test
  void sample_isShort() throws IOException {
    int lines = 0;
    for (Path source : SamplePlugin.sources()) {
      lines += Files.readAllLines(source).size();
    }
    assertThat(lines).isPositive().isLessThan(MOST_LINES);
  }

  @Test
  void sample_comesOutOfTheJar() {
    ProviderFactory factory = BankRig.KINDS.find("examplebank").orElseThrow();
    assertThat(factory.getClass().getName()).isEqualTo(SamplePlugin.FACTORY);
    assertThat(factory.getClass().getClassLoader()).isNotSameAs(getClass().getClassLoader());
  }

  /** Bank, callbacks and provider, over real sockets. */
  private static final class BankRig implements Rig {

    static final ProviderKinds KINDS = ProviderKinds.load(SamplePlugin.folder());

    private final TestTime time = TestTime.monday();
    private final ExampleBank bank = new ExampleBank(time);
    private final BlockingQueue<RawCallback> received = new LinkedBlockingQueue<>();
    private final HttpServer hooks;
    private final RemoteProvider provider;

    BankRig() throws Exception {
      hooks = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
      hooks.createContext("/", this::hear);
      hooks.start();
      URI callbacks = URI.create("http://127.0.0.1:" + hooks.getAddress().getPort() + "/hooks/x/y");
      provider =
          KINDS
              .find("examplebank")
              .orElseThrow()
              .open(
                  new AccountSettings(
                      5,
                      1,
                      "test",
                      Map.of(
                          "endpoint", bank.url(),
                          "merchant", ExampleBank.MERCHANT,
                          "secret", ExampleBank.SECRET)),
                  new ProviderContext(time, new SecureRandom(), callbacks));
    }

    private void hear(HttpExchange exchange) throws IOException {
      try (exchange) {
        Map<String, String> headers = new HashMap<>();
        exchange
            .getRequestHeaders()
            .forEach((name, values) -> headers.put(name.toLowerCase(), values.getFirst()));
        received.add(
            new RawCallback(headers, exchange.getRequestBody().readAllBytes(), time.now()));
        exchange.sendResponseHeaders(200, -1);
      }
    }

    @Override
    public RemoteProvider provider() {
      return provider;
    }

    @Override
    public String currency() {
      return "CNY";
    }

    @Override
    public Form form() {
      return Form.QR;
    }

    @Override
    public Instant now() {
      return time.now();
    }

    @Override
    public void advance(Duration duration) {
      time.advance(duration);
    }

    @Override
    public Duration settlingWindow() {
      return Duration.ofSeconds(10);
    }

    @Override
    public void payerAgrees(Outcome.ActionRequired action) {
      bank.pay(action.action());
    }

    @Override
    public void payerDeclines(Outcome.ActionRequired action) {
      // He walks away: the bank tells nobody.
    }

    @Override
    public Optional<PaymentCommand.SavedMethod> savedMethod() {
      return Optional.of(new PaymentCommand.SavedMethod("somebody", ExampleBank.CARD));
    }

    @Override
    public void next(Fault fault) {
      bank.next(fault);
    }

    @Override
    public long moved(String currency) {
      return bank.moved(currency);
    }

    @Override
    public long held(String currency) {
      return bank.held(currency);
    }

    @Override
    public Optional<RawCallback> nextCallback() {
      try {
        return Optional.ofNullable(received.poll(5, TimeUnit.SECONDS));
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public RawCallback resigned(RawCallback sent, Change change) {
      Map<String, String> news = ExampleBank.parse(new String(sent.body(), StandardCharsets.UTF_8));
      switch (change) {
        case OTHER_MERCHANT -> news.put("merchant", "m-2");
        case OTHER_AMOUNT ->
            news.put("amount", Long.toString(Long.parseLong(news.get("amount")) + 1));
      }
      return signed(
          sent, ExampleBank.form(news).getBytes(StandardCharsets.UTF_8), ExampleBank.secret());
    }

    private RawCallback signed(RawCallback sent, byte[] body, byte[] key) {
      Map<String, String> headers = new HashMap<>(sent.headers());
      headers.put(
          ExampleBank.HEADER, ExampleBank.sign(key, sent.receivedAt().getEpochSecond(), body));
      return new RawCallback(headers, body, sent.receivedAt());
    }

    @Override
    public RawCallback unsigned(RawCallback sent) {
      Map<String, String> headers = new HashMap<>(sent.headers());
      headers.remove(ExampleBank.HEADER);
      return new RawCallback(headers, sent.body(), sent.receivedAt());
    }

    @Override
    public RawCallback forged(RawCallback sent) {
      return signed(sent, sent.body(), ExampleBank.foreign());
    }

    @Override
    public LocalDate closeDay() {
      LocalDate day = bank.today();
      time.advance(Duration.ofHours(30));
      return day;
    }

    @Override
    public void close() {
      provider.close();
      hooks.stop(0);
      bank.close();
    }
  }
}
