package org.ampay.gateway;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Slows down whoever guesses passwords: above an address' allowance a wrong try is answered late.
 *
 * <p>Right credentials are never slowed: behind one address thousands of good stations may stand
 * beside a bad one. So a try is always judged, and only the refusal waits. Thread-safe; bounded:
 * the addresses that were wrong least recently are forgotten.
 */
final class WrongTries {

  private static final int MAX_ADDRESSES = 10_000;

  /** Wrong tries of an address that are answered at once, and how many more each second. */
  private static final int BURST = 100;

  private static final int PER_SECOND = 1;

  /** How long a refusal waits. */
  static final int DELAY_SECONDS = 2;

  /** Refusals that wait at a time; what comes on top is cut off at once. */
  private static final int MAX_WAITING = 2_000;

  private final Map<String, TokenBucket> addresses = new Oldest();
  private int waiting;

  /** What to do with a refusal. */
  enum Pace {
    AT_ONCE,
    /** After {@link #DELAY_SECONDS}; then {@link #answered} must be called. */
    LATE,
    /** Not at all: cut the connection. */
    NEVER
  }

  /** Notes a wrong try. */
  synchronized Pace wrong(SocketAddress from, long nowNanos) {
    TokenBucket bucket =
        addresses.computeIfAbsent(name(from), a -> new TokenBucket(PER_SECOND, BURST, nowNanos));
    if (bucket.debtNanos(nowNanos) <= 0) {
      bucket.take(nowNanos);
      return Pace.AT_ONCE;
    }
    if (waiting >= MAX_WAITING) {
      return Pace.NEVER;
    }
    waiting++;
    return Pace.LATE;
  }

  /** A late refusal was sent, or its connection is gone. */
  synchronized void answered() {
    waiting--;
  }

  synchronized int addresses() {
    return addresses.size();
  }

  /** An IPv4 address, or the network of 64 bits that one customer of IPv6 has. */
  private static String name(SocketAddress from) {
    InetAddress address = from instanceof InetSocketAddress inet ? inet.getAddress() : null;
    if (address instanceof Inet6Address six) {
      return Arrays.toString(Arrays.copyOf(six.getAddress(), 8));
    }
    return address == null ? "" : address.getHostAddress();
  }

  private static final class Oldest extends LinkedHashMap<String, TokenBucket> {
    private static final long serialVersionUID = 1;

    Oldest() {
      super(64, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, TokenBucket> eldest) {
      return size() > MAX_ADDRESSES;
    }
  }
}
