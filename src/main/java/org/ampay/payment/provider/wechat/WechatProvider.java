package org.ampay.payment.provider.wechat;

import java.time.Duration;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;
import org.ampay.payment.provider.Ask;
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
import org.ampay.payment.provider.StatementException;
import org.ampay.payment.provider.StatementLine;
import org.jspecify.annotations.Nullable;

/**
 * WeChat Pay. Only what WeChat signs decides: its error answers are not signed, so after one it is
 * asked what became of the command, and its denial to know an order counts only once nothing can be
 * on the way any more.
 */
final class WechatProvider implements RemoteProvider {

  static final String NAME = "wechat";

  private static final Duration FOR_EVER = Duration.ofDays(36_500);
  private static final Duration SCORE_LASTS = Duration.ofDays(30);
  private static final Duration REFUNDABLE = Duration.ofDays(365);
  private static final int MOST_RECEIVERS = 50;

  private final WechatClient client;
  private final Recent recent;
  private final Trades trades;
  private final WechatRefunds refunds;
  private final WechatSplits splits;
  private final @Nullable PayScore score;
  private final WechatCallbacks callbacks;
  private final TradeBill bill;

  WechatProvider(WechatClient client, ProviderContext context) {
    this.client = client;
    this.recent = new Recent(context.time());
    String notifyUrl = context.callbackUrl().toString();
    this.trades = new Trades(client, notifyUrl, recent);
    this.refunds = new WechatRefunds(client, notifyUrl);
    this.splits = new WechatSplits(client);
    this.callbacks = new WechatCallbacks(client);
    this.bill = new TradeBill(client);
    WechatSettings.Score service = client.settings.score();
    this.score =
        service == null
            ? null
            : new PayScore(
                client,
                service,
                notifyUrl,
                recent,
                new ScoreInvitation(service.apiV2Key(), context.time(), context.random()));
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Capabilities capabilities() {
    Set<CommandKind> commands =
        EnumSet.of(CommandKind.PRESENT, CommandKind.CANCEL, CommandKind.REFUND);
    Set<Capabilities.Flow> flows =
        EnumSet.of(Capabilities.Flow.PREPAID, Capabilities.Flow.QR, Capabilities.Flow.REDIRECT);
    if (score != null) {
      commands.addAll(Set.of(CommandKind.AUTHORIZE, CommandKind.CAPTURE, CommandKind.RELEASE));
      flows.addAll(Set.of(Capabilities.Flow.PREAUTH, Capabilities.Flow.PAY_AFTER));
    }
    boolean shares = client.settings.profitSharing();
    if (shares) {
      commands.add(CommandKind.SPLIT);
    }
    return new Capabilities(
        flows,
        commands,
        Set.of(Capabilities.Feature.PARTIAL_CAPTURE),
        new Capabilities.Idempotency(Capabilities.Idempotency.By.REFERENCE, FOR_EVER),
        Set.of(Fen.CURRENCY),
        new Capabilities.Limits(
            1, Integer.MAX_VALUE, SCORE_LASTS, REFUNDABLE, shares ? MOST_RECEIVERS : 0));
  }

  @Override
  public Outcome execute(PaymentCommand command) {
    Outcome refusal = refusal(command);
    if (refusal != null) {
      return refusal;
    }
    recent.sending(command.operation().reference());
    return switch (send(command)) {
      case Reply.Answered<Outcome>(Outcome outcome) -> outcome;
      case Reply.Refused<Outcome> refused -> afterRefusal(command, refused);
      case Reply.NotSent<Outcome>(String reason) -> new Outcome.NotSent(reason);
      case Reply.Unclear<Outcome>(String reason) -> new Outcome.Unknown(reason);
    };
  }

  /** What no call could make good; null: it can be sent. */
  private @Nullable Outcome refusal(PaymentCommand command) {
    Operation operation = command.operation();
    if (!capabilities().can(command.kind())) {
      return new Outcome.Misconfigured("this account cannot " + command.kind().code());
    }
    if (!operation.amount().currency().equals(Fen.CURRENCY)) {
      return new Outcome.Misconfigured("only " + Fen.CURRENCY);
    }
    if (!operation.reference().matches("[0-9A-Za-z_*-]{6,32}")) {
      return new Outcome.Misconfigured("a reference has 6 to 32 letters and digits");
    }
    if (operation.amount().minor() < 0 || operation.amount().minor() > Integer.MAX_VALUE) {
      return new Outcome.Misconfigured("an amount that WeChat does not take");
    }
    if (command instanceof PaymentCommand.Capture(Operation _, PaymentCommand.Hold hold)
        && operation.amount().compareTo(hold.amount()) > 0) {
      return new Outcome.Declined("above the hold");
    }
    return null;
  }

  private Reply<Outcome> send(PaymentCommand command) {
    return switch (command) {
      case PaymentCommand.Present present -> trades.present(present);
      case PaymentCommand.Cancel cancel ->
          cancel.target().kind() == CommandKind.AUTHORIZE
              ? score().cancel(cancel)
              : trades.close(cancel);
      case PaymentCommand.Refund refund -> refunds.refund(refund);
      case PaymentCommand.Split split -> splits.split(split);
      case PaymentCommand.Authorize(Operation operation, Duration _, Ask ask) ->
          ask == null ? noAsk() : score().authorize(operation, ask);
      case PaymentCommand.Capture capture -> score().capture(capture);
      case PaymentCommand.Release release -> score().revoke(release.hold().reference());
      case PaymentCommand.Increment _, PaymentCommand.Charge _, PaymentCommand.Payout _ -> cannot();
    };
  }

  private Reply<Outcome> ask(PaymentCommand command) {
    return switch (command) {
      case PaymentCommand.Present present -> trades.query(present);
      case PaymentCommand.Cancel cancel ->
          cancel.target().kind() == CommandKind.AUTHORIZE
              ? score().queryCancel(cancel)
              : trades.queryClose(cancel);
      case PaymentCommand.Refund refund -> refunds.query(refund);
      case PaymentCommand.Split split -> splits.query(split);
      case PaymentCommand.Authorize(Operation operation, Duration _, Ask ask) ->
          ask == null ? noAsk() : score().queryAuthorize(operation, ask);
      case PaymentCommand.Capture capture -> score().queryCapture(capture);
      case PaymentCommand.Release release -> score().queryRelease(release);
      case PaymentCommand.Increment _, PaymentCommand.Charge _, PaymentCommand.Payout _ -> cannot();
    };
  }

  private static Reply<Outcome> noAsk() {
    return new Reply.Answered<>(new Outcome.Misconfigured("a payer must agree"));
  }

  private static Reply<Outcome> cannot() {
    return new Reply.Answered<>(new Outcome.Misconfigured("not a command to WeChat"));
  }

  /** Only after {@link #refusal}: there is PayScore, or its commands are refused before. */
  private PayScore score() {
    PayScore service = score;
    if (service == null) {
      throw new IllegalStateException("without PayScore there are no such commands");
    }
    return service;
  }

  private Outcome afterRefusal(PaymentCommand command, Reply.Refused<Outcome> refused) {
    if (refused.passing()) {
      return new Outcome.Unknown(refused.reason());
    }
    Outcome asked = query(command);
    return switch (asked) {
      case Outcome.Unknown _, Outcome.NotSent _ ->
          refused.ourFault() ? new Outcome.Misconfigured(refused.reason()) : asked;
      case Outcome.Misconfigured _ -> new Outcome.Misconfigured(refused.reason());
      case Outcome.Succeeded _, Outcome.Declined _, Outcome.Pending _, Outcome.ActionRequired _ ->
          asked;
    };
  }

  @Override
  public Outcome query(PaymentCommand command) {
    Outcome refusal = refusal(command);
    if (refusal != null) {
      return refusal;
    }
    return switch (ask(command)) {
      case Reply.Answered<Outcome>(Outcome outcome) -> outcome;
      case Reply.Refused<Outcome> refused -> afterDenial(command, refused);
      case Reply.NotSent<Outcome>(String reason) -> new Outcome.Unknown(reason);
      case Reply.Unclear<Outcome>(String reason) -> new Outcome.Unknown(reason);
    };
  }

  private Outcome afterDenial(PaymentCommand command, Reply.Refused<Outcome> refused) {
    if (refused.notFound()) {
      Operation operation = command.operation();
      return recent.settled(operation.reference(), operation.createdAt())
          ? new Outcome.NotSent(refused.reason())
          : new Outcome.Unknown(refused.reason());
    }
    return refused.ourFault()
        ? new Outcome.Misconfigured(refused.reason())
        : new Outcome.Unknown(refused.reason());
  }

  @Override
  public Callback verify(RawCallback raw) {
    return callbacks.verify(raw);
  }

  @Override
  public CallbackAnswer acknowledged() {
    return new CallbackAnswer(200, "application/json", "{\"code\":\"SUCCESS\",\"message\":\"OK\"}");
  }

  @Override
  public CallbackAnswer again() {
    return new CallbackAnswer(500, "application/json", "{\"code\":\"FAIL\",\"message\":\"later\"}");
  }

  @Override
  public boolean statement(LocalDate day, Consumer<StatementLine> lines) throws StatementException {
    return bill.read(day, lines);
  }

  @Override
  public void close() {
    client.close();
  }
}
