package org.ampay.web.console;

import java.time.Instant;
import org.ampay.ocpi.Partner;
import org.ampay.ocpi.push.PushState.Stand;
import org.ampay.ocpi.push.PushSummary;
import org.jspecify.annotations.Nullable;

/** A partner in the list: how it is and what is stuck. */
public record PartnerRow(Partner partner, PushSummary pushes) {

  /** Objects that will be sent. */
  public long waiting() {
    return count(Stand.WAITING);
  }

  /** Objects that the partner refused. */
  public long givenUp() {
    return count(Stand.GIVEN_UP);
  }

  private long count(Stand state) {
    return pushes.counts().stream()
        .filter(count -> count.state() == state)
        .mapToLong(PushSummary.Count::objects)
        .sum();
  }

  /** Since when it does not answer; null: it does, or is not called. */
  public @Nullable Instant awaySince() {
    return partner.isRegistered() ? pushes.awaySince() : null;
  }

  /** {@code away}, or the state of the connection. */
  public String state() {
    return awaySince() != null ? "away" : partner.state().name().toLowerCase(java.util.Locale.ROOT);
  }

  /** Of its badge. */
  public String color() {
    return switch (state()) {
      case "registered" -> "green";
      case "away" -> "red";
      case "invited" -> "azure";
      case "suspended" -> "orange";
      default -> "secondary";
    };
  }
}
