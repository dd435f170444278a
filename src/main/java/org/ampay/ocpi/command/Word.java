package org.ampay.ocpi.command;

/**
 * What came of a command.
 *
 * @param result a CommandResultType or ChargingProfileResultType
 * @param message for people, English; empty: none
 */
public record Word(String result, String message) {

  public static final Word ACCEPTED = new Word("ACCEPTED", "");

  /** The result that has no text. */
  public static Word of(String result) {
    return new Word(result, "");
  }
}
