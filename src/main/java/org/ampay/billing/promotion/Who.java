package org.ampay.billing.promotion;

/**
 * Who does something.
 *
 * @param actor as in the audit log
 * @param platform whether it acts for the platform, and may spend its money
 */
public record Who(String actor, boolean platform) {

  /** The server itself. */
  public static final Who SYSTEM = new Who("system", false);
}
