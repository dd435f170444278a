package org.ampay.ocpp.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import org.ampay.base.TimeSource;
import org.ampay.conformance.Proves;
import org.ampay.ocpp.wire.Payload;
import org.ampay.station.Protocol;
import org.junit.jupiter.api.Test;

class OutstandingCallsTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  /** Time that stands still until it is advanced; then it runs what was due. */
  private static final class FakeTime implements TimeSource, CallTimer {

    private static final class Task implements Scheduled {
      final long at;
      final Runnable action;
      boolean cancelled;

      Task(long at, Runnable action) {
        this.at = at;
        this.action = action;
      }

      @Override
      public void cancel() {
        cancelled = true;
      }
    }

    private final PriorityQueue<Task> tasks =
        new PriorityQueue<>(Comparator.comparingLong(task -> task.at));
    private long nanos;

    @Override
    public Instant now() {
      return Instant.EPOCH.plusNanos(nanos);
    }

    @Override
    public long nanos() {
      return nanos;
    }

    @Override
    public Scheduled after(Duration delay, Runnable action) {
      Task task = new Task(nanos + delay.toNanos(), action);
      tasks.add(task);
      return task;
    }

    void advance(Duration by) {
      long end = nanos + by.toNanos();
      while (!tasks.isEmpty() && tasks.peek().at <= end) {
        Task task = tasks.poll();
        nanos = task.at;
        if (!task.cancelled) {
          task.action.run();
        }
      }
      nanos = end;
    }

    long live() {
      return tasks.stream().filter(task -> !task.cancelled).count();
    }
  }

  private final RpcCodec codec = new RpcCodec(Protocol.OCPP_201);
  private final FakeTime time = new FakeTime();
  private final List<Frame.Call> sent = new ArrayList<>();
  private final List<CallOutcome> outcomes = new ArrayList<>();
  private final List<String> strays = new ArrayList<>();
  private final OutstandingCalls calls =
      new OutstandingCalls(
          codec,
          new CallIds(new Random(1)),
          new OutstandingCalls.Limits(2, TIMEOUT),
          frame -> sent.add((Frame.Call) codec.parse(frame)),
          time,
          time,
          new OutstandingCalls.Listener() {
            @Override
            public void late(String id, String action, Duration after, CallOutcome answer) {
              strays.add("late " + action + " after " + after);
            }

            @Override
            public void unknown(String id, CallOutcome answer) {
              strays.add("unknown " + id);
            }
          });

  private void call(String action) {
    calls.call(action, Payload.of("{}"), outcomes::add);
  }

  private static Frame answer(Frame.Call call) {
    return new Frame.CallResult(call.id(), Payload.of("{\"to\":\"" + call.action() + "\"}"));
  }

  private static CallOutcome answered(String action) {
    return new CallOutcome.Answered(Payload.of("{\"to\":\"" + action + "\"}"));
  }

  @Test
  void answer_endsTheCallAndItsTimer() {
    call("Reset");
    assertThat(sent).extracting(Frame.Call::action).containsExactly("Reset");
    calls.receive(answer(sent.getFirst()));
    assertThat(outcomes).containsExactly(answered("Reset"));
    assertThat(time.live()).isZero();
  }

  @Test
  @Proves({"FR.01", "P4.4.1.1", "1.6/connection/5"})
  void oneCallAtATime_theOthersWaitInOrder() {
    call("A");
    call("B");
    call("C");
    assertThat(sent).hasSize(1);
    assertThat(calls.waiting()).isEqualTo(2);
    calls.receive(answer(sent.get(0)));
    assertThat(sent).extracting(Frame.Call::action).containsExactly("A", "B");
    calls.receive(answer(sent.get(1)));
    calls.receive(answer(sent.get(2)));
    assertThat(outcomes).containsExactly(answered("A"), answered("B"), answered("C"));
  }

  @Test
  void tooManyWaiting_areRefusedAtOnce() {
    for (String action : List.of("A", "B", "C", "D")) {
      call(action);
    }
    assertThat(outcomes).containsExactly(new CallOutcome.QueueFull());
    assertThat(calls.waiting()).isEqualTo(2);
  }

  @Test
  void errors_areHandedOn() {
    call("A");
    call("B");
    String id = sent.get(0).id();
    calls.receive(new Frame.CallError(id, "NotSupported", "no", Payload.EMPTY));
    calls.receive(codec.parse("[3,\"" + sent.get(1).id() + "\"]"));
    assertThat(outcomes)
        .containsExactly(
            new CallOutcome.Error("NotSupported", "no", Payload.EMPTY),
            new CallOutcome.Error("", "no payload", Payload.EMPTY));
  }

  @Test
  void silence_timesOutAndLetsTheNextGo() {
    call("A");
    time.advance(Duration.ofSeconds(20));
    call("B");
    time.advance(Duration.ofSeconds(10));
    assertThat(outcomes).containsExactly(new CallOutcome.TimedOut());
    assertThat(sent).extracting(Frame.Call::action).containsExactly("A", "B");
    // B's time runs from its sending.
    time.advance(Duration.ofSeconds(29));
    calls.receive(answer(sent.get(1)));
    assertThat(outcomes).containsExactly(new CallOutcome.TimedOut(), answered("B"));
  }

  @Test
  void lateAnswer_isReportedAndHarmless() {
    call("A");
    time.advance(Duration.ofSeconds(31));
    call("B");
    calls.receive(answer(sent.get(0)));
    calls.receive(answer(sent.get(0)));
    assertThat(strays).containsExactly("late A after PT31S", "unknown " + sent.get(0).id());
    calls.receive(answer(sent.get(1)));
    assertThat(outcomes).containsExactly(new CallOutcome.TimedOut(), answered("B"));
  }

  @Test
  void strayAnswers_areReportedAndHarmless() {
    calls.receive(new Frame.CallResult("x", Payload.EMPTY));
    call("A");
    calls.receive(new Frame.CallError("-1", "RpcFrameworkError", "", Payload.EMPTY));
    calls.receive(new Frame.Call(sent.getFirst().id(), "Heartbeat", Payload.EMPTY));
    calls.receive(codec.parse("rubbish"));
    assertThat(strays).containsExactly("unknown x", "unknown -1");
    assertThat(outcomes).isEmpty();
    calls.receive(answer(sent.getFirst()));
    assertThat(outcomes).containsExactly(answered("A"));
  }

  @Test
  void manyTimeouts_keepABoundedMemory() {
    for (int i = 0; i < 100; i++) {
      call("A" + i);
      time.advance(TIMEOUT);
    }
    calls.receive(answer(sent.get(0)));
    calls.receive(answer(sent.get(99)));
    assertThat(strays).containsExactly("unknown " + sent.get(0).id(), "late A99 after PT30S");
  }

  @Test
  void disconnect_failsAllAndEveryLaterCall() {
    call("A");
    call("B");
    calls.disconnected();
    calls.disconnected();
    call("C");
    assertThat(outcomes)
        .containsExactly(
            new CallOutcome.Disconnected(true),
            new CallOutcome.Disconnected(false),
            new CallOutcome.Disconnected(false));
    assertThat(sent).hasSize(1);
    time.advance(Duration.ofHours(1));
    calls.receive(answer(sent.getFirst()));
    assertThat(outcomes).hasSize(3);
    assertThat(strays).hasSize(1);
  }

  @Test
  void callFromWithinAnOutcome_isSentNext() {
    calls.call("A", Payload.EMPTY, outcome -> call("B"));
    calls.receive(answer(sent.getFirst()));
    assertThat(sent).extracting(Frame.Call::action).containsExactly("A", "B");
  }

  @Test
  void throwingCaller_stopsNobodyElse() {
    calls.call(
        "A",
        Payload.EMPTY,
        outcome -> {
          throw new IllegalStateException("caller's fault");
        });
    call("B");
    assertThatThrownBy(() -> calls.receive(answer(sent.getFirst()))).hasMessage("caller's fault");
    assertThat(sent).extracting(Frame.Call::action).containsExactly("A", "B");
    calls.receive(answer(sent.get(1)));
    assertThat(outcomes).containsExactly(answered("B"));
  }

  @Test
  @Proves({"1.6/connection/6", "P4.4.1.4"})
  void ids_areShortAndNeverRepeated() {
    Set<String> seen = new HashSet<>();
    Random random = new Random(5);
    for (int connection = 0; connection < 100; connection++) {
      CallIds ids = new CallIds(random);
      for (int i = 0; i < 1000; i++) {
        String id = ids.next();
        assertThat(id.length()).isLessThanOrEqualTo(RpcCodec.MAX_ID_LENGTH_201);
        assertThat(seen.add(id)).isTrue();
      }
    }
  }

  /** Against the rule itself, over random events: one outstanding, one outcome each, in order. */
  @Test
  void randomEvents_keepTheRules() {
    Random random = new Random(11);
    int made = 0;
    for (int i = 0; i < 3_000; i++) {
      switch (random.nextInt(4)) {
        case 0, 1 -> call("A" + made++);
        case 2 -> {
          if (!sent.isEmpty()) {
            int back = random.nextInt(Math.min(3, sent.size()));
            calls.receive(answer(sent.get(sent.size() - 1 - back)));
          }
        }
        default -> time.advance(Duration.ofSeconds(random.nextInt(20)));
      }
      assertThat(time.live()).isLessThanOrEqualTo(1);
      long refused = outcomes.stream().filter(CallOutcome.QueueFull.class::isInstance).count();
      long open = made - outcomes.size();
      assertThat(open).isBetween(0L, 3L);
      assertThat(sent.size()).isEqualTo(made - refused - calls.waiting());
    }
    calls.disconnected();
    assertThat(outcomes).hasSize(made);
  }
}
