package org.ampay.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.ampay.base.Money;
import org.ampay.payment.PaymentOperation;
import org.ampay.payment.SqlSettlementStore;
import org.ampay.payment.account.AccountDraft;
import org.ampay.payment.account.PaymentAccount;
import org.ampay.payment.callback.CallbackWork;
import org.ampay.payment.kit.ExampleBank;
import org.ampay.payment.provider.CommandKind;
import org.ampay.payment.provider.Outcome;
import org.ampay.payment.provider.ProviderKey;
import org.ampay.store.Job;
import org.ampay.store.JobStore;
import org.ampay.store.StoreException;
import org.ampay.store.TestDatabase;
import org.ampay.store.tables.Tables;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Callbacks over real HTTP: stored, acknowledged, applied once; or refused, counted, nothing else.
 */
class HooksTest {

  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private static final long ORDER = 500;
  private static final long SETTLEMENT = 600;
  private static final Money PRICE = new Money("CNY", 2_599);

  private static WebFixture web;
  private static PaymentAccount account;
  private static PaymentAccount otherAccount;

  private final List<String> heard = new ArrayList<>();
  private boolean deaf;
  private String reference = "";
  private long operation;

  @BeforeAll
  static void start() {
    web = new WebFixture(DATABASE.database());
    account = account(1, ExampleBank.SECRET);
    otherAccount = account(1, "another-secret-of-ours");
  }

  private static PaymentAccount account(long operator, String secret) {
    return web.paying
        .accounts()
        .create(
            operator,
            new AccountDraft(
                "examplebank",
                null,
                "Bank",
                Map.of(
                    "endpoint",
                    "http://127.0.0.1:9",
                    "merchant",
                    ExampleBank.MERCHANT,
                    "secret",
                    secret),
                true),
            "test");
  }

  @AfterAll
  static void stop() {
    web.close();
  }

  @BeforeEach
  void operationOfAnOrder() {
    DATABASE.dsl().deleteFrom(Tables.PAYMENT_CALLBACK).execute();
    DATABASE.dsl().deleteFrom(Tables.JOB).execute();
    operation = operation(PaymentOperation.About.order(ORDER, null), account.key());
  }

  private long operation(PaymentOperation.About about, ProviderKey via) {
    long id = web.ids.next();
    reference = "hook" + id;
    Instant now = web.time.now();
    PaymentOperation op =
        new PaymentOperation(
            id,
            1,
            about,
            7,
            via,
            CommandKind.PRESENT,
            reference,
            PRICE,
            PaymentOperation.Result.REQUESTED,
            now,
            now);
    DATABASE
        .database()
        .transactor()
        .run(tx -> new SqlSettlementStore().insertOperations(tx, List.of(op)));
    return id;
  }

  private String news(String event, String of, long minor, String currency, String merchant) {
    return "event=%s&merchant=%s&reference=%s&id=%s&state=done&amount=%d&currency=%s"
        .formatted(
            event,
            merchant,
            of,
            URLEncoder.encode("bank-" + of, StandardCharsets.UTF_8),
            minor,
            currency);
  }

  private String paid(String event) {
    return news(event, reference, PRICE.minor(), "CNY", ExampleBank.MERCHANT);
  }

  private HttpResponse<String> post(String body, String... headers) {
    return postTo(account.hook(), body, headers);
  }

  private static HttpResponse<String> postTo(String hook, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(web.url(hook)))
            .POST(HttpRequest.BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return web.send(request.build());
  }

  private HttpResponse<String> signed(String body) {
    return post(body, "x-bank-signature", ExampleBank.signed(second(0), body));
  }

  private static long second(long later) {
    return web.time.now().getEpochSecond() + later;
  }

  private static double counted(String result) {
    var counter =
        web.meters.find("ampay.callbacks").tags("result", result).counters().stream()
            .mapToDouble(c -> c.count())
            .sum();
    return counter;
  }

  private static int stored() {
    return DATABASE.dsl().fetchCount(Tables.PAYMENT_CALLBACK);
  }

  /** Applies what is stored, as the job runner would. */
  private void work() {
    JobStore jobs = web.jobs;
    CallbackWork work =
        new CallbackWork(
            DATABASE.database().transactor(),
            jobs,
            web.time,
            new CallbackWork.Ears(
                (id, outcome) -> hear("settlement", id, outcome),
                (id, outcome) -> hear("order", id, outcome),
                (tx, dispute) -> heard.add("dispute " + dispute.operationId())));
    List<Job> claimed =
        DATABASE
            .database()
            .transactor()
            .call(
                tx ->
                    jobs.claim(
                        tx,
                        new JobStore.Claim(
                            CallbackWork.KIND,
                            100,
                            web.time.now(),
                            web.time.now().plusSeconds(60),
                            "test")));
    work.handle(claimed);
  }

