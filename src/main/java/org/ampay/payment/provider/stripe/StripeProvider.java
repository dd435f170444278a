package org.ampay.payment.provider.stripe;

import com.stripe.exception.StripeException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;
import org.ampay.base.TimeSource;
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

/** Stripe, by one account. */
final class StripeProvider implements RemoteProvider {

  static final String NAME = "stripe";

  /** Stripe reads its own writes at once; what is still under way to it has come by then. */
  static final Duration SETTLING_WINDOW = Duration.ofSeconds(60);

  /** Stripe forgets keys after 24 hours. */
  private static final Duration KEYS_KNOWN = Duration.ofHours(24);

  private static final Duration HOLD_TIME = Duration.ofDays(5);
  private static final Duration REFUND_WINDOW = Duration.ofDays(180);
  private static final long LEAST = 50;
  private static final long MOST = 99_999_999;

  private final Capabilities capabilities;
  private final StripeApi api;
  private final StripeCommands commands;
  private final StripeQueries queries;
  private final StripeWebhooks webhooks;
  private final StripeStatement statement;

  /**
   * The provider.
   *
   * @param increments whether holds may be raised: not every account has that
   */
  StripeProvider(
      StripeApi api,
      StripeWebhooks webhooks,
      Set<String> currencies,
      boolean increments,
      TimeSource time,
      String page) {
    this.api = api;
    this.capabilities = capabilities(currencies, increments);
    this.queries = new StripeQueries(api, time);
    this.commands = new StripeCommands(api, queries, time, increments, page);
    this.webhooks = webhooks;
    this.statement = new StripeStatement(api, time);
  }

  private static Capabilities capabilities(Set<String> currencies, boolean increments) {
    EnumSet<CommandKind> can =
        EnumSet.complementOf(EnumSet.of(CommandKind.TOP_UP, CommandKind.WITHDRAW));
    if (!increments) {
      can.remove(CommandKind.INCREMENT);
    }
    return new Capabilities(
        EnumSet.of(
            Capabilities.Flow.PREAUTH,
            Capabilities.Flow.PREPAID,
            Capabilities.Flow.PAY_AFTER,
            Capabilities.Flow.REDIRECT),
        can,
        EnumSet.of(Capabilities.Feature.PARTIAL_CAPTURE),
        new Capabilities.Idempotency(Capabilities.Idempotency.By.HEADER, KEYS_KNOWN),
        currencies,
        new Capabilities.Limits(LEAST, MOST, HOLD_TIME, REFUND_WINDOW, 1));
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Capabilities capabilities() {
    return capabilities;
  }

  @Override
  public Outcome execute(PaymentCommand command) {
    if (!capabilities.can(command.kind())) {
      return new Outcome.Misconfigured("Stripe cannot " + command.kind().code() + " here");
    }
    if (!capabilities.currencies().contains(command.operation().amount().currency())) {
      return new Outcome.Misconfigured("the account does not take this currency");
    }
    try {
      return commands.execute(command);
    } catch (StripeException e) {
      return StripeErrors.ofCommand(e);
    } catch (RuntimeException e) {
      return new Outcome.Unknown("the answer cannot be read: " + e.getClass().getSimpleName());
    }
  }

  @Override
  public Outcome query(PaymentCommand command) {
    try {
      return queries.query(command);
    } catch (StripeException e) {
      return StripeErrors.ofQuery(e);
    } catch (RuntimeException e) {
      return new Outcome.Unknown("the answer cannot be read: " + e.getClass().getSimpleName());
    }
  }

  @Override
  public Callback verify(RawCallback raw) {
    return webhooks.verify(raw);
  }

  @Override
  public CallbackAnswer acknowledged() {
    return new CallbackAnswer(200, "application/json", "{\"received\":true}");
  }

  @Override
  public CallbackAnswer again() {
    return new CallbackAnswer(503, "application/json", "{\"received\":false}");
  }

  @Override
  public boolean statement(LocalDate day, Consumer<StatementLine> lines) throws StatementException {
    return statement.read(day, lines);
  }

  @Override
  public void close() {
    api.close();
  }
}
