package org.ampay.web.people;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.ampay.audit.AuditEntry;
import org.ampay.audit.AuditLog;
import org.ampay.base.IdSource;
import org.ampay.base.PasswordHasher;
import org.ampay.base.TimeSource;
import org.ampay.store.Database;
import org.ampay.store.StoreException;
import org.jspecify.annotations.Nullable;

/** Makes, lists and ends console users and API keys. Every change is in the audit log. */
public final class People {

  /** Shortest password of a person. */
  public static final int SHORTEST_PASSWORD = 10;

  /** Longest password of a person. */
  public static final int LONGEST_PASSWORD = 200;

  private static final String KEY_START = "ampay_";
  private static final int PREFIX_LENGTH = 12;
  private static final int LONGEST_KEY = 100;

  private final Database database;
  private final PeopleStore store;
  private final IdSource ids;
  private final TimeSource time;
  private final AuditLog audit;
  private final PasswordHasher hasher;
  private final RandomGenerator random;

  /** Look-ups by key hash, also of unknown keys; short, because another process may revoke. */
  private final Cache<String, Optional<PeopleStore.KeyRow>> keys =
      Caffeine.newBuilder()
          .maximumSize(10_000)
          .expireAfterWrite(Duration.ofSeconds(5))
          .executor(Runnable::run)
          .build();

  /**
   * @param random cryptographically strong
   */
  public People(
      Database database, IdSource ids, TimeSource time, AuditLog audit, RandomGenerator random) {
    this.database = database;
    this.store = new PeopleStore(database);
    this.ids = ids;
    this.time = time;
    this.audit = audit;
    this.hasher = new PasswordHasher(random);
    this.random = random;
  }

