package org.ampay.app.sandbox.wechat;

import java.time.LocalDate;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.ampay.payment.provider.Callback;
import org.ampay.payment.provider.CallbackAnswer;
import org.ampay.payment.provider.Capabilities;
import org.ampay.payment.provider.CommandKind;
import org.ampay.payment.provider.Outcome;
import org.ampay.payment.provider.PaymentCommand;
import org.ampay.payment.provider.RawCallback;
import org.ampay.payment.provider.RemoteProvider;
import org.ampay.payment.provider.StatementException;
import org.ampay.payment.provider.StatementLine;

/** An account that is only used for pay after use, so that the kit asks payers that way. */
record AfterUse(RemoteProvider all) implements RemoteProvider {

  @Override
  public String name() {
    return all.name();
  }

  @Override
  public Capabilities capabilities() {
    Capabilities can = all.capabilities();
    Set<CommandKind> commands = new HashSet<>(can.commands());
    commands.remove(CommandKind.PRESENT);
    return new Capabilities(
        can.flows(), commands, can.features(), can.idempotency(), can.currencies(), can.limits());
  }

  @Override
  public Outcome execute(PaymentCommand command) {
    return command instanceof PaymentCommand.Present
        ? new Outcome.Misconfigured("only after use")
        : all.execute(command);
  }

  @Override
  public Outcome query(PaymentCommand command) {
    return all.query(command);
  }

  @Override
  public Callback verify(RawCallback raw) {
    return all.verify(raw);
  }

  @Override
  public CallbackAnswer acknowledged() {
    return all.acknowledged();
  }

  @Override
  public CallbackAnswer again() {
    return all.again();
  }

  @Override
  public boolean statement(LocalDate day, Consumer<StatementLine> lines) throws StatementException {
    return all.statement(day, lines);
  }

  @Override
  public void close() {
    all.close();
  }
}
