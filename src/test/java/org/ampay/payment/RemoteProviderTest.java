package org.ampay.payment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.ampay.base.Money;
import org.ampay.billing.SettlementState;
import org.ampay.ledger.Account;
import org.ampay.payment.provider.Callback;
import org.ampay.payment.provider.CallbackAnswer;
import org.ampay.payment.provider.Capabilities;
import org.ampay.payment.provider.CommandKind;
import org.ampay.payment.provider.Outcome;
import org.ampay.payment.provider.PaymentCommand;
import org.ampay.payment.provider.ProviderKey;
import org.ampay.payment.provider.RawCallback;
import org.ampay.payment.provider.RemoteProvider;
import org.ampay.payment.provider.StatementLine;
import org.ampay.store.MemoryTransactor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A provider beyond a network: what is unknown is asked about, and nothing is paid twice. */
class RemoteProviderTest {

  private static final long DRIVER = 7;

  /** Moves money by reference, and answers as it is told to. */
  private static final class Bank implements RemoteProvider {
    private final Map<String, Long> taken = new HashMap<>();
    private final List<String> calls = new ArrayList<>();
    private final Deque<Outcome> answers = new ArrayDeque<>();

    @Override
    public String name() {
      return "bank";
    }

    @Override
    public Capabilities capabilities() {
      return new Capabilities(
          Set.of(Capabilities.Flow.PREAUTH),
          EnumSet.of(CommandKind.AUTHORIZE, CommandKind.CAPTURE, CommandKind.REFUND),
          Set.of(),
          new Capabilities.Idempotency(Capabilities.Idempotency.By.REFERENCE, Duration.ofDays(30)),
          Set.of("CNY"),
          new Capabilities.Limits(1, 1_000_000, Duration.ofDays(7), Duration.ofDays(180), 0));
    }

    @Override
    public Outcome execute(PaymentCommand command) {
      String reference = command.operation().reference();
      calls.add("execute " + command.kind().code());
      Outcome answer = answers.isEmpty() ? succeeded(command) : answers.pop();
      if (!(answer instanceof Outcome.Declined) && !(answer instanceof Outcome.NotSent)) {
        taken.put(reference, command.operation().amount().minor());
      }
      return answer;
    }

    @Override
    public Outcome query(PaymentCommand command) {
      calls.add("query " + command.kind().code());
      if (!answers.isEmpty()) {
        return answers.pop();
      }
      return taken.containsKey(command.operation().reference())
          ? succeeded(command)
          : new Outcome.NotSent("never heard of it");
    }

    @Override
    public Callback verify(RawCallback raw) {
      return new Callback.Refused(Callback.Refusal.UNREADABLE);
    }

    @Override
    public CallbackAnswer acknowledged() {
      return new CallbackAnswer(200, "text/plain", "ok");
    }

    @Override
    public CallbackAnswer again() {
      return new CallbackAnswer(500, "text/plain", "again");
    }

    @Override
    public boolean statement(LocalDate day, Consumer<StatementLine> lines) {
      return false;
    }

    private static Outcome succeeded(PaymentCommand command) {
      return Outcome.Succeeded.of(command.operation().amount());
    }
  }

  private final Bank bank = new Bank();
  private boolean crashNext;
  private MoneyWorld world;

  @BeforeEach
  void heldByTheBank() {
    world =
        MoneyWorld.inMemory(
            new MemoryTransactor.Faults() {
              @Override
              public void beforeCommit() {
                if (crashNext && !bank.calls.isEmpty()) {
                  crashNext = false;
                  throw new IllegalStateException("crash");
                }
              }
            },
            bank);
    Instant now = world.time.now();
    StartHold hold =
        new StartHold(
            50,
            java.nio.ByteBuffer.wrap(MoneyWorld.key(1)),
            new StartHold.Owner(1, MoneyWorld.STATION, DRIVER, DRIVER),
            new StartHold.Backing(ProviderKey.inLedger("bank"), null, "hold:50", ""),
            new Money("CNY", 5_000),
            0,
            0,
            1,
            HoldState.HELD,
            null,
            null,
            now.plusSeconds(900),
            org.ampay.tariff.DriverTerms.NONE,
            now);
    world.transactor.run(tx -> world.stores.holds().insert(tx, List.of(hold)));
    world.finish(1, DRIVER, 50L, "10"); // 11.55
  }

