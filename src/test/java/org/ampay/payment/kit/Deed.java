package org.ampay.payment.kit;

import java.util.function.Function;
import org.ampay.base.Money;
import org.ampay.payment.provider.Operation;
import org.ampay.payment.provider.Outcome;
import org.ampay.payment.provider.PaymentCommand;
import org.ampay.payment.provider.RemoteProvider;

/** An operation as our database would know it: the provider's id is kept once it was told. */
final class Deed {

  private final RemoteProvider provider;
  private final Function<Operation, PaymentCommand> make;
  private Operation operation;

  Deed(RemoteProvider provider, Operation operation, Function<Operation, PaymentCommand> make) {
    this.provider = provider;
    this.operation = operation;
    this.make = make;
  }

  /** Sends it; again with the same reference when it was sent before. */
  Outcome execute() {
    return heard(provider.execute(command()));
  }

  Outcome query() {
    return heard(provider.query(command()));
  }

  /** Sends it and, where the answer leaves that open, asks what became of it. */
  Outcome done() {
    Outcome told = execute();
    return told instanceof Outcome.Pending || told instanceof Outcome.Unknown ? query() : told;
  }

  PaymentCommand command() {
    return make.apply(operation);
  }

  Money amount() {
    return operation.amount();
  }

  String reference() {
    return operation.reference();
  }

  String providerRef() {
    return operation.providerRef();
  }

  PaymentCommand.Target target() {
    return new PaymentCommand.Target(
        command().kind(),
        operation.reference(),
        operation.providerRef(),
        operation.amount(),
        operation.createdAt());
  }

  /** What it set aside, when it did. */
  PaymentCommand.Hold hold(Money amount) {
    return new PaymentCommand.Hold(
        operation.id(),
        amount,
        Money.zero(amount.currency()),
        operation.reference(),
        operation.providerRef());
  }

  private Outcome heard(Outcome outcome) {
    String told =
        switch (outcome) {
          case Outcome.Succeeded succeeded -> succeeded.providerRef();
          case Outcome.Pending pending -> pending.providerRef();
          case Outcome.ActionRequired needed -> needed.providerRef();
          case Outcome.Declined _, Outcome.NotSent _, Outcome.Unknown _, Outcome.Misconfigured _ ->
              "";
        };
    if (!told.isEmpty()) {
      operation =
          new Operation(
              operation.id(),
              operation.operatorId(),
              operation.driverId(),
              operation.reference(),
              operation.amount(),
              told,
              operation.createdAt());
    }
    return outcome;
  }
}