  private void hear(String who, long id, Outcome outcome) {
    if (deaf) {
      throw new StoreException.Unavailable("away", new IllegalStateException());
    }
    heard.add(who + " " + id + " " + outcome.getClass().getSimpleName());
  }

  private void refused(String why, Callable<HttpResponse<String>> call, int status)
      throws Exception {
    double before = counted("refused_" + why);
    HttpResponse<String> answer = call.call();
    assertThat(answer.statusCode()).as(why).isEqualTo(status);
    assertThat(answer.body()).doesNotContain("thanks");
    assertThat(counted("refused_" + why)).as(why).isEqualTo(before + 1);
    assertThat(stored()).isZero();
    assertThat(DATABASE.dsl().fetchCount(Tables.JOB)).isZero();
    work();
    assertThat(heard).isEmpty();
  }

  @Test
  void trueCallback_isStoredAcknowledgedApplied() {
    HttpResponse<String> answer = signed(paid("e1"));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("thanks");
    assertThat(stored()).isEqualTo(1);
    assertThat(heard).isEmpty();
    work();
    assertThat(heard).containsExactly("order " + operation + " Succeeded");
    var row = DATABASE.dsl().selectFrom(Tables.PAYMENT_CALLBACK).fetchSingle();
    assertThat(row.getState()).isEqualTo("applied");
    assertThat(row.getNews()).contains("2599").doesNotContain("signature");
    work();
    assertThat(heard).hasSize(1);
    assertThat(web.meters.scrape())
        .contains("ampay_callbacks_total{provider=\"examplebank\",result=\"stored\"}");
  }

  @Test
  void replayed_isAcknowledged_andAppliedOnce() {
    double before = counted("repeated");
    String body = paid("e1");
    String signature = ExampleBank.signed(second(0), body);
    for (int i = 0; i < 3; i++) {
      assertThat(post(body, "x-bank-signature", signature).body()).isEqualTo("thanks");
    }
    work();
    assertThat(post(body, "x-bank-signature", signature).body()).isEqualTo("thanks");
    work();
    assertThat(heard).hasSize(1);
    assertThat(stored()).isEqualTo(1);
    assertThat(counted("repeated")).isEqualTo(before + 3);
  }

  @Test
  void manyAtOnce_areStoredOnce() throws Exception {
    String body = paid("e1");
    String signature = ExampleBank.signed(second(0), body);
    try (ExecutorService many = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Integer>> calls =
          IntStream.range(0, 12)
              .<Callable<Integer>>mapToObj(
                  i -> () -> post(body, "x-bank-signature", signature).statusCode())
              .toList();
      for (var done : many.invokeAll(calls)) {
        assertThat(done.get()).isEqualTo(200);
      }
    }
    assertThat(stored()).isEqualTo(1);
    work();
    assertThat(heard).hasSize(1);
  }

  @Test
  void ofASettlement_goesThere() {
    long settled = operation(PaymentOperation.About.settlement(SETTLEMENT, null), account.key());
    signed(paid("e2"));
    work();
    assertThat(heard).containsExactly("settlement " + settled + " Succeeded");
  }

  @Test
  void byTheProvidersIdAlone_isFoundOnceThatIsKnown() throws Exception {
    String body = news("e3", "", PRICE.minor(), "CNY", ExampleBank.MERCHANT);
    refused("unknown_reference", () -> signed(body), 400);
    DATABASE
        .dsl()
        .update(Tables.PAYMENT_OPERATION)
        .set(Tables.PAYMENT_OPERATION.PROVIDER_REF, "bank-")
        .where(Tables.PAYMENT_OPERATION.ID.eq(operation))
        .execute();
    assertThat(signed(body).statusCode()).isEqualTo(200);
    work();
    assertThat(heard).containsExactly("order " + operation + " Succeeded");
  }

  @Test
  void whoeverHearsIsAway_itIsToldLater() {
    signed(paid("e1"));
    deaf = true;
    org.assertj.core.api.Assertions.assertThatThrownBy(this::work)
        .isInstanceOf(StoreException.Unavailable.class);
    deaf = false;
    web.time.advance(java.time.Duration.ofMinutes(2));
    work();
    assertThat(heard).hasSize(1);
  }

