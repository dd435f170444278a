package org.ampay.payment;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.ampay.base.Money;
import org.ampay.base.TestTime;
import org.ampay.payment.RemoteCalls.Call;
import org.ampay.payment.TestBank.Fault;
import org.ampay.payment.provider.CommandKind;
import org.ampay.payment.provider.Outcome;
import org.ampay.payment.provider.PaymentCommand;
import org.ampay.payment.provider.ProviderKey;
import org.ampay.payment.provider.Providers;
import org.junit.jupiter.api.Test;

/** The ways to providers: one's trouble is not the others', and nothing is sent in doubt. */
class RemoteCallsTest {

  private static final Instant START = Instant.parse("2026-03-02T08:00:00Z");

  private final TestTime time = new TestTime(START);
  private final TestBank one = new TestBank("one");
  private final TestBank two = new TestBank("two");
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private long ids = 100;

  private RemoteCalls calls(int parallel, Executor executor) {
    RemoteCalls.Settings settings =
        new RemoteCalls.Settings(
            parallel, Duration.ZERO, Duration.ofMillis(1), Duration.ofSeconds(5), 4);
    Providers providers =
        new Providers(
            List.of(),
            account ->
                switch ((int) account) {
                  case 1 -> Optional.of(one);
                  case 2 -> Optional.of(two);
                  default -> Optional.empty();
                });
    return new RemoteCalls(settings, providers, executor, time, meters);
  }

  private Call call(long account, boolean mayBeSent) {
    PaymentOperation op =
        new PaymentOperation(
            ids,
            1,
            PaymentOperation.About.NOTHING,
            7,
            new ProviderKey("one", account),
            CommandKind.CHARGE,
            "reference" + ids++,
            new Money("CNY", 5),
            PaymentOperation.Result.REQUESTED,
            time.now(),
            time.now());
    return new Call(op, new PaymentCommand.Charge(op.forProvider(), null), mayBeSent);
  }

  @Test
  void bulkhead_refusesWhatIsTooMuch_ofOneAccountOnly() {
    RemoteCalls calls = calls(1, Runnable::run);
    List<Outcome> within = new ArrayList<>();
    one.meanwhile =
        command -> {
          within.add(calls.call(call(1, false)));
          within.add(calls.call(call(1, true)));
          within.add(calls.call(call(2, false)));
        };
    assertThat(calls.call(call(1, false))).isInstanceOf(Outcome.Succeeded.class);
    assertThat(within.get(0)).isEqualTo(new Outcome.NotSent("too many calls at a time"));
    assertThat(within.get(1)).isEqualTo(new Outcome.Unknown("too many calls at a time"));
    assertThat(within.get(2)).isInstanceOf(Outcome.Succeeded.class);
  }

  @Test
  void circuit_keepsCallsAway_andIsTriedAfterItsPause() {
    RemoteCalls calls = calls(8, Runnable::run);
    one.down = true;
    calls.call(call(1, false));
    calls.call(call(1, false));
    assertThat(one.calls).hasSize(2);
    assertThat(calls.call(call(1, false))).isEqualTo(new Outcome.NotSent("circuit open"));
    assertThat(calls.call(call(1, true))).isEqualTo(new Outcome.Unknown("circuit open"));
    assertThat(calls.call(call(2, false))).isInstanceOf(Outcome.Succeeded.class);
    assertThat(one.calls).hasSize(2);
    assertThat(meters.get("ampay.payment.circuit.open").tag("account", "one-1").gauge().value())
        .isEqualTo(1);
    one.down = false;
    time.advance(Duration.ofSeconds(6));
    assertThat(calls.call(call(1, false))).isInstanceOf(Outcome.Succeeded.class);
  }

  @Test
  void queriesThatDoNotKnowYet_doNotBreakTheCircuit() {
    RemoteCalls calls = calls(8, Runnable::run);
    for (int i = 0; i < 20; i++) {
      one.answers.add(new Outcome.Unknown("still settling"));
      assertThat(calls.call(call(1, true))).isEqualTo(new Outcome.Unknown("still settling"));
    }
    assertThat(calls.call(call(1, false))).isInstanceOf(Outcome.Succeeded.class);
  }

  @Test
  void whatMayBeSent_isAskedFirst_andSentOnlyWhenItNeverCame() {
    RemoteCalls calls = calls(8, Runnable::run);
    Call call = call(1, true);
    assertThat(calls.call(call)).isInstanceOf(Outcome.Succeeded.class);
    assertThat(one.calls).containsExactly("query charge", "execute charge");
    one.calls.clear();
    assertThat(calls.call(call)).isInstanceOf(Outcome.Succeeded.class);
    assertThat(one.calls).containsExactly("query charge");
    assertThat(one.done).hasSize(1);
  }

  @Test
  void ask_neverSends() {
    RemoteCalls calls = calls(8, Runnable::run);
    Call call = call(1, true);
    assertThat(calls.ask(call.operation(), call.command()))
        .isEqualTo(new Outcome.NotSent("never heard of it"));
    assertThat(one.calls).containsExactly("query charge");
  }

  @Test
  void providerThatThrows_leavesItUnknown() {
    one.faults.add(Fault.THROW);
    assertThat(calls(8, Runnable::run).call(call(1, false))).isInstanceOf(Outcome.Unknown.class);
  }

  @Test
  void accountThatIsGone_isNotCalled() {
    RemoteCalls calls = calls(8, Runnable::run);
    assertThat(calls.call(call(3, false))).isEqualTo(new Outcome.NotSent(RemoteCalls.GONE));
    assertThat(calls.call(call(3, true))).isEqualTo(new Outcome.Unknown(RemoteCalls.GONE));
  }

  @Test
  void noAnswerInTime_isUnknown_andAtTheEndNothingIsSent() {
    assertThat(calls(8, task -> {}).call(call(1, false)))
        .isEqualTo(new Outcome.Unknown("no answer in time"));
    Executor closed =
        task -> {
          throw new RejectedExecutionException("closed");
        };
    assertThat(calls(8, closed).call(call(1, false))).isEqualTo(new Outcome.NotSent("closing"));
    assertThat(one.calls).isEmpty();
  }

  @Test
  void references_areShort_plain_andTheSameForEver() {
    References references = new References("ab12");
    assertThat(references.of(1)).isEqualTo("ab12000000000001").matches("[a-z0-9]{6,32}");
    assertThat(references.of(Long.MAX_VALUE)).matches("ab12[a-z0-9]{13}");
    assertThat(references.of(77)).isEqualTo(references.of(77));
  }
}
