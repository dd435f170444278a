package org.ampay.payment.kit;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;
import org.ampay.payment.provider.Form;
import org.ampay.payment.provider.Outcome;
import org.ampay.payment.provider.PaymentCommand;
import org.ampay.payment.provider.RawCallback;
import org.ampay.payment.provider.RemoteProvider;

/**
 * A provider with an account at a gateway (a sandbox) that the kit may play with. Each test gets a
 * new one, whose account has seen no movement.
 *
 * <p>The gateway is driven from outside: what the payer does and what goes wrong. What it moved is
 * read from its own books, never from our provider's answers.
 */
public interface Rig extends AutoCloseable {

  /** By an account with the gateway. */
  RemoteProvider provider();

  /** In which the account is kept: {@code CNY}. */
  String currency();

  /** By which a payer can be asked for a {@code PRESENT} or {@code AUTHORIZE}. */
  Form form();

  /** The gateway's clock and the provider's: the same one. */
  Instant now();

  /** Lets both clocks go on. */
  void advance(Duration duration);

  /** How long a gateway may deny an operation that it was sent; the provider knows it too. */
  Duration settlingWindow();

  /** The payer pays, or lets the amount be set aside. Does nothing when the gateway has none. */
  void payerAgrees(Outcome.ActionRequired action);

  /** The payer refuses; the gateway may let him try again. */
  void payerDeclines(Outcome.ActionRequired action);

  /** A way to charge later that the payer agreed to; empty when the provider cannot CHARGE. */
  Optional<PaymentCommand.SavedMethod> savedMethod();

  /** Whom a SPLIT or PAYOUT can go to, in the provider's own words; empty when it can neither. */
  default Optional<String> receiver() {
    return Optional.empty();
  }

  /** What the next call of our provider meets. */
  void next(Fault fault);

  /** What the gateway can be made to do wrong. */
  default Set<Fault> faults() {
    return Set.of(Fault.values());
  }

  /** What the account got, less what was given back: minor units, by the gateway's own books. */
  long moved(String currency);

  /** What is set aside for the account at present: minor units, by the gateway's own books. */
  long held(String currency);

  /**
   * The oldest callback that the gateway sent and that was not handed out yet, byte for byte, as
   * received at {@link #now()}; waits a few seconds for one that is on the way, empty when none is.
   */
  Optional<RawCallback> nextCallback();

  /** The same callback as the gateway would have signed it with something else in it. */
  RawCallback resigned(RawCallback sent, Change change);

  /** The same callback without its signature. */
  RawCallback unsigned(RawCallback sent);

  /** The same callback with a signature of the right form by a key that is not the gateway's. */
  RawCallback forged(RawCallback sent);

  /** Lets clocks go on until the gateway has today's list of movements; returns that day. */
  LocalDate closeDay();

  /** Ends provider and gateway. */
  @Override
  void close();

  /** What goes wrong on the way to a gateway or back. */
  enum Fault {
    /** The gateway refuses for a reason of its own, for certain. */
    DECLINE,
    /** Done, and the connection is closed before the answer. */
    DROP_ANSWER,
    /** The connection is closed before the gateway did anything. */
    DROP_CALL,
    /** HTTP 500, nothing done. */
    ERROR_500,
    /** Done; the answer is HTTP 200 with bytes that mean nothing. */
    GARBAGE,
    /** Done; the answer is signed by a foreign key. Only where answers are signed. */
    FORGED_SIGNATURE
  }

  /** What a callback can be about instead. */
  enum Change {
    OTHER_MERCHANT,
    /** One minor unit more. */
    OTHER_AMOUNT
  }
}
