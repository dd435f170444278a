package org.ampay.station;

/**
 * Who sends a command.
 *
 * @param actor as the audit log names it: {@code user:{email}}, {@code key:{prefix}}, {@code
 *     system}
 * @param reason why the system sends it, in a few words; empty for people and keys
 */
public record Sender(String actor, String reason) {

  /** The program itself. */
  public static Sender system(String reason) {
    return new Sender("system", reason);
  }

  /** A person or key, by its name in the audit log. */
  public static Sender of(String actor) {
    return new Sender(actor, "");
  }
}
