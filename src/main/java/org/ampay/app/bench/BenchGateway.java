package org.ampay.app.bench;

import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import org.ampay.app.sandbox.Sandbox;
import org.ampay.app.sandbox.SandboxBooks;
import org.ampay.app.sandbox.SandboxCallbacks;
import org.ampay.app.sandbox.SandboxFaults;
import org.ampay.app.sandbox.SandboxSettings;
import org.ampay.app.sandbox.Wires;
import org.ampay.base.TimeSource;
import org.ampay.payment.PaymentMethod;
import org.ampay.payment.provider.AccountSettings;
import org.ampay.payment.provider.PaymentCommand.SavedMethod;
import org.ampay.payment.provider.ProviderContext;
import org.ampay.payment.provider.ProviderKey;
import org.ampay.payment.provider.RemoteProvider;
import org.ampay.payment.provider.SettingException;
import org.ampay.payment.provider.stripe.StripeFactory;

/** A gateway of our own that takes no time, over a real socket, and Stripe's own SDK at it. */
final class BenchGateway implements AutoCloseable {

  /** Its payment account. */
  static final long ACCOUNT = 2;

  private static final URI NOWHERE = URI.create("http://127.0.0.1:9/hooks/stripe/bench");

  private final Sandbox sandbox;
  private final RemoteProvider provider;

  BenchGateway(TimeSource time) {
    this.sandbox =
        Sandbox.start(
            SandboxSettings.local(time)
                .withPost((url, letter) -> new SandboxCallbacks.Reply(200, "")),
            Wires.ALL);
    try {
      this.provider =
          new StripeFactory()
              .open(
                  new AccountSettings(
                      ACCOUNT, 1, "bench", sandbox.account("stripe", "bench", NOWHERE)),
                  new ProviderContext(time, new SecureRandom(), NOWHERE));
    } catch (SettingException e) {
      sandbox.close();
      throw new IllegalStateException("the gateway's own settings are wrong", e);
    }
  }

  RemoteProvider provider() {
    return provider;
  }

  /** How everybody pays there: by a card on file. */
  static PaymentMethod card(long driver) {
    return new PaymentMethod(
        new ProviderKey("stripe", ACCOUNT), new SavedMethod("cus_" + driver, "pm_card_visa"));
  }

  /** From now on it does what it is asked, and nobody hears of it. */
  void fallSilent() {
    sandbox
        .faults()
        .add(
            new SandboxFaults.Rule(
                SandboxFaults.Fault.DROP_ANSWER, "stripe", "", -1, 1_000, Duration.ZERO));
  }

  /** It answers again. */
  void comeBack() {
    sandbox.faults().clear();
  }

  /** How many charges are in its books, and their sum in minor units. */
  String books() {
    List<Long> all =
        sandbox.books().movements().stream().map(SandboxBooks.Movement::minor).toList();
    return all.size() + " charges, " + all.stream().mapToLong(Long::longValue).sum();
  }

  @Override
  public void close() {
    provider.close();
    sandbox.close();
  }
}
