package org.ampay.payment.provider.alipay;

import java.time.Duration;
import java.time.LocalDate;
import java.util.Set;
import java.util.function.Consumer;
import org.ampay.payment.provider.Callback;
import org.ampay.payment.provider.CallbackAnswer;
import org.ampay.payment.provider.Capabilities;
import org.ampay.payment.provider.CommandKind;
import org.ampay.payment.provider.Operation;
import org.ampay.payment.provider.Outcome;
import org.ampay.payment.provider.PaymentCommand;
import org.ampay.payment.provider.ProviderContext;
import org.ampay.payment.provider.RawCallback;
import org.ampay.payment.provider.RemoteProvider;
import org.ampay.payment.provider.SettingException;
import org.ampay.payment.provider.StatementException;
import org.ampay.payment.provider.StatementLine;
import org.jspecify.annotations.Nullable;

/** Alipay: payments by code or page, pre-authorization by freezing, refunds, daily bills. */
final class AlipayProvider implements RemoteProvider {

  static final String NAME = "alipay";

  private static final Duration FOR_EVER = Duration.ofDays(36_500);
  private static final Duration FREEZE_LASTS = Duration.ofDays(30);
  private static final Duration REFUNDABLE = Duration.ofDays(365);

  private final Recent recent;
  private final Trades trades;
  private final Freezes freezes;
  private final AlipayRefunds refunds;
  private final AlipayCallbacks callbacks;
  private final BillDesk bills;

  AlipayProvider(AlipaySettings settings, ProviderContext context) throws SettingException {
    AlipayCalls calls = new AlipayCalls(settings);
    String notifyUrl = context.callbackUrl().toString();
    this.recent = new Recent(context.time());
    this.trades = new Trades(calls, settings, notifyUrl, recent);
    this.freezes = new Freezes(calls, settings, notifyUrl, recent, trades);
    this.refunds = new AlipayRefunds(calls, recent);
    this.callbacks = new AlipayCallbacks(settings);
    this.bills = new BillDesk(calls, settings);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Capabilities capabilities() {
    return new Capabilities(
        Set.of(
            Capabilities.Flow.PREPAID,
            Capabilities.Flow.PREAUTH,
            Capabilities.Flow.QR,
            Capabilities.Flow.REDIRECT),
        Set.of(
            CommandKind.PRESENT,
            CommandKind.AUTHORIZE,
            CommandKind.CAPTURE,
            CommandKind.RELEASE,
            CommandKind.CANCEL,
            CommandKind.REFUND),
        Set.of(Capabilities.Feature.PARTIAL_CAPTURE),
        new Capabilities.Idempotency(Capabilities.Idempotency.By.REFERENCE, FOR_EVER),
        Set.of(Yuan.CURRENCY),
        new Capabilities.Limits(1, Yuan.MOST_FEN, FREEZE_LASTS, REFUNDABLE, 0));
  }

  @Override
  public Outcome execute(PaymentCommand command) {
    Outcome refusal = refusal(command);
    if (refusal != null) {
      return refusal;
    }
    recent.sending(command.operation().reference());
    Outcome sent = send(command);
    return sent instanceof Outcome.Unknown ? asked(command, sent) : sent;
  }

  /** Something may be there already: what a query knows for certain is better than not knowing. */
  private Outcome asked(PaymentCommand command, Outcome sent) {
    Outcome asked = query(command);
    return switch (asked) {
      case Outcome.Succeeded _, Outcome.Declined _, Outcome.Pending _ -> asked;
      case Outcome.ActionRequired _,
          Outcome.NotSent _,
          Outcome.Unknown _,
          Outcome.Misconfigured _ ->
          sent;
    };
  }

  /** What no call could make good; null: it can be sent. */
  private @Nullable Outcome refusal(PaymentCommand command) {
    Operation operation = command.operation();
    if (!capabilities().can(command.kind())) {
      return new Outcome.Misconfigured("Alipay cannot " + command.kind().code());
    }
    if (!operation.amount().currency().equals(Yuan.CURRENCY)) {
      return new Outcome.Misconfigured("only " + Yuan.CURRENCY);
    }
    if (!operation.reference().matches("[0-9A-Za-z_]{6,64}")) {
      return new Outcome.Misconfigured("a reference has 6 to 64 letters and digits");
    }
    if (operation.amount().minor() < 0 || operation.amount().minor() > Yuan.MOST_FEN) {
      return new Outcome.Misconfigured("an amount that Alipay does not take");
    }
    if (command instanceof PaymentCommand.Capture(Operation _, PaymentCommand.Hold hold)
        && operation.amount().compareTo(hold.amount()) > 0) {
      return new Outcome.Declined("above the hold");
    }
    return null;
  }

  private Outcome send(PaymentCommand command) {
    return switch (command) {
      case PaymentCommand.Present present -> trades.present(present);
      case PaymentCommand.Authorize authorize ->
          authorize.ask() == null
              ? noAsk()
              : freezes.authorize(authorize.operation(), authorize.ask());
      case PaymentCommand.Capture capture -> freezes.capture(capture);
      case PaymentCommand.Release release -> freezes.release(release);
      case PaymentCommand.Cancel cancel ->
          cancel.target().kind() == CommandKind.AUTHORIZE
              ? freezes.cancel(cancel)
              : trades.cancel(cancel);
      case PaymentCommand.Refund refund -> refunds.refund(refund);
      case PaymentCommand.Increment _,
          PaymentCommand.Charge _,
          PaymentCommand.Split _,
          PaymentCommand.Payout _ ->
          cannot();
    };
  }

  @Override
  public Outcome query(PaymentCommand command) {
    Outcome refusal = refusal(command);
    if (refusal != null) {
      return refusal;
    }
    Outcome asked = ask(command);
    // Only what Alipay said proves that a command never came; a query that never left does not.
    return asked instanceof Outcome.NotSent(String reason) && reason.startsWith("no connection")
        ? new Outcome.Unknown(reason)
        : asked;
  }

  private Outcome ask(PaymentCommand command) {
    return switch (command) {
      case PaymentCommand.Present present -> trades.query(present);
      case PaymentCommand.Authorize authorize ->
          authorize.ask() == null
              ? noAsk()
              : freezes.queryAuthorize(authorize.operation(), authorize.ask());
      case PaymentCommand.Capture capture -> freezes.queryCapture(capture);
      case PaymentCommand.Release release -> freezes.queryRelease(release);
      case PaymentCommand.Cancel cancel ->
          cancel.target().kind() == CommandKind.AUTHORIZE
              ? freezes.queryCancel(cancel)
              : trades.queryCancel(cancel);
      case PaymentCommand.Refund refund -> refunds.query(refund);
      case PaymentCommand.Increment _,
          PaymentCommand.Charge _,
          PaymentCommand.Split _,
          PaymentCommand.Payout _ ->
          cannot();
    };
  }

  private static Outcome noAsk() {
    return new Outcome.Misconfigured("a payer must agree");
  }

  private static Outcome cannot() {
    return new Outcome.Misconfigured("not a command to Alipay");
  }

  @Override
  public Callback verify(RawCallback raw) {
    return callbacks.verify(raw);
  }

  @Override
  public CallbackAnswer acknowledged() {
    return new CallbackAnswer(200, "text/plain", "success");
  }

  @Override
  public CallbackAnswer again() {
    return new CallbackAnswer(200, "text/plain", "fail");
  }

  @Override
  public boolean statement(LocalDate day, Consumer<StatementLine> lines) throws StatementException {
    return bills.read(day, lines);
  }
}
