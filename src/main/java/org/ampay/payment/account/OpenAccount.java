package org.ampay.payment.account;

import java.util.Optional;
import org.ampay.payment.provider.RemoteProvider;
import org.ampay.payment.provider.SettingException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An account whose provider is opened when it is first needed, once. */
final class OpenAccount {

  private static final Logger LOG = LoggerFactory.getLogger(OpenAccount.class);

  /** Opens the provider. */
  @FunctionalInterface
  interface Opening {
    RemoteProvider open() throws SettingException;
  }

  private final PaymentAccount account;
  private final Opening opening;
  private boolean tried;
  private @Nullable RemoteProvider provider;
  private @Nullable String trouble;

  OpenAccount(PaymentAccount account, Opening opening) {
    this.account = account;
    this.opening = opening;
  }

  PaymentAccount account() {
    return account;
  }

  synchronized Optional<RemoteProvider> provider() {
    if (!tried) {
      tried = true;
      try {
        provider = opening.open();
      } catch (SettingException e) {
        trouble = e.getMessage();
      } catch (RuntimeException e) {
        // A plug-in's fault, or secrets that another key closed: the others go on.
        trouble = "cannot be opened";
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
