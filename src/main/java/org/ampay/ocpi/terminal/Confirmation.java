package org.ampay.ocpi.terminal;

import java.time.Instant;
import org.ampay.base.Money;

/**
 * What a card terminal's service says of a session's money: a FinancialAdviceConfirmation.
 *
 * @param id the service's own
 * @param authorizationReference with which it started the session
 * @param total what was taken, with taxes; nothing when it failed
 * @param body as it was received
 */
public record Confirmation(
    String id,
    String authorizationReference,
    Money total,
    Status status,
    String body,
    Instant lastUpdated) {

  /** Whether the driver's card was charged. */
  public enum Status {
    SUCCESS,
    /** With less than it should have been. */
    PARTIAL_SUCCESS,
    FAILED
  }
}
