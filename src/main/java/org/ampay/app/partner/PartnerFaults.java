package org.ampay.app.partner;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What shall go wrong with calls to the partner, in the order it was asked for. */
public final class PartnerFaults {

  /** What goes wrong. */
  public enum Fault {
    /** Done; the answer comes late. */
    SLOW,
    /** HTTP 500 without a body; nothing done. */
    ERROR_500,
    /** HTTP 200 with OCPI status 3000; nothing done. */
    STATUS_3000,
    /** HTTP 200 with OCPI status 2001; nothing done. */
    STATUS_2001,
    /** Done; the connection is closed before the answer. */
    ANSWER_LOST,
    /** The connection is closed; nothing done. */
    CALL_LOST,
    /** HTTP 200 with bytes that mean nothing; nothing done. */
    NONSENSE,
    /** HTTP 200 with JSON that is no envelope; nothing done. */
    NO_ENVELOPE,
    /** HTTP 200 with an endless list of the same page; for pulls. */
    SAME_PAGE_AGAIN,
    /** HTTP 429 with Retry-After. */
    TOO_MANY,
    /** HTTP 401, as if the token were unknown. */
    UNAUTHORIZED
  }

  /**
   * A rule.
   *
   * @param module of the call, for example {@code sessions}; empty: any
   * @param method empty: any
   * @param times how often it is met; less than 0: always
   * @param delay of {@code SLOW}
   */
  public record Rule(Fault fault, String module, String method, int times, Duration delay) {

    private boolean matches(String otherModule, String otherMethod) {
      return (module.isEmpty() || module.equals(otherModule))
          && (method.isEmpty() || method.equals(otherMethod));
    }

    private Rule once() {
      return times < 0 ? this : new Rule(fault, module, method, times - 1, delay);
    }
  }

  private final List<Rule> rules = new ArrayList<>();

  /** What the next calls of a module meet. */
  public void next(Fault fault, String module, int times) {
    add(new Rule(fault, module, "", times, Duration.ofSeconds(2)));
  }

  public synchronized void add(Rule rule) {
    rules.add(rule);
  }

  /** Nothing goes wrong any more. */
  public synchronized void clear() {
    rules.clear();
  }

  /** Those that were not met as often as they wanted. */
  public synchronized List<Rule> left() {
    return List.copyOf(rules);
  }

  synchronized Optional<Rule> met(String module, String method) {
    for (int i = 0; i < rules.size(); i++) {
      Rule rule = rules.get(i);
      if (rule.matches(module, method)) {
        Rule left = rule.once();
        if (left.times() == 0) {
          rules.remove(i);
        } else {
          rules.set(i, left);
        }
        return Optional.of(rule);
      }
    }
    return Optional.empty();
  }
}
