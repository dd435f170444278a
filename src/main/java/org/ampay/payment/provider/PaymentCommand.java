package org.ampay.payment.provider;

import java.time.Duration;
import java.util.List;
import org.ampay.base.Money;

/** A command to a provider. Each carries the operation that was stored for it. */
public sealed interface PaymentCommand {

  Operation operation();

  CommandKind kind();

  /** Sets the operation's amount aside. */
  record Authorize(Operation operation, Duration validFor) implements PaymentCommand {
    @Override
    public CommandKind kind() {
      return CommandKind.AUTHORIZE;
    }
  }

  /** Sets the operation's amount aside on top of what a hold has. */
  record Increment(Operation operation, Hold hold) implements PaymentCommand {
    @Override
    public CommandKind kind() {
      return CommandKind.INCREMENT;
    }
  }

  /** Takes the operation's amount, at most the hold, and gives the rest of the hold back. */
  record Capture(Operation operation, Hold hold) implements PaymentCommand {
    @Override
    public CommandKind kind() {
      return CommandKind.CAPTURE;
    }
  }

  /** Gives a whole hold back; the operation's amount is zero. */
  record Release(Operation operation, Hold hold) implements PaymentCommand {
    @Override
    public CommandKind kind() {
      return CommandKind.RELEASE;
    }
  }

  /** Takes the operation's amount without a hold; a part of it where the provider can. */
  record Charge(Operation operation) implements PaymentCommand {
    @Override
    public CommandKind kind() {
      return CommandKind.CHARGE;
    }
  }

  /** Asks the payer for the operation's amount by a QR code or a page. */
  record Present(Operation operation, Form form) implements PaymentCommand {

    /** How the payer meets the provider. */
    public enum Form {
      QR,
      REDIRECT
    }

    @Override
    public CommandKind kind() {
      return CommandKind.PRESENT;
    }
  }

  /** Gives back the operation's amount of what was taken by {@code takenReference}. */
  record Refund(Operation operation, String takenReference) implements PaymentCommand {
    @Override
    public CommandKind kind() {
      return CommandKind.REFUND;
    }
  }

  /** Shares what was taken by {@code takenReference} among receivers. */
  record Split(Operation operation, String takenReference, List<Share> shares)
      implements PaymentCommand {

    /** What one receiver gets; {@code receiver} in the provider's own words. */
    public record Share(String receiver, Money amount) {}

    public Split {
      shares = List.copyOf(shares);
    }

    @Override
    public CommandKind kind() {
      return CommandKind.SPLIT;
    }
  }

  /** Pays the operation's amount out; {@code receiver} in the provider's own words. */
  record Payout(Operation operation, String receiver) implements PaymentCommand {
    @Override
    public CommandKind kind() {
      return CommandKind.PAYOUT;
    }
  }

  /**
   * What is set aside.
   *
   * @param gift the part of it that is not real money
   */
  record Hold(long id, Money amount, Money gift, String reference) {}
}
