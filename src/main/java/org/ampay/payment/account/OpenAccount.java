package org.ampay.payment.account;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.ampay.base.TimeSource;
import org.ampay.payment.provider.RemoteProvider;
import org.ampay.payment.provider.SettingException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An account whose provider is opened when it is first needed, once. Settings that are refused stay
 * so until they are changed; what failed otherwise is tried again.
 */
final class OpenAccount {

  private static final Logger LOG = LoggerFactory.getLogger(OpenAccount.class);

  /** Opens the provider. */
  @FunctionalInterface
  interface Opening {
    RemoteProvider open() throws SettingException;
  }

  private static final Duration PAUSE = Duration.ofSeconds(10);

  private final PaymentAccount account;
  private final Opening opening;
  private final TimeSource time;
  private Instant tryAt = Instant.MIN;
  private @Nullable RemoteProvider provider;
  private @Nullable String trouble;

  OpenAccount(PaymentAccount account, Opening opening, TimeSource time) {
    this.account = account;
    this.opening = opening;
    this.time = time;
  }

  PaymentAccount account() {
    return account;
  }

  synchronized Optional<RemoteProvider> provider() {
    Instant now = time.now();
    if (provider == null && !now.isBefore(tryAt)) {
      tryAt = Instant.MAX;
      try {
        provider = opening.open();
        trouble = null;
      } catch (SettingException e) {
        trouble = e.getMessage();
      } catch (RuntimeException e) {
        // A plug-in's fault, or secrets that another key closed: the others go on.
        trouble = "cannot be opened";
        tryAt = now.plus(PAUSE);
        LOG.warn("the payment account {} cannot be opened", account.id(), e);
      }
    }
    return Optional.ofNullable(provider);
  }

  Optional<String> trouble() {
    provider();
    synchronized (this) {
      return Optional.ofNullable(trouble);
    }
  }

  /** The provider, when it was opened before. */
  synchronized Optional<RemoteProvider> opened() {
    return Optional.ofNullable(provider);
  }
}
