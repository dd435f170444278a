package org.ampay.ocpi.command;

import java.util.function.Supplier;

/** Our immediate answer to a command. */
public sealed interface Verdict {

  /**
   * Not done, and no result will follow.
   *
   * @param response a CommandResponseType other than ACCEPTED
   * @param message for people, English; empty: none
   */
  record Refused(String response, String message) implements Verdict {}

  /**
   * It is tried now.
   *
   * @param work blocks while the station is asked
   */
  record Tried(Supplier<Word> work) implements Verdict {}

  static Verdict rejected(String message) {
    return new Refused("REJECTED", message);
  }

  static Verdict unknownSession() {
    return new Refused("UNKNOWN_SESSION", "there is no such session of yours that runs");
  }
}
