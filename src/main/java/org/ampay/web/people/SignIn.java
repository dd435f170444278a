package org.ampay.web.people;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.ampay.audit.AuditEntry;
import org.ampay.audit.AuditLog;
import org.ampay.base.PasswordHasher;
import org.ampay.base.TimeSource;
import org.ampay.store.Database;

/**
 * Signs people in and out. Guessing is slowed by account and by address, counted before the
 * password is looked at; an unknown account costs the same time as a wrong password.
 */
public final class SignIn {

  /** How long a session lasts. */
  public static final Duration SESSION = Duration.ofHours(12);

  private static final int TRIES_PER_ACCOUNT = 10;
  private static final int TRIES_PER_ADDRESS = 50;
  private static final Duration WINDOW = Duration.ofMinutes(15);

  private final Database database;
  private final PeopleStore store;
  private final PasswordHasher hasher;
  private final AuditLog audit;
  private final TimeSource time;
  private final RandomGenerator random;
  private final Throttle accounts;
  private final Throttle addresses;
  private final String nobodysHash;

  public SignIn(
      Database database, People people, AuditLog audit, TimeSource time, RandomGenerator random) {
    this.database = database;
    this.store = people.store();
    this.hasher = people.hasher();
    this.audit = audit;
    this.time = time;
    this.random = random;
    this.accounts = new Throttle(time, TRIES_PER_ACCOUNT, WINDOW);
    this.addresses = new Throttle(time, TRIES_PER_ADDRESS, WINDOW);
    this.nobodysHash = hasher.hash(Secrets.random(random));
  }

  /** Outcome of {@link #signIn}. */
  public sealed interface Outcome {

    /** {@code token} goes into the cookie and is kept nowhere. */
    record SignedIn(String token, UserSession session) implements Outcome {}

    /** Wrong e-mail or password; which of the two is nobody's business. */
    record Wrong() implements Outcome {}

    /** Too many tries, or too many at once. */
    record TooMany() implements Outcome {}
  }

  /** Checks a password and opens a session. */
  public Outcome signIn(String email, String password, String address) {
    String emailKey = People.emailKey(email);
    boolean mayTry = addresses.take(address) & accounts.take(emailKey);
    if (!mayTry) {
      return new Outcome.TooMany();
    }
    if (email.length() > 200 || password.length() > People.LONGEST_PASSWORD) {
      return new Outcome.Wrong();
    }
    Optional<PeopleStore.UserRow> row = store.userByEmail(emailKey);
    boolean good;
    try {
      good =
          hasher.matches(password, row.map(PeopleStore.UserRow::passwordHash).orElse(nobodysHash));
    } catch (PasswordHasher.BusyException e) {
      return new Outcome.TooMany();
    }
    if (!good || row.isEmpty() || row.get().user().disabled()) {
      row.ifPresent(known -> note(known.user(), "sign_in.refused", address));
      return new Outcome.Wrong();
    }
    accounts.forget(emailKey);
    return open(row.get().user(), address);
  }

  private Outcome open(ConsoleUser user, String address) {
    String token = Secrets.random(random);
    UserSession session = new UserSession(user, Secrets.random(random));
    Instant now = time.now();
    database
        .transactor()
        .run(
            tx -> {
              store.insertSession(
                  tx, Secrets.hash(token), user.id(), session.csrfToken(), now, now.plus(SESSION));
              audit.append(tx, entry(user, "sign_in", address));
            });
    return new Outcome.SignedIn(token, session);
  }

  /** The session behind a cookie. */
  public Optional<UserSession> session(String token) {
    return token.length() > 100 ? Optional.empty() : store.session(Secrets.hash(token), time.now());
  }

  /** Ends a session. */
  public void signOut(String token, ConsoleUser user, String address) {
    store.deleteSession(Secrets.hash(token));
    note(user, "sign_out", address);
  }

  /** Remembers the language a person chose. */
  public void setLanguage(ConsoleUser user, String language) {
    store.setLanguage(user.id(), language);
  }

  private void note(ConsoleUser user, String action, String address) {
    audit.append(entry(user, action, address));
  }

  private static AuditEntry entry(ConsoleUser user, String action, String address) {
    return AuditEntry.of(user.operatorId(), user.caller().actor(), action, "user:" + user.email())
        .with("address", address);
  }
}
