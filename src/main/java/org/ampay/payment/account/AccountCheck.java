package org.ampay.payment.account;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.ampay.base.Money;
import org.ampay.payment.provider.Ask;
import org.ampay.payment.provider.Capabilities;
import org.ampay.payment.provider.CommandKind;
import org.ampay.payment.provider.Form;
import org.ampay.payment.provider.Operation;
import org.ampay.payment.provider.Outcome;
import org.ampay.payment.provider.PaymentCommand;
import org.ampay.payment.provider.RemoteProvider;

/**
 * Proves the keys of an account by a harmless question: what became of a payment that never was. A
 * provider that denies it knows our keys, and we know its.
 */
public final class AccountCheck {

  private static final Duration LONG_AGO = Duration.ofDays(3);

  /** What the provider says of the keys. */
  public sealed interface Verdict {

    /** They work. */
    record Works() implements Verdict {}

    /** It refuses them, or a setting is of no use. */
    record Refused(String why) implements Verdict {}

    /** It does not answer, or not in a way that can be trusted. */
    record NoAnswer(String why) implements Verdict {}
  }

  private final PaymentAccounts accounts;

  public AccountCheck(PaymentAccounts accounts) {
    this.accounts = accounts;
  }

  /**
   * Asks the account's provider; blocks as long as that takes.
   *
   * @param currency of the operator, for a provider that takes every one
   */
  public Verdict check(PaymentAccount account, String currency, long id, Instant now) {
    Optional<RemoteProvider> provider = accounts.provider(account.id());
    if (provider.isEmpty()) {
      return new Verdict.Refused(accounts.trouble(account.id()).orElse("cannot be opened"));
    }
    Capabilities can = provider.get().capabilities();
    String asked =
        can.currencies().isEmpty() || can.currencies().contains(currency)
            ? currency
            : can.currencies().stream().sorted().findFirst().orElse(currency);
    return switch (provider.get().query(question(account, can, asked, id, now))) {
      case Outcome.Misconfigured(String why) -> new Verdict.Refused(why);
      case Outcome.Unknown(String why) -> new Verdict.NoAnswer(why);
      case Outcome.NotSent _,
          Outcome.Declined _,
          Outcome.Pending _,
          Outcome.ActionRequired _,
          Outcome.Succeeded _ ->
          new Verdict.Works();
    };
  }

  private static PaymentCommand question(
      PaymentAccount account, Capabilities can, String currency, long id, Instant now) {
    Operation never =
        new Operation(
            id,
            account.operatorId(),
            0,
            "check" + Long.toString(id, 36).toLowerCase(Locale.ROOT),
            new Money(currency, Math.max(100, can.limits().minMinor())),
            "",
            now.minus(LONG_AGO));
    Ask ask =
        new Ask("check", Form.QR, now.minus(LONG_AGO).plusSeconds(900), null, null, null, "en");
    if (can.can(CommandKind.PRESENT)) {
      return new PaymentCommand.Present(never, ask);
    }
    return can.can(CommandKind.AUTHORIZE)
        ? new PaymentCommand.Authorize(never, Duration.ofHours(1), ask)
        : new PaymentCommand.Charge(never, new PaymentCommand.SavedMethod("check", "check"));
  }
}
