package org.ampay.access;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.ampay.access.TokenStore.UnknownToken;
import org.ampay.base.IdSource;
import org.ampay.base.TimeSource;
import org.ampay.station.StationInfo;
import org.ampay.store.Database;
import org.ampay.store.Transactor;
import org.ampay.store.Tx;

/** Tokens and drivers: looked up through a cache, written to the database first. */
public final class Tokens {

  private static final int CACHED_TOKENS = 200_000;
  private static final int UNKNOWN_BUFFER = 1_000;

  /** A write that cannot be done; the message names the field. */
  public static final class TokenException extends RuntimeException {
    private static final long serialVersionUID = 1;

    TokenException(String message) {
      super(message);
    }
  }

  private record Key(long operatorId, String uidKey) {}

  private final Transactor transactor;
  private final IdSource ids;
  private final TimeSource time;
  private final TokenStore store;
  private final AsyncCache<Key, Optional<Token>> cache;
  private final Map<Key, UnknownToken> unknown = new ConcurrentHashMap<>();
  private volatile long version;

  /**
   * @param executor runs look-ups that miss the cache; may block
   */
  public Tokens(Database database, IdSource ids, TimeSource time, Executor executor) {
    this.transactor = database.transactor();
    this.store = new TokenStore(database);
    this.ids = ids;
    this.time = time;
    this.cache =
        Caffeine.newBuilder()
            .maximumSize(CACHED_TOKENS)
            .expireAfterWrite(Duration.ofMinutes(10))
            .executor(executor)
            .buildAsync();
    this.version = store.version();
  }

  /** The operator's token of that uid, compared without case; cached. */
  public CompletionStage<Optional<Token>> find(long operatorId, String uidKey) {
    return cache.get(new Key(operatorId, uidKey), key -> store.find(operatorId, uidKey));
  }

  /** The same, from the database. */
  public Optional<Token> read(long operatorId, String uid) {
    return store.find(operatorId, IdToken.untyped(uid).key());
  }

  /** Tokens by uid, after {@code afterKey} (empty: from the first). */
  public List<Token> list(long operatorId, String afterKey, int limit) {
    return store.list(operatorId, afterKey, limit);
  }

  public List<Token> ofDriver(long operatorId, long driverId, int limit) {
    return store.ofDriver(operatorId, driverId, limit);
  }

  /**
   * Stores a token.
   *
   * @throws TokenException when the uid is taken or the driver unknown
   */
  public Token create(Token draft) {
    return create(draft, (tx, stored) -> {});
  }

  /**
   * {@link #create(Token)}.
   *
   * @param alongside called last in the transaction, for what is to be kept with the change; what
   *     it throws undoes the change
   */
  public Token create(Token draft, BiConsumer<Tx, Token> alongside) {
    Token token = draft.stored(ids.next());
    write(
        token,
        tx -> {
          if (store.find(tx, token.operatorId(), token.key()).isPresent()) {
            throw new TokenException("uid: there is a token '" + token.uid() + "'");
          }
          checkDriver(tx, token);
          store.insert(tx, token, time.now());
          return true;
        },
        alongside);
    return token;
  }

  /**
   * Replaces what is known of a token; found by operator and uid.
   *
   * @return false when the operator has no such token
   */
  public boolean update(Token token) {
    return update(token, (tx, stored) -> {});
  }

  /**
   * {@link #update(Token)}.
   *
   * @param alongside as for {@link #create(Token, BiConsumer)}; not called when there is no token
   */
  public boolean update(Token token, BiConsumer<Tx, Token> alongside) {
    return write(
        token,
        tx -> {
          checkDriver(tx, token);
          return store.update(tx, token)
              || store.find(tx, token.operatorId(), token.key()).isPresent();
        },
        alongside);
  }

  /**
   * Stores tokens of one driver, new or changed, in one transaction. One that is another's already
   * stays that one's.
   *
   * @param alongside gets the keys of those; called last in the transaction
   * @throws TokenException when the driver is unknown
   */
  public void adopt(
      long operatorId, long driverId, List<Token> drafts, BiConsumer<Tx, Set<String>> alongside) {
    List<Token> all = drafts.stream().map(draft -> draft.stored(ids.next())).toList();
    transactor.run(
        tx -> {
          if (store.driver(tx, operatorId, driverId).isEmpty()) {
            throw new TokenException("driver: unknown driver " + driverId);
          }
          Set<String> others = new HashSet<>();
          for (Token token : all) {
            Optional<Token> known = store.find(tx, operatorId, token.key());
            Long owner = known.map(Token::driverId).orElse(null);
            if (known.isEmpty()) {
              store.insert(tx, token, time.now());
            } else if (owner != null && owner == driverId) {
              store.update(tx, token);
            } else {
              others.add(token.key());
            }
          }
          store.changed(tx, operatorId);
          alongside.accept(tx, others);
        });
    cache
        .synchronous()
        .invalidateAll(all.stream().map(token -> new Key(operatorId, token.key())).toList());
  }

