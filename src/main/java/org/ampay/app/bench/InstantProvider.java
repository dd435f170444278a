package org.ampay.app.bench;

import java.time.Duration;
import java.time.LocalDate;
import java.util.EnumSet;
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
import org.ampay.payment.provider.StatementLine;

/** A provider that takes no time: what is measured with it is the machine around it. */
final class InstantProvider implements RemoteProvider {

  static final String NAME = "instant";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Capabilities capabilities() {
    Duration year = Duration.ofDays(365);
    return new Capabilities(
        Set.of(Capabilities.Flow.PREAUTH),
        EnumSet.allOf(CommandKind.class),
        Set.of(Capabilities.Feature.PARTIAL_CAPTURE),
        new Capabilities.Idempotency(Capabilities.Idempotency.By.REFERENCE, year),
        Set.of(),
        new Capabilities.Limits(1, Long.MAX_VALUE, year, year, 0));
  }

  @Override
  public Outcome execute(PaymentCommand command) {
    return Outcome.Succeeded.of(command.operation().amount());
  }

  @Override
  public Outcome query(PaymentCommand command) {
    return Outcome.Succeeded.of(command.operation().amount());
  }

  @Override
  public Callback verify(RawCallback raw) {
    return new Callback.Refused(Callback.Refusal.UNREADABLE);
  }

  @Override
  public CallbackAnswer acknowledged() {
    return new CallbackAnswer(200, "text/plain", "");
  }

  @Override
  public CallbackAnswer again() {
    return new CallbackAnswer(500, "text/plain", "");
  }

  @Override
  public boolean statement(LocalDate day, Consumer<StatementLine> lines) {
    return false;
  }
}
