package org.ampay.station.reports;

import java.util.Locale;

/** Where an operation stands. */
public enum OperationState {
  /** The command is on its way. */
  SENT,
  /** The station has agreed or begun. */
  RUNNING,
  DONE,
  FAILED,
  /** Another one took its place. */
  CANCELED,
  /** The station refused, or its answer made no sense. */
  REJECTED,
  /** The station did not answer: it may work on it nonetheless. */
  UNANSWERED,
  /** There is nothing to upload. */
  NOTHING;

  /** As stored and shown. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The state of a stored word. */
  public static OperationState of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  /** Whether something is still expected. */
  public boolean isOpen() {
    return switch (this) {
      case SENT, RUNNING, UNANSWERED -> true;
      case DONE, FAILED, CANCELED, REJECTED, NOTHING -> false;
    };
  }
}
