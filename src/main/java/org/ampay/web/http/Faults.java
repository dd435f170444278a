package org.ampay.web.http;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ampay.access.Tokens.TokenException;
import org.ampay.station.Inventory.InventoryException;
import org.ampay.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the exceptions of the rooms below mean to a caller. */
public final class Faults {

  private static final Logger LOG = LoggerFactory.getLogger(Faults.class);

  /** The rooms' way to name a field: {@code max_concurrent: must be 1 or more}. */
  private static final Pattern NAMED = Pattern.compile("([a-z][a-z0-9_.\\[\\]]*): (.*)");

  private Faults() {}

  static Problem problem(RuntimeException e, Call call) {
    return switch (e) {
      case ProblemException known -> known.problem();
      case InventoryException refused -> named(refused);
      case TokenException refused -> named(refused);
      case StoreException.Unavailable away -> {
        LOG.warn("{} {}: the database is away", call.method(), call.loggedPath(), away);
        yield Problem.unavailable("the database is away");
      }
      case StoreException.Contention busy -> {
        LOG.warn("{} {}: the database is busy", call.method(), call.loggedPath(), busy);
        yield Problem.unavailable("the database is busy");
      }
      default -> {
        String reference = Integer.toHexString(System.identityHashCode(e));
        LOG.error("{} {} failed, reference {}", call.method(), call.loggedPath(), reference, e);
        yield Problem.fault(reference);
      }
    };
  }

  /** Runs what makes a checked value of the caller's input; its complaint names a field. */
  public static <T> T input(java.util.function.Supplier<T> work) {
    try {
      return work.get();
    } catch (IllegalArgumentException e) {
      throw named(e).exception();
    }
  }

  /** Runs a write of the rooms below; what they refuse is a problem that names the field. */
  public static <T> T refusals(java.util.function.Supplier<T> work) {
    try {
      return work.get();
    } catch (InventoryException | TokenException e) {
      throw named(e).exception();
    }
  }

  private static Problem named(RuntimeException e) {
    String message = String.valueOf(e.getMessage());
    Matcher matcher = NAMED.matcher(message);
    String field = matcher.matches() ? matcher.group(1) : "";
    String reason = matcher.matches() ? matcher.group(2) : message;
    return reason.toLowerCase(Locale.ROOT).startsWith("there is a")
        ? Problem.taken(field, reason)
        : Problem.badField(field, reason);
  }
}
