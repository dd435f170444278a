package org.ampay.app.sandbox.alipay;

import java.time.LocalDate;
import java.util.HashSet;
import java.util.Set;
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

/** Alipay by pre-authorization keeps what every provider must keep. */
class AlipayFreezeTest extends ProviderContract {

  @Override
  protected Rig rig() throws Exception {
    return new AlipayRig() {
      private final RemoteProvider only = new OnlyFreezes(super.provider());

      @Override
      public RemoteProvider provider() {
        return only;
      }
    };
  }

  /** The same provider, that says it cannot PRESENT. */
  private record OnlyFreezes(RemoteProvider all) implements RemoteProvider {

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
      return command.kind() == CommandKind.PRESENT
          ? new Outcome.Misconfigured("left out")
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
    public boolean statement(LocalDate day, Consumer<StatementLine> lines)
        throws StatementException {
      return all.statement(day, lines);
    }
  }
}
