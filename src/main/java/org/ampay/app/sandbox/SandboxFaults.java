package org.ampay.app.sandbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;

/** What shall go wrong, in the order it was asked for: the first rule that matches is met. */
public final class SandboxFaults {

  /** What goes wrong with a call, or with a callback. */
  public enum Fault {
    DECLINE,
    /** Done; the answer comes late. */
    DELAY,
    /** Done; the connection is closed before the answer. */
    DROP_ANSWER,
    /** The connection is closed before anything was done. */
    DROP_CALL,
    /** HTTP 500, nothing done. */
    ERROR_500,
    /** Done; the answer is HTTP 200 with bytes that mean nothing. */
    GARBAGE,
    FORGED_SIGNATURE,
    /** A callback is never sent. */
    LOSE,
    /** A callback is sent twice. */
    DUPLICATE,
    /** A callback is sent after the next one. */
    REORDER,
    DELAY_CALLBACK,
    /** A callback is sent first with a signature by a foreign key. */
    FORGE;

    private static final Set<Fault> CALLBACKS =
        EnumSet.of(LOSE, DUPLICATE, REORDER, DELAY_CALLBACK, FORGE);

    boolean ofCallbacks() {
      return CALLBACKS.contains(this);
    }

    static Fault ofCode(String code) {
      return valueOf(code.toUpperCase(Locale.ROOT));
    }
  }

  /**
   * A rule.
   *
   * @param provider empty: any
   * @param operation a call's, or the kind of a callback; empty: any
   * @param times how often it is met; less than 0: always
   * @param perMille chance that a matching call meets it; 1,000: each does
   * @param delay of {@code DELAY} and {@code DELAY_CALLBACK}
   */
  public record Rule(
      Fault fault, String provider, String operation, int times, int perMille, Duration delay) {

    /** The next call, whatever it is. */
    public static Rule next(Fault fault) {
      return new Rule(fault, "", "", 1, 1_000, Duration.ofSeconds(1));
    }

    boolean matches(String provider, String operation) {
      return (this.provider.isEmpty() || this.provider.equals(provider))
          && (this.operation.isEmpty() || this.operation.equals(operation));
    }

    private Rule once() {
      return times < 0 ? this : new Rule(fault, provider, operation, times - 1, perMille, delay);
    }
  }

  private static final int CERTAIN = 1_000;

  private final List<Rule> rules = new ArrayList<>();
  private final Random random;

  SandboxFaults(long seed) {
    this.random = new Random(seed);
  }

  /** What the next call or callback meets. */
  public void next(Fault fault) {
    add(Rule.next(fault));
  }

  public synchronized void add(Rule rule) {
    rules.add(rule);
  }

  /** Nothing goes wrong any more. */
  public synchronized void clear() {
    rules.clear();
  }

  public synchronized List<Rule> rules() {
    return List.copyOf(rules);
  }

  /**
   * What a call meets.
   *
   * @param reads the call changes nothing: there is nothing to decline
   */
  Optional<Rule> ofCall(String provider, String operation, boolean reads) {
    return met(
        provider,
        operation,
        rule -> !rule.fault().ofCallbacks() && !(reads && rule.fault() == Fault.DECLINE));
  }

  Optional<Rule> ofCallback(String provider, String kind) {
    return met(provider, kind, rule -> rule.fault().ofCallbacks());
  }

  private synchronized Optional<Rule> met(String provider, String operation, Predicate<Rule> kind) {
    for (int i = 0; i < rules.size(); i++) {
      Rule rule = rules.get(i);
      if (!kind.test(rule)
          || !rule.matches(provider, operation)
          || (rule.perMille() < CERTAIN && random.nextInt(CERTAIN) >= rule.perMille())) {
        continue;
      }
      Rule left = rule.once();
      if (left.times() == 0) {
        rules.remove(i);
      } else {
        rules.set(i, left);
      }
      return Optional.of(rule);
    }
    return Optional.empty();
  }
}
