package org.ampay.billing.share;

/** A contract or payee that cannot be: names the field. */
public final class ContractException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final String field;

  public ContractException(String field, String message) {
    super(message);
    this.field = field;
  }

  /** As in the API: {@code valid_from}. */
  public String field() {
    return field;
  }
}
