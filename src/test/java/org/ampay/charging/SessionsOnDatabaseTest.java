package org.ampay.charging;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.ampay.base.CountingIds;
import org.ampay.station.Protocol;
import org.ampay.station.StationInfo;
import org.ampay.store.JobSignal;
import org.ampay.store.SqlJobStore;
import org.ampay.store.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Many stations at once, on the real database, with real threads. */
class SessionsOnDatabaseTest {

  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private static final int STATIONS = 60;

  private final Threads machine = new Threads();
  private final SqlJobStore jobs = new SqlJobStore(new CountingIds(), machine, new JobSignal());
  private final CoreWorld world =
      new CoreWorld(machine, jobs, new SqlSessionStore(jobs), DATABASE.transactor());

  /** Real threads; the clock stands a day after the reports. */
  private static final class Threads implements CoreWorld.Machine {
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService timer =
        Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().factory());

    @Override
    public void execute(Runnable task) {
      threads.execute(task);
    }

    @Override
    public void after(Duration duration, Runnable task) {
      timer.schedule(task, duration.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public Instant now() {
      return Commands.at(86_400);
    }

    @Override
    public long nanos() {
      return System.nanoTime();
    }
  }

  @BeforeEach
  void empty() {
    DATABASE.clear();
  }

  @AfterEach
  void stop() {
    machine.threads.shutdownNow();
    machine.timer.shutdownNow();
  }

  private CompletionStage<SessionReply> send(StationInfo station, SessionCommand command) {
    return world.send(station, Protocol.OCPP_16, command);
  }

  private static void await(List<? extends CompletionStage<?>> all) {
    CompletableFuture.allOf(
            all.stream()
                .map(CompletionStage::toCompletableFuture)
                .toArray(CompletableFuture[]::new))
        .orTimeout(60, TimeUnit.SECONDS)
        .join();
  }

  /** One session; every report is sent twice, the second time as a repeat. */
  private CompletionStage<SessionReply> session(long station, String token) {
    StationInfo info = CoreWorld.station(station);
    SessionCommand.Start start = Commands.start(token, 0, 1000);
    return send(info, start)
        .thenCompose(first -> send(info, start))
        .thenCompose(
            reply -> {
              int id = ((SessionReply.Started) reply).transactionId();
              SessionCommand.Readings readings =
                  Commands.readings(id, Commands.register(300, 2000));
              SessionCommand.Stop stop = Commands.stop(id, 600, 3000);
              return send(info, readings)
                  .thenCompose(stored -> send(info, readings))
                  .thenCompose(stored -> send(info, stop))
                  .thenCompose(stopped -> send(info, stop));
            });
  }

  @Test
  void manySessions_areStoredOnce_andPriced() {
    List<CompletionStage<SessionReply>> all = new ArrayList<>();
    for (int station = 1; station <= STATIONS; station++) {
      if (station != CoreWorld.NO_TARIFF_STATION) {
        all.add(session(station, "TAG" + station));
      }
    }
    await(all);
    assertThat(all)
        .allSatisfy(
            reply ->
                assertThat(reply.toCompletableFuture().join())
                    .isInstanceOf(SessionReply.Stopped.class));
    assertThat(number("SELECT COUNT(*) FROM charging_session WHERE state = 'finished'"))
        .isEqualTo(STATIONS - 1);
    assertThat(number("SELECT COUNT(*) FROM charging_session WHERE total_minor <> 250")).isZero();
    assertThat(number("SELECT COUNT(*) FROM meter_reading")).isEqualTo(STATIONS - 1);
    assertThat(number("SELECT COUNT(*) FROM session_fact")).isEqualTo(3L * (STATIONS - 1));
    assertThat(number("SELECT COUNT(*) FROM job WHERE kind = 'bill'")).isEqualTo(STATIONS - 1);
  }

  private static long number(String sql) {
    return ((Number) DATABASE.dsl().fetchValue(sql)).longValue();
  }

  @Test
  void textThatFitsNoColumn_isPutAside_andOthersGoOn() {
    StationInfo station = CoreWorld.station(70);
    String tooLong = "X".repeat(200);
    CompletionStage<SessionReply> poison = send(station, Commands.start(tooLong, 5, 0));
    CompletionStage<SessionReply> good = send(CoreWorld.station(71), Commands.start("TAG1", 5, 0));
    await(List.of(poison, good));
    assertThat(poison.toCompletableFuture().join()).isInstanceOf(SessionReply.Quarantined.class);
    assertThat(good.toCompletableFuture().join()).isInstanceOf(SessionReply.Started.class);
    assertThat(number("SELECT COUNT(*) FROM quarantine")).isEqualTo(1);
    CompletionStage<SessionReply> next = send(station, Commands.start("TAG2", 9, 0));
    await(List.of(next));
    assertThat(next.toCompletableFuture().join()).isInstanceOf(SessionReply.Started.class);
  }
}
