package org.ampay.payment.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.ampay.audit.AuditLog;
import org.ampay.base.CountingIds;
import org.ampay.base.Money;
import org.ampay.base.SecretBox;
import org.ampay.base.TestTime;
import org.ampay.payment.PaymentOperation;
import org.ampay.payment.SqlSettlementStore;
import org.ampay.payment.account.AccountDraft;
import org.ampay.payment.account.PaymentAccount;
import org.ampay.payment.account.PaymentAccounts;
import org.ampay.payment.account.ProviderKinds;
import org.ampay.payment.provider.AccountSettings;
import org.ampay.payment.provider.Callback;
import org.ampay.payment.provider.Callback.Disputed;
import org.ampay.payment.provider.CallbackAnswer;
import org.ampay.payment.provider.Capabilities;
import org.ampay.payment.provider.CommandKind;
import org.ampay.payment.provider.Outcome;
import org.ampay.payment.provider.PaymentCommand;
import org.ampay.payment.provider.ProviderContext;
import org.ampay.payment.provider.ProviderFactory;
import org.ampay.payment.provider.RawCallback;
import org.ampay.payment.provider.RemoteProvider;
import org.ampay.payment.provider.SettingField;
import org.ampay.payment.provider.StatementLine;
import org.ampay.store.Job;
import org.ampay.store.JobSignal;
import org.ampay.store.JobStore;
import org.ampay.store.SqlJobStore;
import org.ampay.store.TestDatabase;
import org.ampay.store.tables.Tables;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Disputes, and what a provider says that is neither news nor refused. */
class DisputesInTest {

  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private static final CountingIds IDS = new CountingIds();
  private static final Money PAID = new Money("CNY", 5_000);

  /** Says what it is told to. */
  private static final class Teller implements RemoteProvider {
    Supplier<Callback> says = () -> new Callback.Irrelevant("nothing");

    @Override
    public String name() {
      return "teller";
    }

    @Override
    public Capabilities capabilities() {
      return new Capabilities(
          Set.of(),
          EnumSet.of(CommandKind.PRESENT),
          Set.of(),
          new Capabilities.Idempotency(Capabilities.Idempotency.By.REFERENCE, Duration.ofDays(9)),
          Set.of(),
          new Capabilities.Limits(1, 1_000_000, Duration.ofDays(1), Duration.ofDays(1), 0));
    }

    @Override
    public Outcome execute(PaymentCommand command) {
      return new Outcome.Unknown("no gateway");
    }

    @Override
    public Outcome query(PaymentCommand command) {
      return new Outcome.Unknown("no gateway");
    }

    @Override
    public Callback verify(RawCallback raw) {
      return says.get();
    }

    @Override
    public CallbackAnswer acknowledged() {
      return new CallbackAnswer(200, "text/plain", "success");
    }

    @Override
    public CallbackAnswer again() {
      return new CallbackAnswer(500, "text/plain", "fail");
    }

    @Override
    public boolean statement(LocalDate day, Consumer<StatementLine> lines) {
      return false;
    }
  }

  private final TestTime time = TestTime.monday();
  private final Teller teller = new Teller();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final JobStore jobs = new SqlJobStore(IDS, time, new JobSignal());
  private final PaymentAccounts accounts = accounts();
  private final Inbox inbox =
      new Inbox(new Inbox.Ground(DATABASE.database(), accounts, jobs, IDS, time, meters));
  private final List<DisputeNews.Heard> heard = new ArrayList<>();
  private boolean failing;
  private PaymentAccount account = account();
  private String reference = "";
  private long operation;

  private PaymentAccounts accounts() {
    ProviderFactory factory =
        new ProviderFactory() {
          @Override
          public String name() {
            return "teller";
          }

          @Override
          public List<SettingField> settings() {
            return List.of();
          }

          @Override
          public RemoteProvider open(AccountSettings settings, ProviderContext context) {
            return teller;
          }
        };
    SecureRandom random = new SecureRandom();
    return new PaymentAccounts(
        new PaymentAccounts.Ground(
            DATABASE.database(),
            ProviderKinds.of(List.of(factory)),
            new SecretBox(new byte[32], random),
            new AuditLog(DATABASE.database(), time),
            IDS,
            time,
            random,
            () -> URI.create("https://charge.example")));
  }

  private PaymentAccount account() {
    return accounts.create(1, new AccountDraft("teller", null, "T", Map.of(), true), "test");
  }

