package org.ampay.payment.provider.stripe;

import java.time.LocalDate;
import java.util.EnumSet;
import java.util.function.Consumer;
import org.ampay.payment.kit.ProviderContract;
import org.ampay.payment.kit.Rig;
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

/** The same for holds: without PRESENT, the kit asks every payer for a hold. */
class StripeHoldTest extends ProviderContract {

  @Override
  protected Rig rig() throws Exception {
    return new StripeRig(Holds::new);
  }

  private record Holds(RemoteProvider stripe) implements RemoteProvider {

    @Override
    public String name() {
      return stripe.name();
    }

    @Override
    public Capabilities capabilities() {
      Capabilities all = stripe.capabilities();
      EnumSet<CommandKind> commands = EnumSet.copyOf(all.commands());
      commands.remove(CommandKind.PRESENT);
      return new Capabilities(
          all.flows(), commands, all.features(), all.idempotency(), all.currencies(), all.limits());
    }

    @Override
    public Outcome execute(PaymentCommand command) {
      return command.kind() == CommandKind.PRESENT
          ? new Outcome.Misconfigured("not here")
          : stripe.execute(command);
    }

    @Override
    public Outcome query(PaymentCommand command) {
      return stripe.query(command);
    }

    @Override
    public Callback verify(RawCallback raw) {
      return stripe.verify(raw);
    }

    @Override
    public CallbackAnswer acknowledged() {
      return stripe.acknowledged();
    }

    @Override
    public CallbackAnswer again() {
      return stripe.again();
    }

    @Override
    public boolean statement(LocalDate day, Consumer<StatementLine> lines)
        throws StatementException {
      return stripe.statement(day, lines);
    }

    @Override
    public void close() {
      stripe.close();
    }
  }
}