  /**
   * Stores what is known of a group.
   *
   * @param alongside as for {@link #create(Token, BiConsumer)}
   */
  public void put(TokenGroup group, Consumer<Tx> alongside) {
    transactor.run(
        tx -> {
          store.put(tx, group);
          store.changed(tx, group.operatorId());
          alongside.accept(tx);
        });
    cache.synchronous().invalidateAll();
  }

  /** The groups that somebody said something of, by their keys after {@code afterKey}. */
  public List<TokenGroup> groups(long operatorId, String afterKey, int limit) {
    return store.groups(operatorId, afterKey, limit);
  }

  public Optional<Driver> driver(long operatorId, long driverId) {
    return store.driver(operatorId, driverId);
  }

  /** Whether that is no person but a roaming partner, in whose name its tokens are paid. */
  public boolean isPartner(long operatorId, long driverId) {
    return store.isPartner(operatorId, driverId);
  }

  /** Drivers by id, after {@code afterId} (0: from the first). */
  public List<Driver> drivers(long operatorId, long afterId, int limit) {
    return store.drivers(operatorId, afterId, limit);
  }

  /** Stores a driver and gives it its id. */
  public Driver create(Driver draft) {
    return create(draft, (tx, driver) -> {});
  }

  /**
   * {@link #create(Driver)}.
   *
   * @param alongside as for {@link #create(Token, BiConsumer)}
   */
  public Driver create(Driver draft, BiConsumer<Tx, Driver> alongside) {
    Driver driver =
        new Driver(
            ids.next(),
            draft.operatorId(),
            draft.name(),
            draft.email(),
            draft.phone(),
            draft.language(),
            draft.groupId());
    transactor.run(
        tx -> {
          store.insert(tx, driver, time.now());
          alongside.accept(tx, driver);
        });
    return driver;
  }

  /** Stores the payer of one order, of whom nothing is known; returns its id. */
  public long guest(Tx tx, long operatorId, String name, String language) {
    Driver guest = new Driver(ids.next(), operatorId, name, null, null, language, null);
    store.insertGuest(tx, guest, time.now());
    return guest.id();
  }

  /**
   * Stores the token of an order. It was never seen before and goes into no local list, so nobody
   * need hear of it.
   */
  public long ofOrder(Tx tx, Token draft) {
    Token token = draft.stored(ids.next());
    store.insert(tx, token, time.now());
    return token.id();
  }

  /** The order is over: its token starts nothing any more. */
  public void orderOver(Tx tx, long operatorId, long tokenId, String uid) {
    store.block(tx, tokenId);
    Key key = new Key(operatorId, IdToken.untyped(uid).key());
    tx.afterCommit(() -> cache.synchronous().invalidate(key));
  }

  /** Remembers a token nobody knows; written at the next {@link #flush}, bounded. */
  void remember(StationInfo station, IdToken token) {
    Key key = new Key(station.operatorId(), token.key());
    // A PIN code that was mistyped is nearly a right one: it is kept nowhere (C04.FR.04).
    if (token.uid().isBlank() || token.uid().length() > 36 || token.type().equals("KeyCode")) {
      return;
    }
    if (unknown.size() < UNKNOWN_BUFFER || unknown.containsKey(key)) {
      unknown.merge(
          key,
          new UnknownToken(station.operatorId(), token, station.id(), time.now(), 1),
          (old, now) ->
              new UnknownToken(
                  now.operatorId(), now.token(), now.stationId(), now.at(), old.times() + 1));
    }
  }

  /** Stores the unknown tokens seen since the last call. */
  public void flush() {
    for (Key key : List.copyOf(unknown.keySet())) {
      UnknownToken seen = unknown.remove(key);
      if (seen != null) {
        store.remember(seen);
      }
    }
  }

  /** Forgets what is cached when another process has written; cheap when not. */
  public void refresh() {
    long now = store.version();
    if (now != version) {
      version = now;
      cache.synchronous().invalidateAll();
    }
  }

  private void checkDriver(Tx tx, Token token) {
    Long driver = token.driverId();
    if (driver != null && store.driver(tx, token.operatorId(), driver).isEmpty()) {
      throw new TokenException("driver: unknown driver " + driver);
    }
  }

  private boolean write(Token token, Function<Tx, Boolean> work, BiConsumer<Tx, Token> alongside) {
    boolean done =
        transactor.call(
            tx -> {
              boolean answer = work.apply(tx);
              store.changed(tx, token.operatorId());
              if (answer) {
                alongside.accept(tx, token);
              }
              return answer;
            });
    cache.synchronous().invalidate(new Key(token.operatorId(), token.key()));
    return done;
  }
}
