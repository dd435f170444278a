package org.ampay.payment.provider.stripe;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.ampay.payment.provider.AccountSettings;
import org.ampay.payment.provider.ProviderContext;
import org.ampay.payment.provider.ProviderFactory;
import org.ampay.payment.provider.RemoteProvider;
import org.ampay.payment.provider.SettingException;
import org.ampay.payment.provider.SettingField;

/** Cards and wallets by Stripe. */
public final class StripeFactory implements ProviderFactory {

  private static final String KEY = "secret_key";
  private static final String WEBHOOK = "webhook_secret";
  private static final String CONNECTED = "connected_account";
  private static final String CURRENCIES = "currencies";
  private static final String INCREMENTS = "increments";
  private static final String GATEWAY = "gateway";

  @Override
  public String name() {
    return StripeProvider.NAME;
  }

  @Override
  public List<SettingField> settings() {
    return List.of(
        new SettingField(KEY, true, true, "Secret or restricted key: sk_live_..., rk_live_..."),
        new SettingField(WEBHOOK, true, true, "Signing secret of the webhook: whsec_..."),
        new SettingField(
            CONNECTED, false, false, "Act for this connected account: acct_... (Connect)"),
        new SettingField(
            CURRENCIES, false, false, "Comma-separated ISO 4217 codes; empty: all that Stripe has"),
        new SettingField(INCREMENTS, false, false, "yes when the account may raise holds; else no"),
        new SettingField(GATEWAY, false, false, "Another address of the API, for a sandbox"));
  }

  @Override
  public RemoteProvider open(AccountSettings account, ProviderContext context)
      throws SettingException {
    String key = matching(account, KEY, "(sk|rk)_(test|live)_[A-Za-z0-9_]{8,250}");
    String webhook = matching(account, WEBHOOK, "whsec_[A-Za-z0-9+/=_-]{8,250}");
    String connected = null;
    if (account.value(CONNECTED).isPresent()) {
      connected = matching(account, CONNECTED, "acct_[A-Za-z0-9]{3,60}");
    }
    boolean increments =
        switch (account.value(INCREMENTS).orElse("no").toLowerCase(Locale.ROOT)) {
          case "yes", "true" -> true;
          case "no", "false" -> false;
          default -> throw new SettingException(INCREMENTS, "takes yes or no");
        };
    StripeApi api = new StripeApi(key, connected, gateway(account));
    return new StripeProvider(
        api,
        new StripeWebhooks(webhook, connected, key.substring(3).startsWith("live_")),
        currencies(account),
        increments,
        context.time(),
        context.callbackUrl().resolve("/").toString());
  }

  private static String matching(AccountSettings account, String field, String pattern)
      throws SettingException {
    String value = account.required(field).strip();
    if (!value.matches(pattern)) {
      throw new SettingException(field, "does not look like one of Stripe");
    }
    return value;
  }

  private static URI gateway(AccountSettings account) throws SettingException {
    String text = account.value(GATEWAY).orElse(com.stripe.Stripe.LIVE_API_BASE).strip();
    try {
      URI gateway = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
      if (gateway.getHost() != null && String.valueOf(gateway.getScheme()).matches("https?")) {
        return gateway;
      }
    } catch (IllegalArgumentException e) {
      throw new SettingException(GATEWAY, "is no address");
    }
    throw new SettingException(GATEWAY, "takes http://… or https://…");
  }

  private static Set<String> currencies(AccountSettings account) throws SettingException {
    String text = account.value(CURRENCIES).orElse("");
    if (text.isBlank()) {
      return StripeAmounts.CURRENCIES;
    }
    Set<String> chosen =
        new TreeSet<>(Arrays.asList(text.strip().toUpperCase(Locale.ROOT).split("[ ,;]+")));
    if (!StripeAmounts.CURRENCIES.containsAll(chosen)) {
      throw new SettingException(CURRENCIES, "has a currency that Stripe does not take");
    }
    return chosen;
  }
}
