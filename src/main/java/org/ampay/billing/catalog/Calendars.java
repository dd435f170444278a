package org.ampay.billing.catalog;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.ampay.store.Tx;
import org.ampay.tariff.InvalidInputException;
import org.ampay.tariff.TariffCalendar;
import org.jspecify.annotations.Nullable;

/**
 * Time-of-use calendars that tariffs share. An operator uses its own and the platform's. Versions
 * are only ever added; a session keeps the one that was in force when it started.
 */
public final class Calendars {

  private static final String FIELD = "calendar_id";
  private static final int MAX_VERSIONS = 1_000;

  private final Catalog catalog;

  Calendars(Catalog catalog) {
    this.catalog = catalog;
  }

  /** A calendar and the version that was just stored. */
  public record Written(StoredCalendar calendar, CalendarVersion version) {}

  /**
   * Stores a new calendar as version 1, in force at once (or once approved).
   *
   * @param operatorId 0: of the platform
   * @param draft its id and version are not looked at
   * @param alongside as for {@link TariffVersions#create}
   */
  public Written create(
      long operatorId, TariffCalendar draft, Author author, BiConsumer<Tx, Written> alongside) {
    String name = Catalog.checkName(draft.name());
    return catalog.write(
        tx -> {
          Made made = catalog.made(tx, operatorId, author);
          StoredCalendar stored =
              new StoredCalendar(catalog.nextId(), operatorId, name, 1, made.at());
          catalog.calendars.insert(tx, stored);
          return store(tx, stored, draft, null, made, alongside);
        });
  }

  /**
   * Adds a version; sessions that start from then on get it, whatever tariff they have.
   *
   * @param operatorId whose calendars may be changed: an operator's own; null: of any
   * @param validFrom null: at once
   * @param alongside as for {@link TariffVersions#create}
   * @return empty when the operator has no such calendar
   * @throws InvalidInputException naming the field
   */
  public Optional<Written> addVersion(
      @Nullable Long operatorId,
      long calendarId,
      TariffCalendar draft,
      @Nullable Instant validFrom,
      Author author,
      BiConsumer<Tx, Written> alongside) {
    String name = Catalog.checkName(draft.name());
    NewAssignment.checkTime("valid_from", validFrom);
    return catalog.write(
        tx ->
            catalog
                .calendars
                .lock(tx, calendarId)
                .filter(old -> operatorId == null || old.operatorId() == operatorId)
                .map(
                    old -> {
                      Catalog.require(
                          old.currentVersion() < MAX_VERSIONS,
                          "",
                          "has " + MAX_VERSIONS + " versions; make another");
                      StoredCalendar next =
                          new StoredCalendar(
                              old.id(),
                              old.operatorId(),
                              name,
                              old.currentVersion() + 1,
                              old.createdAt());
                      catalog.calendars.setCurrent(tx, next);
                      Made made = catalog.made(tx, old.operatorId(), author);
                      return store(tx, next, draft, Times.millis(validFrom), made, alongside);
                    }));
  }

  private Written store(
      Tx tx,
      StoredCalendar stored,
      TariffCalendar draft,
      @Nullable Instant validFrom,
      Made made,
      BiConsumer<Tx, Written> alongside) {
    TariffCalendar calendar =
        new TariffCalendar(
            stored.id(), stored.currentVersion(), stored.name(), draft.seasons(), draft.holidays());
    CalendarVersion version =
        new CalendarVersion(
            stored.id(), stored.currentVersion(), stored.operatorId(), calendar, validFrom, made);
    catalog.calendars.insert(tx, version);
    Written written = new Written(stored, version);
    alongside.accept(tx, written);
    return written;
  }

  /** A calendar that the operator may use: its own or the platform's; null: of any. */
  public Optional<StoredCalendar> find(@Nullable Long operatorId, long calendarId) {
    return catalog.read(tx -> catalog.calendars.find(tx, operatorId, calendarId));
  }

  /** Calendars that the operator may use, with an id above {@code afterId}; null: of all. */
  public List<StoredCalendar> list(@Nullable Long operatorId, long afterId, int limit) {
    return catalog.read(tx -> catalog.calendars.list(tx, operatorId, afterId, limit));
  }

  /** The versions of a calendar that the operator may use, oldest first. */
  public List<CalendarVersion> versions(@Nullable Long operatorId, long calendarId) {
    return catalog.picture().calendarVersions(calendarId).stream()
        .filter(v -> isUsableBy(operatorId, v))
        .toList();
  }

  /** The version that sessions that start now get; empty when there is none for the operator. */
  public Optional<CalendarVersion> inForce(@Nullable Long operatorId, long calendarId) {
    return Versions.at(versions(operatorId, calendarId), catalog.now(), catalog.now());
  }

  /** What a version is now. */
  public VersionState state(CalendarVersion version) {
    return Versions.state(
        version, catalog.picture().calendarVersions(version.calendarId()), catalog.now());
  }

  /**
   * The tariffs of which a version that is in force, planned or proposed uses the calendar.
   *
   * @param operatorId null: of any operator
   */
  public List<StoredTariff> usedBy(@Nullable Long operatorId, long calendarId) {
    Set<Long> tariffs = new HashSet<>();
    Instant now = catalog.now();
    catalog
        .picture()
        .tariffs()
        .forEach(
            (id, shelf) -> {
              boolean uses =
                  shelf.versions().stream()
                      .filter(
                          v -> Long.valueOf(calendarId).equals(v.tariff().extras().calendarId()))
                      .anyMatch(v -> isAlive(Versions.state(v, shelf.versions(), now)));
              if (uses) {
                tariffs.add(id);
              }
            });
    return tariffs.isEmpty()
        ? List.of()
        : catalog.read(tx -> catalog.tariffs.byIds(tx, operatorId, tariffs));
  }

  private static boolean isAlive(VersionState state) {
    return switch (state) {
      case IN_FORCE, PLANNED, PROPOSED -> true;
      case REPLACED, REJECTED -> false;
    };
  }

  /** The calendar in force, for an operator's tariff; complains about {@code calendar_id}. */
  static CalendarVersion require(Catalog catalog, @Nullable Long operatorId, long calendarId) {
    List<CalendarVersion> versions =
        catalog.picture().calendarVersions(calendarId).stream()
            .filter(v -> isUsableBy(operatorId, v))
            .toList();
    Catalog.require(!versions.isEmpty(), FIELD, "there is no such calendar");
    Instant now = catalog.now();
    return Versions.at(versions, now, now)
        .orElseThrow(() -> new InvalidInputException(FIELD, "the calendar is not approved"));
  }

  private static boolean isUsableBy(@Nullable Long operatorId, CalendarVersion version) {
    return operatorId == null || version.operatorId() == 0 || version.operatorId() == operatorId;
  }
}
