package org.ampay.payment;

import java.util.regex.Pattern;

/**
 * Names for operations as providers hear them: the installation's code and the operation's id, 16
 * characters {@code [a-z0-9]}, which every provider takes. Two installations that use the same
 * account, or one that was restored from a backup under a new code, do not meet.
 */
public final class References {

  private static final Pattern CODE = Pattern.compile("[a-z0-9]{4}");
  private static final int ID_CHARS = 12;

  private final String code;

  /**
   * References.
   *
   * @param code of the installation, four characters {@code [a-z0-9]}
   */
  public References(String code) {
    if (!CODE.matcher(code).matches()) {
      throw new IllegalArgumentException("installation code '" + code + "'");
    }
    this.code = code;
  }

  /** The reference of an operation: always the same. */
  public String of(long operationId) {
    String id = Long.toString(operationId, Character.MAX_RADIX);
    return code + "0".repeat(Math.max(0, ID_CHARS - id.length())) + id;
  }
}
