package org.ampay.conformance;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/** Names that no other scenario of the shared server has. */
public final class Unique {

  private static final AtomicInteger COUNTER = new AtomicInteger();

  private Unique() {}

  public static String station() {
    return String.format(Locale.ROOT, "SC-%05d", COUNTER.incrementAndGet());
  }

  /** At most 20 characters, as OCPP 1.6 wants it. */
  public static String token() {
    return String.format(Locale.ROOT, "TOK%05d", COUNTER.incrementAndGet());
  }

  /** A 2.0.1 transaction id. */
  public static String transaction() {
    return String.format(Locale.ROOT, "tx-%05d", COUNTER.incrementAndGet());
  }
}