  /** A write that cannot be done; the message names the field. */
  public static final class PeopleException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PeopleException(String message) {
      super(message);
    }
  }

  /** A new key; {@code plaintext} is shown once and kept nowhere. */
  public record NewKey(ApiKey key, String plaintext) {}

  /** A random password for a person: easy to type, 120 bits. */
  public String generatePassword() {
    return Secrets.random(random).substring(0, 20);
  }

  /**
   * Makes a console user.
   *
   * @param operatorId null for the platform, which only {@link Role#ADMIN} may belong to
   * @param actor who does it, for the audit log
   * @throws PeopleException when the e-mail is taken or something breaks a rule
   */
  public ConsoleUser createUser(
      String email, Role role, @Nullable Long operatorId, String password, String actor) {
    checkEmail(email);
    checkPassword(password);
    checkTenant(role, operatorId);
    ConsoleUser user =
        new ConsoleUser(
            ids.next(),
            operatorId,
            email.strip(),
            role,
            "",
            false,
            time.now().truncatedTo(ChronoUnit.MILLIS));
    String hash = hasher.hash(password);
    try {
      database
          .transactor()
          .run(
              tx -> {
                store.insert(tx, user, emailKey(email), hash);
                audit.append(
                    tx,
                    AuditEntry.of(operatorId, actor, "user.create", "user:" + user.email())
                        .with("role", role.word()));
              });
    } catch (StoreException.DuplicateKey e) {
      throw new PeopleException("email: there is a user '" + email.strip() + "'");
    }
    return user;
  }

  /** Replaces a password and ends the user's sessions; false for an unknown e-mail. */
  public boolean setPassword(String email, String password, String actor) {
    checkPassword(password);
    Optional<PeopleStore.UserRow> row = store.userByEmail(emailKey(email));
    if (row.isEmpty()) {
      return false;
    }
    ConsoleUser user = row.get().user();
    String hash = hasher.hash(password);
    database
        .transactor()
        .run(
            tx -> {
              store.setPassword(tx, user.id(), hash);
              audit.append(
                  tx,
                  AuditEntry.of(user.operatorId(), actor, "user.password", "user:" + user.email()));
            });
    return true;
  }

  public List<ConsoleUser> users() {
    return store.users();
  }

  /**
   * Makes an API key.
   *
   * @param operatorId null for all operators, which only {@link Role#ADMIN} may have
   */
  public NewKey createKey(String name, Role role, @Nullable Long operatorId, String actor) {
    return createKey(name, role, operatorId, null, actor);
  }

  /**
   * {@link #createKey(String, Role, Long, String)}.
   *
   * @param owner e-mail address of the console user whose key it is: what the key does is that
   *     person's act; null: of no certain person
   */
  public NewKey createKey(
      String name, Role role, @Nullable Long operatorId, @Nullable String owner, String actor) {
    if (name.isBlank() || name.length() > 100) {
      throw new PeopleException("name: must have 1 to 100 characters");
    }
    checkTenant(role, operatorId);
    String person = owner == null ? null : owner(owner, operatorId);
    String plaintext = KEY_START + Secrets.random(random);
    ApiKey key =
        new ApiKey(
            ids.next(),
            operatorId,
            name,
            role,
            plaintext.substring(0, PREFIX_LENGTH),
            time.now().truncatedTo(ChronoUnit.MILLIS),
            null,
            person);
    database
        .transactor()
        .run(
            tx -> {
              store.insert(tx, key, Secrets.hash(plaintext));
              audit.append(
                  tx,
                  AuditEntry.of(operatorId, actor, "api_key.create", "key:" + key.prefix())
                      .with("role", role.word())
                      .with("name", name)
                      .with("owner", person == null ? "" : person));
            });
    return new NewKey(key, plaintext);
  }

  /** The address as it is stored of a user who belongs to the platform or to the operator. */
  private String owner(String email, @Nullable Long operatorId) {
    return store
        .userByEmail(emailKey(email))
        .map(PeopleStore.UserRow::user)
        .filter(u -> u.operatorId() == null || Objects.equals(u.operatorId(), operatorId))
        .map(ConsoleUser::email)
        .orElseThrow(() -> new PeopleException("owner: there is no user '" + email.strip() + "'"));
  }

  public List<ApiKey> keys() {
    return store.keys();
  }

  /** Ends a key, here at once and in other processes within seconds; false when there is none. */
  public boolean revokeKey(long keyId, String actor) {
    boolean done =
        database
            .transactor()
            .call(
                tx -> {
                  boolean revoked = store.revoke(tx, keyId, time.now());
                  if (revoked) {
                    audit.append(tx, AuditEntry.of(null, actor, "api_key.revoke", "key#" + keyId));
                  }
                  return revoked;
                });
    keys.invalidateAll();
    return done;
  }

  /** The key of a plaintext, empty when it is unknown or revoked. */
  public Optional<ApiKey> key(String plaintext) {
    if (!plaintext.startsWith(KEY_START) || plaintext.length() > LONGEST_KEY) {
      return Optional.empty();
    }
    byte[] hash = Secrets.hash(plaintext);
    String cacheKey = java.util.HexFormat.of().formatHex(hash);
    return Optional.ofNullable(keys.get(cacheKey, k -> store.keyByHash(hash)))
        .flatMap(found -> found)
        .filter(row -> MessageDigest.isEqual(row.hash(), hash))
        .map(PeopleStore.KeyRow::key)
        .filter(key -> key.revokedAt() == null);
  }

  PeopleStore store() {
    return store;
  }

  PasswordHasher hasher() {
    return hasher;
  }

  static String emailKey(String email) {
    return email.strip().toLowerCase(Locale.ROOT);
  }

  private static void checkEmail(String email) {
    String stripped = email.strip();
    int at = stripped.indexOf('@');
    boolean visible = stripped.chars().noneMatch(c -> Character.isISOControl(c) || c == ' ');
    if (at < 1 || at == stripped.length() - 1 || stripped.length() > 200 || !visible) {
      throw new PeopleException("email: must be an e-mail address of at most 200 characters");
    }
  }

  private static void checkPassword(String password) {
    if (password.length() < SHORTEST_PASSWORD || password.length() > LONGEST_PASSWORD) {
      throw new PeopleException(
          "password: must have " + SHORTEST_PASSWORD + " to " + LONGEST_PASSWORD + " characters");
    }
  }

  private static void checkTenant(Role role, @Nullable Long operatorId) {
    if (operatorId == null && role != Role.ADMIN) {
      throw new PeopleException("operator: role " + role.word() + " needs an operator");
    }
  }
}
