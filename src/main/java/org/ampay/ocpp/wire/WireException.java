package org.ampay.ocpp.wire;

/**
 * A message breaks its dictionary. It names the first offending field and the error code to answer
 * with. It never quotes what was received: that may be a password or very long.
 *
 * <p>It carries no stack trace: bad input is an ordinary event, and the field says where.
 */
public final class WireException extends Exception {

  private static final long serialVersionUID = 1L;

  private final ErrorCode code;
  private final String field;
  private final String description;

  /**
   * @param field path from the payload, {@code meterValue[0].sampledValue[1].value}; empty for the
   *     payload itself
   */
  public WireException(ErrorCode code, String field, String description) {
    super(field.isEmpty() ? description : field + ": " + description, null, false, false);
    this.code = code;
    this.field = field;
    this.description = description;
  }

  /** The code to answer with. */
  public ErrorCode code() {
    return code;
  }

  /** The path of the offending field; empty for the payload itself. */
  public String field() {
    return field;
  }

  /** What is wrong, without the field. */
  public String description() {
    return description;
  }
}
