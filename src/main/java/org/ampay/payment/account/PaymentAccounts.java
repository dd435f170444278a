package org.ampay.payment.account;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.ampay.audit.AuditEntry;
import org.ampay.audit.AuditLog;
import org.ampay.base.IdSource;
import org.ampay.base.SecretBox;
import org.ampay.base.TimeSource;
import org.ampay.payment.provider.AccountSettings;
import org.ampay.payment.provider.Capabilities;
import org.ampay.payment.provider.ProviderContext;
import org.ampay.payment.provider.ProviderFactory;
import org.ampay.payment.provider.RemoteProvider;
import org.ampay.payment.provider.SettingException;
import org.ampay.payment.provider.SettingField;
import org.ampay.store.Database;
import org.ampay.store.Tx;
import org.ampay.tariff.InvalidInputException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Operators' accounts with providers, and the providers opened by them. Kept in memory, replaced
 * when somebody changes an account; an account that is disabled takes no new payments, but its
 * provider stays: what was begun is finished, its callbacks are heard.
 */
public final class PaymentAccounts implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(PaymentAccounts.class);

  /** Calls through a provider that was replaced have ended by then. */
  private static final Duration LAST_CALLS = Duration.ofMinutes(2);

  /**
   * What accounts stand on.
   *
   * @param base our public address; asked when a provider is opened
   */
  public record Ground(
      Database database,
      ProviderKinds kinds,
      SecretBox box,
      AuditLog audit,
      IdSource ids,
      TimeSource time,
      java.security.SecureRandom random,
      Supplier<URI> base) {}

  /** An account that new payments may use, with what it can. */
  public record Offered(PaymentAccount account, Capabilities can) {}

  private record Retired(RemoteProvider provider, Instant at) {}

  private final Ground on;
  private final AccountStore store;
  private final List<Retired> retired = new ArrayList<>();
  private volatile Map<Long, OpenAccount> accounts = Map.of();
  private volatile long version = -1;

  public PaymentAccounts(Ground on) {
    this.on = on;
    this.store = new AccountStore(on.database(), on.box());
  }

  /** The kinds of providers that an account can be made for. */
  public List<ProviderFactory> kinds() {
    return on.kinds().all();
  }

  /** The provider of an account, enabled or not; empty when there is none that can be opened. */
  public Optional<RemoteProvider> provider(long accountId) {
    return Optional.ofNullable(loaded().get(accountId)).flatMap(OpenAccount::provider);
  }

  /** An operator's accounts, the oldest first. */
  public List<PaymentAccount> list(long operatorId) {
    return of(operatorId).stream().map(OpenAccount::account).toList();
  }

  public Optional<PaymentAccount> find(long operatorId, long id) {
    return Optional.ofNullable(loaded().get(id))
        .map(OpenAccount::account)
        .filter(account -> account.operatorId() == operatorId);
  }

  /** Of whichever operator. */
  public Optional<PaymentAccount> find(long id) {
    return Optional.ofNullable(loaded().get(id)).map(OpenAccount::account);
  }

  /** The account that callbacks of this address are for. */
  public Optional<PaymentAccount> ofHook(String provider, String code) {
    return loaded().values().stream()
        .map(OpenAccount::account)
        .filter(account -> account.provider().equals(provider) && account.code().equals(code))
        .findFirst();
  }

  /** What an operator can be paid by now. */
  public List<Offered> offered(long operatorId) {
    return of(operatorId).stream()
        .filter(open -> open.account().enabled())
        .flatMap(
            open ->
                open.provider().stream()
                    .map(provider -> new Offered(open.account(), provider.capabilities())))
        .toList();
  }

  /** Why an account's provider cannot be opened; empty when it can. */
  public Optional<String> trouble(long accountId) {
    return Optional.ofNullable(loaded().get(accountId)).flatMap(OpenAccount::trouble);
  }

  private List<OpenAccount> of(long operatorId) {
    return loaded().values().stream()
        .filter(open -> open.account().operatorId() == operatorId)
        .sorted(java.util.Comparator.comparing(open -> open.account().id()))
        .toList();
  }

  /**
   * Stores an account.
   *
   * @param actor for the audit log
   * @throws InvalidInputException when a setting is missing, unknown or of no use
   */
  public PaymentAccount create(long operatorId, AccountDraft draft, String actor) {
    ProviderFactory kind = kind(draft.provider());
    long id = on.ids().next();
    Instant now = on.time().now();
    String code = draft.code() == null || draft.code().isEmpty() ? freshCode() : draft.code();
    Parts parts = Parts.of(kind, Map.of(), Map.of(), draft.values());
    PaymentAccount account =
        new PaymentAccount(
            id,
            operatorId,
            kind.name(),
            code,
            draft.name().strip(),
            parts.settings(),
            parts.secrets().keySet(),
            draft.enabled(),
            1,
            now,
            now);
    proveOpens(kind, account, parts);
    on.database()
        .transactor()
        .run(
            tx -> {
              if (store.isCodeTaken(tx, account.provider(), account.code())) {
                throw new InvalidInputException("code", "is taken");
              }
              store.insert(tx, account, parts.secrets());
              store.changed(tx);
              audit(tx, account, actor, "payment_account.create", parts.changed());
            });
    refresh();
    return account;
  }

  /**
   * Changes an account; its provider and code stay.
   *
   * @param draft values that it does not name stay
   * @return empty when the operator has no such account
   * @throws InvalidInputException as {@link #create}
   */
  public Optional<PaymentAccount> change(
      long operatorId, long id, AccountDraft draft, String actor) {
    Optional<PaymentAccount> changed =
        on.database()
            .transactor()
            .call(tx -> store.lock(tx, operatorId, id).map(row -> change(tx, row, draft, actor)));
    refresh();
    return changed;
  }

  private PaymentAccount change(Tx tx, AccountStore.Row row, AccountDraft draft, String actor) {
    PaymentAccount old = row.account();
    ProviderFactory kind = kind(old.provider());
    Parts parts = Parts.of(kind, old.settings(), store.open(row), draft.values());
    PaymentAccount fresh =
        new PaymentAccount(
            old.id(),
            old.operatorId(),
            old.provider(),
            old.code(),
            draft.name().strip(),
            parts.settings(),
            parts.secrets().keySet(),
            draft.enabled(),
            old.revision() + 1,
            old.createdAt(),
            on.time().now());
    proveOpens(kind, fresh, parts);
    store.update(tx, fresh, parts.secrets());
    store.changed(tx);
    audit(tx, fresh, actor, "payment_account.update", parts.changed());
    return fresh;
  }

  private void audit(
      Tx tx, PaymentAccount account, String actor, String action, Collection<String> changed) {
    on.audit()
        .append(
            tx,
            AuditEntry.of(account.operatorId(), actor, action, "payment_account:" + account.id())
                .with("provider", account.provider())
                .with("name", account.name())
                .with("enabled", account.enabled())
                .with("changed", String.join(",", changed)));
  }

  private ProviderFactory kind(String name) {
    return on.kinds()
        .find(name)
        .orElseThrow(() -> new InvalidInputException("provider", "is not known here"));
  }

  private String freshCode() {
    byte[] bytes = new byte[8];
    on.random().nextBytes(bytes);
    return java.util.HexFormat.of().formatHex(bytes);
  }

  /** An account that cannot be opened is not stored. */
  private void proveOpens(ProviderFactory kind, PaymentAccount account, Parts parts) {
    try {
      kind.open(settings(account, parts.all()), context(account)).close();
    } catch (SettingException e) {
      String message = String.valueOf(e.getMessage());
      throw new InvalidInputException(
          "settings." + e.field(), message.substring(message.indexOf(": ") + 2));
    }
  }

  private static AccountSettings settings(PaymentAccount account, Map<String, String> values) {
    return new AccountSettings(account.id(), account.operatorId(), account.code(), values);
  }

  private ProviderContext context(PaymentAccount account) {
    return new ProviderContext(
        on.time(), on.random(), URI.create(on.base().get() + account.hook()));
  }

  /** Settings and secrets of an account after a change. */
  private record Parts(
      Map<String, String> settings, Map<String, String> secrets, List<String> changed) {

    static Parts of(
        ProviderFactory kind,
        Map<String, String> oldSettings,
        Map<String, String> oldSecrets,
        Map<String, String> values) {
      Map<String, SettingField> fields =
          kind.settings().stream().collect(Collectors.toMap(SettingField::name, f -> f));
      Map<String, String> settings = new TreeMap<>(oldSettings);
      Map<String, String> secrets = new TreeMap<>(oldSecrets);
      values.forEach(
          (name, value) -> {
            SettingField field = fields.get(name);
            if (field == null) {
              throw new InvalidInputException("settings." + name, "is not a setting of its kind");
            }
            Map<String, String> into = field.secret() ? secrets : settings;
            if (value.isBlank()) {
              into.remove(name);
            } else {
              into.put(name, value.strip());
            }
          });
      for (SettingField field : kind.settings()) {
        Set<String> known = (field.secret() ? secrets : settings).keySet();
        if (field.required() && !known.contains(field.name())) {
          throw new InvalidInputException("settings." + field.name(), "is required");
        }
      }
      return new Parts(settings, secrets, values.keySet().stream().sorted().toList());
    }

    Map<String, String> all() {
      Map<String, String> all = new HashMap<>(settings);
      all.putAll(secrets);
      return all;
    }
  }

  private Map<Long, OpenAccount> loaded() {
    if (version < 0) {
      refresh();
    }
    return accounts;
  }

  /** Reads what has changed; cheap when nothing has. */
  public synchronized void refresh() {
    closeRetired(on.time().now().minus(LAST_CALLS));
    long now = store.version();
    if (now == version) {
      return;
    }
    Map<Long, OpenAccount> old = accounts;
    Map<Long, OpenAccount> fresh = new HashMap<>();
    for (AccountStore.Row row : store.all()) {
      long id = row.account().id();
      OpenAccount before = old.get(id);
      fresh.put(
          id,
          before != null && before.account().equals(row.account())
              ? before
              : new OpenAccount(row.account(), () -> open(row), on.time()));
    }
    accounts = Map.copyOf(fresh);
    version = now;
    old.forEach(
        (id, before) -> {
          if (fresh.get(id) != before) {
            before.opened().ifPresent(p -> retired.add(new Retired(p, on.time().now())));
          }
        });
  }

  private void closeRetired(Instant before) {
    retired.removeIf(
        old -> {
          boolean over = !old.at().isAfter(before);
          if (over) {
            old.provider().close();
          }
          return over;
        });
  }

  private RemoteProvider open(AccountStore.Row row) throws SettingException {
    PaymentAccount account = row.account();
    ProviderFactory kind =
        on.kinds()
            .find(account.provider())
            .orElseThrow(() -> new SettingException("provider", "is not installed here"));
    Map<String, String> values = new HashMap<>(account.settings());
    values.putAll(store.open(row));
    LOG.info("opening the payment account {} of {}", account.id(), account.provider());
    return kind.open(settings(account, values), context(account));
  }

  @Override
  public synchronized void close() {
    closeRetired(Instant.MAX);
    accounts.values().forEach(open -> open.opened().ifPresent(RemoteProvider::close));
    accounts = Map.of();
    on.kinds().close();
  }
}
