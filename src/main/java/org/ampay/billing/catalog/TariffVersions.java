package org.ampay.billing.catalog;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.ampay.store.Tx;
import org.ampay.tariff.InvalidInputException;
import org.ampay.tariff.Tariff;
import org.jspecify.annotations.Nullable;

/** Makes tariffs and their versions. Versions are only ever added. */
public final class TariffVersions {

  private static final int MAX_VERSIONS = 1_000;

  private final Catalog catalog;

  TariffVersions(Catalog catalog) {
    this.catalog = catalog;
  }

  /** A tariff and the version that was just stored. */
  public record Written(StoredTariff tariff, TariffVersion version) {}

  /**
   * Stores a new tariff as version 1.
   *
   * @param operatorId 0: of the platform
   * @param alongside called last in the transaction, for what is to be kept with the change; what
   *     it throws undoes the change
   * @throws InvalidInputException when the name is no good, a step is 0, or there is no such
   *     calendar
   */
  public Written create(
      long operatorId, NewVersion wish, Author author, BiConsumer<Tx, Written> alongside) {
    String name = Catalog.checkName(Objects.requireNonNullElse(wish.name(), ""));
    check(wish.tariff());
    return catalog.write(
        tx -> {
          requireCalendar(operatorId, wish.tariff());
          Made made = catalog.made(tx, operatorId, author);
          StoredTariff stored =
              new StoredTariff(
                  catalog.nextId(), operatorId, name, wish.tariff().currency(), 1, made.at());
          catalog.tariffs.insert(tx, stored);
          return store(tx, stored, wish, made, alongside);
        });
  }

  /**
   * Adds a version.
   *
   * @param operatorId null: of any operator
   * @param alongside as for {@link #create}
   * @return empty when the operator has no such tariff
   * @throws InvalidInputException when the currency differs from that of the other versions, a step
   *     is 0, or there is no such calendar
   */
  public Optional<Written> add(
      @Nullable Long operatorId,
      long tariffId,
      NewVersion wish,
      Author author,
      BiConsumer<Tx, Written> alongside) {
    String name = wish.name() == null ? null : Catalog.checkName(wish.name());
    check(wish.tariff());
    return catalog.write(
        tx ->
            catalog
                .tariffs
                .find(tx, operatorId, tariffId, true)
                .map(old -> add(tx, old, name, wish, author, alongside)));
  }

  private Written add(
      Tx tx,
      StoredTariff old,
      @Nullable String name,
      NewVersion wish,
      Author author,
      BiConsumer<Tx, Written> alongside) {
    Catalog.require(
        wish.tariff().currency().equals(old.currency()),
        "currency",
        "must stay " + old.currency() + "; make another tariff");
    Catalog.require(
        old.currentVersion() < MAX_VERSIONS, "", "has " + MAX_VERSIONS + " versions; make another");
    requireCalendar(old.operatorId(), wish.tariff());
    StoredTariff next =
        new StoredTariff(
            old.id(),
            old.operatorId(),
            Objects.requireNonNullElse(name, old.name()),
            old.currency(),
            old.currentVersion() + 1,
            old.createdAt());
    catalog.tariffs.setCurrent(tx, next);
    return store(tx, next, wish, catalog.made(tx, old.operatorId(), author), alongside);
  }

  private Written store(
      Tx tx, StoredTariff stored, NewVersion wish, Made made, BiConsumer<Tx, Written> alongside) {
    TariffVersion version =
        new TariffVersion(
            stored.id(),
            stored.currentVersion(),
            stored.operatorId(),
            wish.tariff().withId(Long.toString(stored.id())),
            Times.millis(wish.validFrom()),
            made);
    catalog.tariffs.insert(tx, version);
    Written written = new Written(stored, version);
    alongside.accept(tx, written);
    return written;
  }

  private void check(Tariff tariff) {
    tariff.requireSteps();
    Long calendar = tariff.extras().calendarId();
    if (calendar != null && catalog.picture().calendarVersions(calendar).isEmpty()) {
      catalog.refresh(); // another node may have made it a moment ago
    }
  }

  /** Nobody can charge by a tariff whose calendar nobody has approved. */
  private void requireCalendar(long operatorId, Tariff tariff) {
    Long id = tariff.extras().calendarId();
    if (id != null) {
      Calendars.require(catalog, operatorId, id);
    }
  }

  /** The versions of a tariff, oldest first; empty when the operator has no such tariff. */
  public List<TariffVersion> of(@Nullable Long operatorId, long tariffId) {
    return catalog.picture().versions(tariffId).stream()
        .filter(v -> operatorId == null || v.operatorId() == operatorId)
        .toList();
  }

  /** One version of a tariff. */
  public Optional<TariffVersion> find(@Nullable Long operatorId, long tariffId, int version) {
    return of(operatorId, tariffId).stream().filter(v -> v.version() == version).findFirst();
  }

  /** The version that sessions that start now get. */
  public Optional<TariffVersion> inForce(@Nullable Long operatorId, long tariffId) {
    return Versions.at(of(operatorId, tariffId), catalog.now(), catalog.now());
  }

  /** What a version is now. */
  public VersionState state(TariffVersion version) {
    return Versions.state(version, catalog.picture().versions(version.tariffId()), catalog.now());
  }
}
