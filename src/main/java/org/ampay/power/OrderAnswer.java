package org.ampay.power;

import org.jspecify.annotations.Nullable;

/** What became of a {@link ProfileOrder}. */
public sealed interface OrderAnswer {

  /**
   * The station did it.
   *
   * @param composite of GetCompositeSchedule only
   */
  record Done(@Nullable Composite composite) implements OrderAnswer {}

  /**
   * The station did not.
   *
   * @param reason its status and what else it said
   * @param nothing there was nothing that matched: Unknown, NoProfiles
   */
  record Refused(String reason, boolean nothing) implements OrderAnswer {}

  /** It was certainly not sent. */
  record NotSent() implements OrderAnswer {}

  /** It was sent, and nobody knows. */
  record Unclear(String reason) implements OrderAnswer {}

  /**
   * A composite schedule: a forecast (1.6 5.7).
   *
   * @param schedule with its start; without periods when the station sent none
   * @param periodsJson list in the words of its version
   */
  record Composite(Schedule schedule, String periodsJson) {}
}
