package org.ampay.base;

import java.time.Duration;
import java.time.Instant;

/** Time that a test sets and advances. */
public final class TestTime implements TimeSource {

  private Instant now;
  private long nanos;

  public TestTime(Instant start) {
    now = start;
  }

  /** 2026-03-02T08:00:00Z, a Monday. */
  public static TestTime monday() {
    return new TestTime(Instant.parse("2026-03-02T08:00:00Z"));
  }

  @Override
  public synchronized Instant now() {
    return now;
  }

  @Override
  public synchronized long nanos() {
    return nanos;
  }

  public synchronized void advance(Duration by) {
    now = now.plus(by);
    nanos += by.toNanos();
  }

  public synchronized void set(Instant to) {
    now = to;
  }
}