  private void later() {
    world.time.advance(Duration.ofMinutes(5));
    world.runJobs();
  }

  @Test
  void capture_isPostedToClearing() {
    world.runJobs();
    assertThat(world.stateOf(1)).isEqualTo(SettlementState.SETTLED);
    assertThat(bank.calls).containsExactly("execute capture");
    assertThat(world.balance(Account.pspClearing(1, "bank", null, "CNY"))).isEqualTo(1_155);
    assertThat(world.hold(1).state()).isEqualTo(HoldState.CAPTURED);
  }

  @Test
  void unknown_isAskedAbout_neverSentAgain() {
    bank.answers.add(new Outcome.Unknown("time-out"));
    bank.answers.add(new Outcome.Unknown("time-out"));
    world.runJobs();
    assertThat(world.stateOf(1)).isEqualTo(SettlementState.PENDING);
    later();
    assertThat(world.stateOf(1)).isEqualTo(SettlementState.PENDING);
    later();
    assertThat(world.stateOf(1)).isEqualTo(SettlementState.SETTLED);
    assertThat(bank.calls).containsExactly("execute capture", "query capture", "query capture");
    assertThat(world.balance(Account.pspClearing(1, "bank", null, "CNY"))).isEqualTo(1_155);
  }

  @Test
  void crashAfterTheCall_isAskedAbout() {
    crashNext = true;
    try {
      world.runJobs();
    } catch (IllegalStateException e) {
      assertThat(e).hasMessage("crash");
    }
    assertThat(world.stateOf(1)).isEqualTo(SettlementState.PENDING);
    later();
    assertThat(world.stateOf(1)).isEqualTo(SettlementState.SETTLED);
    assertThat(bank.calls).containsExactly("execute capture", "query capture");
    assertThat(bank.taken).hasSize(1);
  }

  @Test
  void notSent_isSentAgain_withTheSameReference() {
    bank.answers.add(new Outcome.NotSent("no route"));
    world.runJobs();
    later();
    assertThat(world.stateOf(1)).isEqualTo(SettlementState.SETTLED);
    assertThat(bank.calls).containsExactly("execute capture", "execute capture");
    assertThat(bank.taken).hasSize(1);
  }

  @Test
  void declinedCapture_becomesADebt() {
    bank.answers.add(new Outcome.Declined("hold expired"));
    world.runJobs();
    assertThat(world.stateOf(1)).isEqualTo(SettlementState.DEBT);
    assertThat(world.hold(1).state()).isEqualTo(HoldState.RELEASED);
    assertThat(bank.calls).containsExactly("execute capture");
  }

  @Test
  void misconfigured_waitsForAPerson() {
    bank.answers.add(new Outcome.Misconfigured("bad key"));
    world.runJobs();
    assertThat(world.stateOf(1)).isEqualTo(SettlementState.MANUAL);
    assertThat(world.settlement(1).settlement().reason()).isEqualTo("bad key");
  }

  @Test
  void refund_isSentByItsJob() {
    world.runJobs();
    long id = world.settlement(1).settlement().id();
    world.refunds.refund(new Refunds.Request(null, id, null, "k"));
    assertThat(world.settlement(1).settlement().refundedMinor()).isZero();
    later();
    later();
    assertThat(world.stateOf(1)).isEqualTo(SettlementState.REFUNDED);
    assertThat(world.balance(Account.pspClearing(1, "bank", null, "CNY"))).isZero();
  }
}
