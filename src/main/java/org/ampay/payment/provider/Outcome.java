package org.ampay.payment.provider;

import org.ampay.base.Money;

/** What became of a command to a provider. */
public sealed interface Outcome {

  /**
   * Done, for certain.
   *
   * @param done at most what was asked for; less where the provider may do a part
   * @param gift the part of it that was not real money
   * @param providerRef the provider's own id of it, empty when it has none
   */
  record Succeeded(Money done, Money gift, String providerRef) implements Outcome {

    /** Done as asked, in real money. */
    public static Succeeded of(Money done) {
      return new Succeeded(done, Money.zero(done.currency()), "");
    }
  }

  /** Accepted; its end will be told by a callback or a query. */
  record Pending(String providerRef) implements Outcome {}

  /**
   * The payer must do something first.
   *
   * @param form of the action
   * @param action a URL, the text of a QR code, or JSON for an app; at most 2,000 characters
   */
  record ActionRequired(String providerRef, Form form, String action) implements Outcome {}

  /** Refused, for certain: nothing was moved. */
  record Declined(String reason) implements Outcome {}

  /** Proven never to have reached the provider: may be sent again. */
  record NotSent(String reason) implements Outcome {}

  /** A time-out, a server error, an answer that cannot be trusted: only a query resolves it. */
  record Unknown(String reason) implements Outcome {}

  /** The provider refuses our account, key or request: no repeat helps, a person must look. */
  record Misconfigured(String reason) implements Outcome {}
}
