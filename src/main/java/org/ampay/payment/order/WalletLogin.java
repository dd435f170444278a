package org.ampay.payment.order;

/**
 * How a driver shows that a wallet is his.
 *
 * @param card the uid of one of his tokens, at most 36 characters
 * @param pin never stored or logged
 */
public record WalletLogin(String card, String pin) {

  @Override
  public String toString() {
    return "WalletLogin[card=" + card + "]";
  }
}