  @BeforeEach
  void paid() {
    DATABASE.dsl().deleteFrom(Tables.PAYMENT_CALLBACK).execute();
    DATABASE.dsl().deleteFrom(Tables.JOB).execute();
    account = account();
    operation = IDS.next();
    reference = "paid" + operation;
    Instant now = time.now();
    PaymentOperation op =
        new PaymentOperation(
            operation,
            1,
            PaymentOperation.About.order(9, null),
            7,
            account.key(),
            CommandKind.PRESENT,
            reference,
            PAID,
            PaymentOperation.Result.REQUESTED.with(Outcome.Succeeded.of(PAID)),
            now,
            now);
    DATABASE
        .database()
        .transactor()
        .run(tx -> new SqlSettlementStore().insertOperations(tx, List.of(op)));
  }

  private Disputed dispute(String event, Disputed.State state, Money amount) {
    return new Disputed(event, reference, "", "dp_1", state, amount, "fraudulent", "");
  }

  private CallbackAnswer says(Callback callback) {
    teller.says = () -> callback;
    return receive();
  }

  private CallbackAnswer receive() {
    return inbox.receive(
        "teller", account.code(), new RawCallback(Map.of(), new byte[] {1}, time.now()));
  }

  private void work() {
    CallbackWork work =
        new CallbackWork(
            DATABASE.database().transactor(),
            jobs,
            time,
            new CallbackWork.Ears(
                (id, outcome) -> {},
                (id, outcome) -> {},
                (tx, news) -> {
                  heard.add(news);
                  if (failing) {
                    throw new IllegalStateException("not now");
                  }
                }));
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
                            10,
                            time.now(),
                            time.now().plusSeconds(60),
                            "test")));
    work.handle(claimed);
  }

  private double counted(String result) {
    return meters.find("ampay.callbacks").tags("result", result).counters().stream()
        .mapToDouble(counter -> counter.count())
        .sum();
  }

  private String stateOfTheRow() {
    return DATABASE
        .dsl()
        .select(Tables.PAYMENT_CALLBACK.STATE)
        .from(Tables.PAYMENT_CALLBACK)
        .fetchOne(Tables.PAYMENT_CALLBACK.STATE);
  }

  @Test
  void dispute_isToldWithItsOperation() {
    Disputed dispute = dispute("ev1", Disputed.State.OPEN, new Money("CNY", 1_200));
    assertThat(says(dispute).body()).isEqualTo("success");
    assertThat(says(dispute).body()).as("again").isEqualTo("success");
    work();
    assertThat(heard)
        .containsExactly(new DisputeNews.Heard(1, account.key(), operation, dispute, time.now()));
    assertThat(stateOfTheRow()).isEqualTo("applied");
    assertThat(counted("repeated")).isEqualTo(1);
  }

  @Test
  void statesOfADispute_areEachTold() {
    says(dispute("ev1", Disputed.State.WON, PAID));
    says(dispute("ev2", Disputed.State.OPEN, PAID));
    work();
    assertThat(heard)
        .extracting(news -> news.dispute().state())
        .containsExactlyInAnyOrder(Disputed.State.WON, Disputed.State.OPEN);
  }

  @Test
  void whoeverHearsFails_theCallbackStaysOpen() {
    says(dispute("ev1", Disputed.State.OPEN, PAID));
    failing = true;
    assertThatThrownBy(this::work).hasMessage("not now");
    assertThat(stateOfTheRow()).isEqualTo("stored");
    failing = false;
    time.advance(Duration.ofMinutes(2));
    work();
    assertThat(stateOfTheRow()).isEqualTo("applied");
  }

  @Test
  void disputeAboutMoreThanWasTaken_isRefused() {
    assertThat(says(dispute("ev1", Disputed.State.OPEN, new Money("CNY", 5_001))).status())
        .isEqualTo(400);
    assertThat(says(dispute("ev1", Disputed.State.OPEN, new Money("USD", 1))).status())
        .isEqualTo(400);
    assertThat(counted("refused_other_amount")).isEqualTo(1);
    assertThat(counted("refused_other_currency")).isEqualTo(1);
    assertThat(DATABASE.dsl().fetchCount(Tables.PAYMENT_CALLBACK)).isZero();
  }

  @Test
  void irrelevant_isAcknowledgedAndForgotten() {
    assertThat(says(new Callback.Irrelevant("ev9")).body()).isEqualTo("success");
    assertThat(counted("irrelevant")).isEqualTo(1);
    assertThat(DATABASE.dsl().fetchCount(Tables.PAYMENT_CALLBACK)).isZero();
  }

  @Test
  void providerThatThrows_believesNothing() {
    teller.says =
        () -> {
          throw new IllegalStateException("a fault of the plug-in");
        };
    assertThat(receive().status()).isEqualTo(400);
    assertThat(counted("refused_unreadable")).isEqualTo(1);
  }
}
