package org.ampay.store;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;

/** What a group commit counts. */
final class CommitMeters {

  private final DistributionSummary groupSize;
  private final Timer time;
  private final Counter refused;
  private final Counter failed;
  private final Counter repeated;

  CommitMeters(String queue, MeterRegistry registry) {
    groupSize =
        DistributionSummary.builder("ampay.commit.group").tag("queue", queue).register(registry);
    time = Timer.builder("ampay.commit.time").tag("queue", queue).register(registry);
    refused = counter(queue, "refused", registry);
    failed = counter(queue, "failed", registry);
    repeated = counter(queue, "repeated", registry);
  }

  private static Counter counter(String queue, String outcome, MeterRegistry registry) {
    return Counter.builder("ampay.commit.trouble")
        .tag("queue", queue)
        .tag("outcome", outcome)
        .register(registry);
  }

  void committed(int decisions, long nanos) {
    groupSize.record(decisions);
    time.record(nanos, TimeUnit.NANOSECONDS);
  }

  void refused() {
    refused.increment();
  }

  void failed(int decisions) {
    failed.increment(decisions);
  }

  /** A group was put back to be tried again, whole or halved. */
  void repeated() {
    repeated.increment();
  }
}
