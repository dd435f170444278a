package org.ampay.payment.provider;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.ampay.base.Money;
import org.jspecify.annotations.Nullable;

/** A command to a provider. Each carries the operation that was stored for it. */
public sealed interface PaymentCommand {

  Operation operation();

  CommandKind kind();

  /**
   * Sets the operation's amount aside.
   *
   * @param ask how the payer is asked to agree; null where nobody need be asked (the wallet)
   */
  record Authorize(Operation operation, Duration validFor, @Nullable Ask ask)
      implements PaymentCommand {
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

  /**
   * Takes the operation's amount without a hold; a part of it where the provider can.
   *
   * @param method what the driver agreed to be charged by; null in our own ledger
   */
  record Charge(Operation operation, @Nullable SavedMethod method) implements PaymentCommand {
    @Override
    public CommandKind kind() {
      return CommandKind.CHARGE;
    }
  }

  /** Asks the payer for the operation's amount: it is taken at once when the payer agrees. */
  record Present(Operation operation, Ask ask) implements PaymentCommand {
    @Override
    public CommandKind kind() {
      return CommandKind.PRESENT;
    }
  }

  /**
   * Takes back an {@link Authorize} or {@link Present} that the payer has not agreed to; the
   * operation's amount is zero. Succeeded: it can never be paid any more. Declined: too late, it
   * was paid or agreed to.
   */
  record Cancel(Operation operation, Target target) implements PaymentCommand {
    @Override
    public CommandKind kind() {
      return CommandKind.CANCEL;
    }
  }

  /** Gives back the operation's amount of what was taken. */
  record Refund(Operation operation, Target taken) implements PaymentCommand {
    @Override
    public CommandKind kind() {
      return CommandKind.REFUND;
    }
  }

  /** Shares what was taken among receivers. */
  record Split(Operation operation, Target taken, List<Share> shares) implements PaymentCommand {

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
   * @param reference of the operation that set it aside
   * @param providerRef the provider's own id of that, empty when it has none
   */
  record Hold(long id, Money amount, Money gift, String reference, String providerRef) {}

  /**
   * An operation before, that a command is about.
   *
   * @param kind {@code CAPTURE}, {@code CHARGE}, {@code PRESENT} or {@code AUTHORIZE}
   * @param amount that was taken, asked for or set aside
   * @param at when it was stored
   */
  record Target(CommandKind kind, String reference, String providerRef, Money amount, Instant at) {}

  /**
   * A way of paying that the driver agreed to for later: a card on file, an agreement.
   *
   * @param payer the customer in the provider's own words
   * @param method the card or agreement in the provider's own words
   */
  record SavedMethod(String payer, String method) {}
}
