package org.ampay.billing.catalog;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.ampay.base.IdSource;
import org.ampay.base.TimeSource;
import org.ampay.store.Transactor;
import org.ampay.store.Tx;
import org.ampay.tariff.InvalidInputException;
import org.ampay.tariff.Tariff;
import org.ampay.tariff.TariffBook;
import org.ampay.tariff.TariffJson;
import org.ampay.tariff.TariffQuery;
import org.ampay.tariff.TariffSnapshot;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tariffs of all operators. Questions are answered from an immutable picture in memory; a write
 * replaces the picture before it returns, and other nodes follow with {@link #refresh}, which is
 * cheap while nothing has changed and is to be called every second or so.
 */
public final class TariffCatalog implements TariffBook {

  private static final Logger LOG = LoggerFactory.getLogger(TariffCatalog.class);
  private static final int MAX_SNAPSHOTS = 20_000;
  private static final int MAX_NAME = 100;
  private static final int MAX_VERSIONS = 1_000;

  private final Transactor transactor;
  private final TariffStore store;
  private final IdSource ids;
  private final TimeSource time;
  private final Object refreshing = new Object();
  private final Cache<SnapshotKey, TariffSnapshot> snapshots =
      Caffeine.newBuilder().maximumSize(MAX_SNAPSHOTS).build();
  private volatile TariffPicture picture = TariffPicture.EMPTY;

  private record SnapshotKey(long tariffId, int version, ZoneId zone) {}

  public TariffCatalog(Transactor transactor, TariffStore store, IdSource ids, TimeSource time) {
    this.transactor = transactor;
    this.store = store;
    this.ids = ids;
    this.time = time;
  }

  @Override
  public Optional<TariffSnapshot> resolve(TariffQuery query) {
    return picture.resolve(query).map(version -> snapshot(version, query.zone()));
  }

  /**
   * The newest version of a tariff, ready to price with.
   *
   * @param operatorId null: of any operator
   */
  public Optional<TariffSnapshot> current(@Nullable Long operatorId, long tariffId, ZoneId zone) {
    return picture
        .current(tariffId)
        .filter(v -> operatorId == null || v.operatorId() == operatorId)
        .map(version -> snapshot(version, zone));
  }

  /**
   * Stores a new tariff as version 1.
   *
   * @param operatorId 0: of the platform
   * @throws InvalidInputException when the name is no good
   */
  public StoredTariff create(long operatorId, String name, Tariff tariff, String author) {
    return create(operatorId, name, tariff, author, (tx, stored) -> {});
  }

  /**
   * {@link #create(long, String, Tariff, String)}.
   *
   * @param alongside called last in the transaction, for what is to be kept with the change; what
   *     it throws undoes the change
   */
  public StoredTariff create(
      long operatorId,
      String name,
      Tariff tariff,
      String author,
      BiConsumer<Tx, StoredTariff> alongside) {
    String checked = checkName(name);
    long id = ids.next();
    Instant now = now();
    StoredTariff stored = new StoredTariff(id, operatorId, checked, tariff.currency(), 1, now);
    write(
        tx -> {
          store.insert(tx, stored);
          store.insert(tx, version(stored, tariff, author, now));
          return Optional.of(stored);
        },
        alongside);
    return stored;
  }

  /**
   * Adds a version; sessions whose start is received from now on get it.
   *
   * @param operatorId null: of any operator
   * @param name null: as before
   * @return empty when the operator has no such tariff
   * @throws InvalidInputException when the currency differs from that of the other versions
   */
  public Optional<StoredTariff> addVersion(
      @Nullable Long operatorId,
      long tariffId,
      @Nullable String name,
      Tariff tariff,
      String author) {
    return addVersion(operatorId, tariffId, name, tariff, author, (tx, stored) -> {});
  }

  /**
   * {@link #addVersion(Long, long, String, Tariff, String)}.
   *
   * @param alongside as for {@link #create(long, String, Tariff, String, BiConsumer)}
   */
  public Optional<StoredTariff> addVersion(
      @Nullable Long operatorId,
      long tariffId,
      @Nullable String name,
      Tariff tariff,
      String author,
      BiConsumer<Tx, StoredTariff> alongside) {
    String checked = name == null ? null : checkName(name);
    return write(
        tx ->
            store
                .find(tx, operatorId, tariffId, true)
                .map(old -> addVersion(tx, old, checked, tariff, author)),
        alongside);
  }

  private StoredTariff addVersion(
      Tx tx, StoredTariff old, @Nullable String name, Tariff tariff, String author) {
    require(
        tariff.currency().equals(old.currency()),
        "currency",
        "must stay " + old.currency() + "; make another tariff");
    require(
        old.currentVersion() < MAX_VERSIONS, "", "has " + MAX_VERSIONS + " versions; make another");
    Instant now = now();
    StoredTariff next =
        new StoredTariff(
            old.id(),
            old.operatorId(),
            Objects.requireNonNullElse(name, old.name()),
            old.currency(),
            old.currentVersion() + 1,
            old.createdAt());
    store.insert(tx, version(next, tariff, author, now));
    store.setCurrent(tx, next.id(), next.currentVersion(), next.name());
    return next;
  }

  /**
   * Says where a tariff holds.
   *
   * @param operatorId 0: of the platform
   * @return empty when the operator has no such tariff
   * @throws InvalidInputException when the target is not the operator's, or has another currency
   */
  public Optional<Assignment> assign(
      long operatorId, long tariffId, NewAssignment wish, String author) {
    return assign(operatorId, tariffId, wish, author, (tx, assignment) -> {});
  }

  /**
   * {@link #assign(long, long, NewAssignment, String)}.
   *
   * @param alongside as for {@link #create(long, String, Tariff, String, BiConsumer)}
   */
  public Optional<Assignment> assign(
      long operatorId,
      long tariffId,
      NewAssignment wish,
      String author,
      BiConsumer<Tx, Assignment> alongside) {
    return write(
        tx ->
            store
                .find(tx, operatorId, tariffId, false)
                .map(tariff -> assign(tx, tariff, wish, author)),
        alongside);
  }

  private Assignment assign(Tx tx, StoredTariff tariff, NewAssignment wish, String author) {
    if (wish.level() == TariffLevel.PLATFORM) {
      require(tariff.operatorId() == 0, "", "only the platform's tariffs hold everywhere");
    } else {
      String currency =
          store
              .targetCurrency(tx, tariff.operatorId(), wish.level(), wish.targetId())
              .orElseThrow(
                  () ->
                      new InvalidInputException(wish.level().code(), "there is none with that id"));
      require(
          currency.equals(tariff.currency()),
          wish.level().code(),
          "is paid in " + currency + ", the tariff is in " + tariff.currency());
    }
    Instant now = now();
    Assignment assignment =
        new Assignment(
            ids.next(),
            tariff.operatorId(),
            tariff.id(),
            wish.level(),
            wish.targetId(),
            wish.priority(),
            Objects.requireNonNullElse(wish.validFrom(), now).truncatedTo(ChronoUnit.MILLIS),
            now,
            author);
    store.insert(tx, assignment);
    return assignment;
  }

  /** A tariff; {@code operatorId} null: of any operator. */
  public Optional<StoredTariff> find(@Nullable Long operatorId, long tariffId) {
    return transactor.call(tx -> store.find(tx, operatorId, tariffId, false));
  }

  /** Tariffs with an id above {@code afterId}; {@code operatorId} null: of all operators. */
  public List<StoredTariff> list(@Nullable Long operatorId, long afterId, int limit) {
    return transactor.call(tx -> store.list(tx, operatorId, afterId, limit));
  }

  /** The versions of a tariff, oldest first; empty when the operator has no such tariff. */
  public List<TariffVersion> versions(@Nullable Long operatorId, long tariffId) {
    return picture.versions().getOrDefault(tariffId, List.of()).stream()
        .filter(v -> operatorId == null || v.operatorId() == operatorId)
        .toList();
  }

  /** Where a tariff was assigned, newest first; empty when the operator has no such tariff. */
  public List<Assignment> assignments(@Nullable Long operatorId, long tariffId) {
    return transactor.call(
        tx ->
            store.find(tx, operatorId, tariffId, false).isEmpty()
                ? List.<Assignment>of()
                : store.assignments(tx, tariffId));
  }

  /** Takes over what other nodes have changed; one small query while nothing has. */
  public void refresh() {
    synchronized (refreshing) {
      picture = transactor.call(this::follow);
    }
  }

  private TariffPicture follow(Tx tx) {
    TariffPicture old = picture;
    long revision = store.revision(tx);
    if (revision == old.revision()) {
      return old;
    }
    Map<Long, List<TariffVersion>> versions = new HashMap<>(old.versions());
    Set<Long> changed = new HashSet<>();
    store
        .newestVersions(tx)
        .forEach(
            (id, newest) -> {
              List<TariffVersion> known = versions.get(id);
              if (known == null || known.getLast().version() < newest) {
                changed.add(id);
              }
            });
    changed.forEach(versions::remove);
    versions.putAll(read(store.versions(tx, changed)));
    return new TariffPicture(revision, versions, store.assignments(tx));
  }

  /**
   * The versions by tariff. One that this engine cannot read takes the older ones with it: nobody
   * may charge by a price that was replaced.
   */
  private static Map<Long, List<TariffVersion>> read(List<TariffStore.RawVersion> rows) {
    Map<Long, List<TariffVersion>> read = new HashMap<>();
    for (TariffStore.RawVersion raw : rows) {
      read(raw)
          .ifPresentOrElse(
              v -> read.computeIfAbsent(v.tariffId(), id -> new ArrayList<>()).add(v),
              () -> read.remove(raw.tariffId()));
    }
    return read;
  }

  private static Optional<TariffVersion> read(TariffStore.RawVersion raw) {
    try {
      Tariff tariff = TariffJson.read(TariffJson.readTree(raw.body()));
      return Optional.of(
          new TariffVersion(
              raw.tariffId(),
              raw.version(),
              raw.operatorId(),
              tariff,
              raw.author(),
              raw.createdAt()));
    } catch (InvalidInputException e) {
      LOG.error(
          "tariff {} version {} cannot be read: {}", raw.tariffId(), raw.version(), e.getMessage());
      return Optional.empty();
    }
  }

  private <R> Optional<R> write(Function<Tx, Optional<R>> work, BiConsumer<Tx, R> alongside) {
    Optional<R> result =
        transactor.call(
            tx -> {
              Optional<R> done = work.apply(tx);
              store.countChange(tx);
              done.ifPresent(r -> alongside.accept(tx, r));
              return done;
            });
    refresh();
    return result;
  }

  private TariffSnapshot snapshot(TariffVersion version, ZoneId zone) {
    return snapshots.get(
        new SnapshotKey(version.tariffId(), version.version(), zone),
        key ->
            TariffSnapshot.of(
                version.tariffId(),
                version.version(),
                version.tariff(),
                zone,
                RoundingMode.HALF_UP));
  }

  private static TariffVersion version(
      StoredTariff stored, Tariff tariff, String author, Instant now) {
    return new TariffVersion(
        stored.id(),
        stored.currentVersion(),
        stored.operatorId(),
        tariff.withId(Long.toString(stored.id())),
        author,
        now);
  }

  private Instant now() {
    return time.now().truncatedTo(ChronoUnit.MILLIS);
  }

  private static String checkName(String name) {
    String stripped = name.strip();
    require(
        !stripped.isEmpty() && stripped.length() <= MAX_NAME,
        "name",
        "must have 1 to " + MAX_NAME + " characters");
    require(
        stripped.chars().noneMatch(Character::isISOControl),
        "name",
        "must not have control characters");
    return stripped;
  }

  private static void require(boolean holds, String path, String reason) {
    if (!holds) {
      throw new InvalidInputException(path, reason);
    }
  }
}
