package org.ampay.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.IntStream;
import org.ampay.base.CountingIds;
import org.ampay.base.TestTime;
import org.ampay.store.SqlTx;
import org.ampay.store.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MessageLogTest {

  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private final ScheduledExecutorService executor = Executors.newScheduledThreadPool(1);
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final TestTime time = TestTime.monday();

  @AfterEach
  void stop() {
    executor.shutdownNow();
  }

  @Test
  void entries_areStoredWithoutSecrets_andDeletedWhenOld() {
    MessageLogStore store =
        new MessageLogStore(DATABASE.database().transactor(), new CountingIds());
    try (BufferedMessageLog log = log(store, 1_000)) {
      for (int i = 0; i < 250; i++) {
        log.add(entry(i, "[2,\"" + i + "\",\"Heartbeat\",{}]"));
      }
      log.add(
          entry(
              250,
              "[2,\"x\",\"ChangeConfiguration\",{\"key\":\"AuthorizationKey\",\"value\":\"S3CRET\"}]"));
    }
    assertThat(frames()).hasSize(251).contains("[2,\"7\",\"Heartbeat\",{}]");
    assertThat(String.join("", frames())).doesNotContain("S3CRET").contains("***");

    assertThat(store.deleteBefore(time.now().minusSeconds(1))).isZero();
    assertThat(store.deleteBefore(time.now().plusSeconds(100))).isEqualTo(100);
    assertThat(store.deleteBefore(time.now().plusSeconds(100))).isZero();
    assertThat(frames()).hasSize(151);
  }

  @Test
  void fullBuffer_dropsAndCounts_brokenStoreToo() {
    List<Integer> batches = new ArrayList<>();
    BufferedMessageLog.Store broken =
        new BufferedMessageLog.Store() {
          @Override
          public void insert(List<MessageLog.Entry> entries) {
            batches.add(entries.size());
            throw new IllegalStateException("away");
          }

          @Override
          public int deleteBefore(Instant before) {
            return 0;
          }
        };
    executor.shutdownNow();
    ScheduledExecutorService idle = Executors.newScheduledThreadPool(0);
    BufferedMessageLog log = new BufferedMessageLog(settings(5), broken, idle, time, meters);
    IntStream.range(0, 100_000).forEach(i -> log.add(entry(i, "x")));
    log.close();
    idle.shutdownNow();

    assertThat(meters.counter("ampay.message.log.dropped").count()).isEqualTo(100_000);
    assertThat(batches).isNotEmpty();
  }

  @Test
  void longFrames_areCut() {
    List<MessageLog.Entry> stored = new ArrayList<>();
    BufferedMessageLog.Store store =
        new BufferedMessageLog.Store() {
          @Override
          public synchronized void insert(List<MessageLog.Entry> entries) {
            stored.addAll(entries);
          }

          @Override
          public int deleteBefore(Instant before) {
            return 0;
          }
        };
    try (BufferedMessageLog log = log(store, 10)) {
      log.add(entry(1, "中".repeat(1_000)));
    }
    assertThat(new String(stored.getFirst().frame(), StandardCharsets.UTF_8))
        .hasSize(256 + 7)
        .endsWith("… (cut)");
  }

  private BufferedMessageLog log(BufferedMessageLog.Store store, int buffer) {
    return new BufferedMessageLog(settings(buffer), store, executor, time, meters);
  }

  private static GatewaySettings.MessageLogging settings(int buffer) {
    return new GatewaySettings.MessageLogging(true, true, buffer, 100, 256, 30);
  }

  private MessageLog.Entry entry(int second, String frame) {
    return new MessageLog.Entry(
        time.now().plus(Duration.ofSeconds(second)),
        1,
        true,
        "Heartbeat",
        "id" + second,
        null,
        frame.getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> frames() {
    return DATABASE
        .database()
        .transactor()
        .call(
            tx ->
                SqlTx.of(tx)
                    .dsl()
                    .resultQuery("SELECT frame FROM message_log ORDER BY id")
                    .fetch(row -> new String(row.get(0, byte[].class), StandardCharsets.UTF_8)));
  }
}