  @Test
  void missingSignature_isRefused() throws Exception {
    refused("no_signature", () -> post(paid("e1")), 401);
  }

  @Test
  void wrongSignature_isRefused() throws Exception {
    String other = ExampleBank.signed(second(0), paid("e2"));
    refused("wrong_signature", () -> post(paid("e1"), "x-bank-signature", other), 401);
    refused("wrong_signature", () -> post(paid("e1"), "x-bank-signature", "t=1,v1=00"), 401);
  }

  @Test
  void oldSignature_isRefused() throws Exception {
    String body = paid("e1");
    String old = ExampleBank.signed(second(-301), body);
    refused("too_old", () -> post(body, "x-bank-signature", old), 401);
  }

  @Test
  void futureSignature_isRefused() throws Exception {
    String body = paid("e1");
    String early = ExampleBank.signed(second(301), body);
    refused("from_the_future", () -> post(body, "x-bank-signature", early), 401);
  }

  @Test
  void otherMerchant_isRefused() throws Exception {
    refused(
        "other_merchant", () -> signed(news("e1", reference, PRICE.minor(), "CNY", "m-2")), 400);
  }

  @Test
  void otherAmount_isRefused() throws Exception {
    for (long minor : new long[] {0, 1, 2_598, 2_600, -2_599, Long.MAX_VALUE}) {
      refused(
          "other_amount",
          () -> signed(news("e1", reference, minor, "CNY", ExampleBank.MERCHANT)),
          400);
    }
  }

  @Test
  void otherCurrency_isRefused() throws Exception {
    refused(
        "other_currency",
        () -> signed(news("e1", reference, PRICE.minor(), "USD", ExampleBank.MERCHANT)),
        400);
  }

  @Test
  void unknownReference_isRefused() throws Exception {
    refused(
        "unknown_reference",
        () -> signed(news("e1", "nobody0001", PRICE.minor(), "CNY", ExampleBank.MERCHANT)),
        400);
  }

  /** Another account's operation is as unknown as none. */
  @Test
  void operationOfAnotherAccount_isRefused() throws Exception {
    operation(PaymentOperation.About.order(ORDER, null), otherAccount.key());
    refused("unknown_reference", () -> signed(paid("e1")), 400);
  }

  @Test
  void keyOfAnotherAccount_isRefused() throws Exception {
    String body = paid("e1");
    String signature = ExampleBank.signed(second(0), body);
    refused(
        "wrong_signature",
        () -> postTo(otherAccount.hook(), body, "x-bank-signature", signature),
        401);
  }

  @Test
  void unknownAccount_isRefused() throws Exception {
    refused("unknown_account", () -> postTo("/hooks/examplebank/nobody", paid("e1")), 404);
    refused("unknown_account", () -> postTo("/hooks/nobody/" + account.code(), paid("e1")), 404);
  }

  @Test
  void unreadable_isRefused() throws Exception {
    refused("unreadable", () -> signed("merchant=m-1&amount=much"), 400);
    refused("unreadable", () -> signed(paid("")), 400);
    refused("unreadable", () -> signed(paid("e".repeat(101))), 400);
  }

  @Test
  void tenMegabytes_areRefused() throws Exception {
    String body = "x".repeat(10_000_000);
    refused("too_large", () -> post(body), 413);
  }

  /** Without a length that could be looked at first. */
  @Test
  void tenMegabytesInChunks_areRefused() throws Exception {
    double before = counted("refused_too_large");
    HttpURLConnection connection =
        (HttpURLConnection) URI.create(web.url(account.hook())).toURL().openConnection();
    connection.setRequestMethod("POST");
    connection.setDoOutput(true);
    connection.setChunkedStreamingMode(8_192);
    try (OutputStream out = connection.getOutputStream()) {
      byte[] chunk = new byte[100_000];
      for (int i = 0; i < 100; i++) {
        out.write(chunk);
      }
      assertThat(connection.getResponseCode()).isEqualTo(413);
    } catch (java.io.IOException closed) {
      // The server may close while we still send: what it counted is what matters.
    }
    assertThat(counted("refused_too_large")).isEqualTo(before + 1);
    assertThat(stored()).isZero();
  }

  @Test
  void anotherMethod_isNotTaken() {
    HttpRequest get = HttpRequest.newBuilder(URI.create(web.url(account.hook()))).build();
    assertThat(web.send(get).statusCode()).isEqualTo(404);
  }
}
