package org.ampay.payment.sim;

import java.time.LocalDate;
import java.util.function.Consumer;
import org.ampay.base.Money;
import org.ampay.payment.BentStores.Bend;
import org.ampay.payment.provider.Callback;
import org.ampay.payment.provider.CallbackAnswer;
import org.ampay.payment.provider.Capabilities;
import org.ampay.payment.provider.Operation;
import org.ampay.payment.provider.Outcome;
import org.ampay.payment.provider.PaymentCommand;
import org.ampay.payment.provider.RawCallback;
import org.ampay.payment.provider.RemoteProvider;
import org.ampay.payment.provider.StatementLine;

/** A deliberate fault in the machine, that a simulation must find. */
enum Mutant {
  NONE,
  /** Each attempt goes out under a reference of its own, as if it had not been stored before. */
  NEW_KEY_AT_EACH_ATTEMPT,
  /** An answer closes what it finds, whatever was closed meanwhile. */
  NO_FENCE,
  /** A reference that was used before is not recognised. */
  NO_DEDUP,
  /** Yuan as binary fractions. */
  FLOAT_MONEY,
  /** What is not known is taken for done. */
  POST_BEFORE_OUTCOME;

  /** The provider as the mutant talks to it. */
  RemoteProvider of(SimPsp psp) {
    return switch (this) {
      case NONE, NO_FENCE, NO_DEDUP -> psp;
      case NEW_KEY_AT_EACH_ATTEMPT -> new NewKeys(psp);
      case FLOAT_MONEY -> new Floats(psp);
      case POST_BEFORE_OUTCOME -> new Hopeful(psp);
    };
  }

  /** The fault of its stores. */
  Bend bend() {
    return switch (this) {
      case NO_FENCE -> Bend.NO_FENCE;
      case NO_DEDUP -> Bend.NO_DEDUP;
      case NONE, NEW_KEY_AT_EACH_ATTEMPT, FLOAT_MONEY, POST_BEFORE_OUTCOME -> Bend.NONE;
    };
  }

  /** A provider seen through a fault. */
  private abstract static class Bent implements RemoteProvider {
    final SimPsp psp;

    Bent(SimPsp psp) {
      this.psp = psp;
    }

    @Override
    public String name() {
      return psp.name();
    }

    @Override
    public Capabilities capabilities() {
      return psp.capabilities();
    }

    @Override
    public Outcome execute(PaymentCommand command) {
      return psp.execute(command);
    }

    @Override
    public Outcome query(PaymentCommand command) {
      return psp.query(command);
    }

    @Override
    public Callback verify(RawCallback raw) {
      return psp.verify(raw);
    }

    @Override
    public CallbackAnswer acknowledged() {
      return psp.acknowledged();
    }

    @Override
    public CallbackAnswer again() {
      return psp.again();
    }

    @Override
    public boolean statement(LocalDate day, Consumer<StatementLine> lines) {
      return psp.statement(day, lines);
    }

    static PaymentCommand with(PaymentCommand command, String reference, Money amount) {
      Operation before = command.operation();
      Operation operation =
          new Operation(
              before.id(),
              before.operatorId(),
              before.driverId(),
              reference,
              amount,
              before.providerRef(),
              before.createdAt());
      return switch (command) {
        case PaymentCommand.Capture c -> new PaymentCommand.Capture(operation, c.hold());
        case PaymentCommand.Release r -> new PaymentCommand.Release(operation, r.hold());
        case PaymentCommand.Charge c -> new PaymentCommand.Charge(operation, c.method());
        case PaymentCommand.Refund r -> new PaymentCommand.Refund(operation, r.taken());
        case PaymentCommand.Cancel c -> new PaymentCommand.Cancel(operation, c.target());
        case PaymentCommand.Present p -> new PaymentCommand.Present(operation, p.ask());
        case PaymentCommand.Authorize a ->
            new PaymentCommand.Authorize(operation, a.validFor(), a.ask());
        case PaymentCommand.Increment i -> new PaymentCommand.Increment(operation, i.hold());
        case PaymentCommand.Split s -> new PaymentCommand.Split(operation, s.taken(), s.shares());
        case PaymentCommand.Payout p -> new PaymentCommand.Payout(operation, p.receiver());
      };
    }
  }

  private static final class NewKeys extends Bent {
    private long attempts;

    NewKeys(SimPsp psp) {
      super(psp);
    }

    @Override
    public Outcome execute(PaymentCommand command) {
      attempts++;
      Operation operation = command.operation();
      return psp.execute(with(command, operation.reference() + "-" + attempts, operation.amount()));
    }

    @Override
    public Outcome query(PaymentCommand command) {
      return execute(command);
    }
  }

  private static final class Floats extends Bent {
    Floats(SimPsp psp) {
      super(psp);
    }

    @Override
    public Outcome execute(PaymentCommand command) {
      Money amount = command.operation().amount();
      double yuan = amount.minor() * 0.01;
      Money sent = new Money(amount.currency(), (long) (yuan * 100));
      Outcome outcome = psp.execute(with(command, command.operation().reference(), sent));
      return outcome instanceof Outcome.Succeeded ? Outcome.Succeeded.of(amount) : outcome;
    }
  }

  private static final class Hopeful extends Bent {
    Hopeful(SimPsp psp) {
      super(psp);
    }

    @Override
    public Outcome execute(PaymentCommand command) {
      Outcome outcome = psp.execute(command);
      return outcome instanceof Outcome.Unknown
          ? Outcome.Succeeded.of(command.operation().amount())
          : outcome;
    }
  }
}
