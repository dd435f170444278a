package org.ampay.billing.catalog;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.ampay.base.IdSource;
import org.ampay.base.TimeSource;
import org.ampay.store.Transactor;
import org.ampay.store.Tx;
import org.ampay.tariff.InvalidInputException;
import org.ampay.tariff.Tariff;
import org.ampay.tariff.TariffBook;
import org.ampay.tariff.TariffQuery;
import org.ampay.tariff.TariffSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * The tariffs of all operators. Questions are answered from an immutable picture in memory; a write
 * replaces the picture before it returns, and other nodes follow with {@link #refresh}, which is
 * cheap while nothing has changed and is to be called every second or so.
 *
 * <p>What is written is the matter of {@link #versions()}, {@link #assignments()}, {@link
 * #calendars()} and {@link #approvals()}.
 */
public final class TariffCatalog implements TariffBook {

  private static final int MAX_SNAPSHOTS = 20_000;

  private final Catalog catalog;
  private final TariffVersions versions;
  private final TariffAssignments assignments;
  private final Calendars calendars;
  private final Approvals approvals;
  private final Cache<SnapshotKey, TariffSnapshot> snapshots =
      Caffeine.newBuilder().maximumSize(MAX_SNAPSHOTS).build();

  /** Calendar version 0: none. */
  private record SnapshotKey(long tariffId, int version, int calendarVersion, ZoneId zone) {}

  public TariffCatalog(Transactor transactor, TariffStore store, IdSource ids, TimeSource time) {
    this.catalog = new Catalog(transactor, store, ids, time);
    this.versions = new TariffVersions(catalog);
    this.assignments = new TariffAssignments(catalog);
    this.calendars = new Calendars(catalog);
    this.approvals = new Approvals(catalog);
  }

  public TariffVersions versions() {
    return versions;
  }

  public TariffAssignments assignments() {
    return assignments;
  }

  public Calendars calendars() {
    return calendars;
  }

  public Approvals approvals() {
    return approvals;
  }

  @Override
  public Optional<TariffSnapshot> resolve(TariffQuery query) {
    return catalog.picture().resolve(query).map(chosen -> snapshot(chosen, query.zone()));
  }

  /** The version that {@link #resolve} makes its snapshot of. */
  public Optional<TariffVersion> version(TariffQuery query) {
    return catalog.picture().resolve(query).map(TariffPicture.Chosen::version);
  }

  /** What holds for a session and why nothing else does; {@link #resolve} is of one mind. */
  public Explanation explain(TariffQuery query) {
    return catalog.picture().explain(query);
  }

  /**
   * The version of a tariff that is in force now (the newest one when none is), ready to price
   * with.
   *
   * @param operatorId null: of any operator
   */
  public Optional<TariffSnapshot> current(@Nullable Long operatorId, long tariffId, ZoneId zone) {
    List<TariffVersion> all = versions.of(operatorId, tariffId);
    return versions
        .inForce(operatorId, tariffId)
        .or(() -> all.isEmpty() ? Optional.empty() : Optional.of(all.getLast()))
        .flatMap(version -> snapshot(version, zone));
  }

  /** A version of a tariff, in force or not, with its calendar as it is now. */
  public Optional<TariffSnapshot> snapshot(
      @Nullable Long operatorId, long tariffId, int version, ZoneId zone) {
    return versions.find(operatorId, tariffId, version).flatMap(found -> snapshot(found, zone));
  }

  private Optional<TariffSnapshot> snapshot(TariffVersion version, ZoneId zone) {
    Instant now = catalog.now();
    return catalog.picture().chosen(version, now, now).map(chosen -> snapshot(chosen, zone));
  }

  private TariffSnapshot snapshot(TariffPicture.Chosen chosen, ZoneId zone) {
    TariffVersion version = chosen.version();
    CalendarVersion calendar = chosen.calendar();
    return snapshots.get(
        new SnapshotKey(
            version.tariffId(), version.version(), calendar == null ? 0 : calendar.version(), zone),
        key ->
            TariffSnapshot.of(
                version.tariffId(),
                version.version(),
                calendar == null
                    ? version.tariff()
                    : version.tariff().withCalendar(calendar.calendar()),
                zone,
                RoundingMode.HALF_UP));
  }

  /**
   * A tariff that is not stored, with the stored calendar that it names in it: ready for a trial
   * price.
   *
   * @param operatorId whose calendars it may name; null: of any operator
   * @throws InvalidInputException with path {@code calendar_id} when there is no such calendar
   */
  public Tariff withCalendar(@Nullable Long operatorId, Tariff tariff) {
    Long id = tariff.extras().calendarId();
    return id == null
        ? tariff
        : tariff.withCalendar(Calendars.require(catalog, operatorId, id).calendar());
  }

  /** A tariff; {@code operatorId} null: of any operator. */
  public Optional<StoredTariff> find(@Nullable Long operatorId, long tariffId) {
    return catalog.read(tx -> catalog.tariffs.find(tx, operatorId, tariffId, false));
  }

  /** Tariffs with an id above {@code afterId}; {@code operatorId} null: of all operators. */
  public List<StoredTariff> list(@Nullable Long operatorId, long afterId, int limit) {
    return catalog.read(tx -> catalog.tariffs.list(tx, operatorId, afterId, limit));
  }

  /** Those of the tariffs that there are; {@code operatorId} null: of any operator. */
  public List<StoredTariff> byIds(@Nullable Long operatorId, java.util.Collection<Long> ids) {
    return ids.isEmpty()
        ? List.of()
        : catalog.read(tx -> catalog.tariffs.byIds(tx, operatorId, ids));
  }

  /** Takes over what other nodes have changed; one small query while nothing has. */
  public void refresh() {
    catalog.refresh();
  }

  /** {@link TariffVersions#create} by somebody who acts for nobody else. */
  public StoredTariff create(long operatorId, String name, Tariff tariff, String author) {
    return create(operatorId, name, tariff, author, (tx, stored) -> {});
  }

  /** {@link TariffVersions#create} by somebody who acts for nobody else. */
  public StoredTariff create(
      long operatorId,
      String name,
      Tariff tariff,
      String author,
      BiConsumer<Tx, StoredTariff> alongside) {
    return versions
        .create(
            operatorId,
            new NewVersion(name, tariff, null),
            Author.of(author),
            (tx, written) -> alongside.accept(tx, written.tariff()))
        .tariff();
  }

  /** {@link TariffVersions#add}, in force at once, by somebody who acts for nobody else. */
  public Optional<StoredTariff> addVersion(
      @Nullable Long operatorId,
      long tariffId,
      @Nullable String name,
      Tariff tariff,
      String author) {
    return addVersion(operatorId, tariffId, name, tariff, author, (tx, stored) -> {});
  }

  /** {@link TariffVersions#add}, in force at once, by somebody who acts for nobody else. */
  public Optional<StoredTariff> addVersion(
      @Nullable Long operatorId,
      long tariffId,
      @Nullable String name,
      Tariff tariff,
      String author,
      BiConsumer<Tx, StoredTariff> alongside) {
    return versions
        .add(
            operatorId,
            tariffId,
            new NewVersion(name, tariff, null),
            Author.of(author),
            (tx, written) -> alongside.accept(tx, written.tariff()))
        .map(TariffVersions.Written::tariff);
  }

  /** {@link TariffAssignments#assign} of one target. */
  public Optional<Assignment> assign(
      long operatorId, long tariffId, NewAssignment wish, String author) {
    return assign(operatorId, tariffId, wish, author, (tx, assignment) -> {});
  }

  /** {@link TariffAssignments#assign} of one target. */
  public Optional<Assignment> assign(
      long operatorId,
      long tariffId,
      NewAssignment wish,
      String author,
      BiConsumer<Tx, Assignment> alongside) {
    return assignments
        .assign(
            operatorId,
            tariffId,
            List.of(AssignmentJson.Placed.of(wish)),
            Author.of(author),
            (tx, all) -> alongside.accept(tx, all.getFirst()))
        .map(List::getFirst);
  }

  /** {@link TariffVersions#of}. */
  public List<TariffVersion> versions(@Nullable Long operatorId, long tariffId) {
    return versions.of(operatorId, tariffId);
  }

  /** {@link TariffAssignments#of}. */
  public List<Assignment> assignments(@Nullable Long operatorId, long tariffId) {
    return assignments.of(operatorId, tariffId);
  }
}
