package org.ampay.billing.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.ampay.billing.catalog.TariffPicture.Shelf;
import org.ampay.billing.catalog.TariffStore.RawVersion;
import org.ampay.store.Tx;
import org.ampay.tariff.CalendarJson;
import org.ampay.tariff.InvalidInputException;
import org.ampay.tariff.TariffJson;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the picture anew: only what has changed since the old one, and nothing when nothing has.
 */
final class PictureReader {

  private static final Logger LOG = LoggerFactory.getLogger(PictureReader.class);

  private final TariffStore tariffs;
  private final CalendarStore calendars;
  private final AssignmentStore assignments;

  PictureReader(TariffStore tariffs, CalendarStore calendars, AssignmentStore assignments) {
    this.tariffs = tariffs;
    this.calendars = calendars;
    this.assignments = assignments;
  }

  TariffPicture follow(Tx tx, TariffPicture old) {
    TariffStore.Revision revision = tariffs.revision(tx);
    if (revision.equals(old.revision())) {
      return old;
    }
    boolean sameAssignments = revision.assignments() == old.revision().assignments();
    return new TariffPicture(
        revision,
        shelves(
            old.tariffs(),
            tariffs.changes(tx),
            ids -> tariffs.versions(tx, ids),
            (raw, json) ->
                new TariffVersion(
                    raw.id(),
                    raw.version(),
                    raw.operatorId(),
                    TariffJson.read(json),
                    raw.validFrom(),
                    raw.made())),
        shelves(
            old.calendars(),
            calendars.changes(tx),
            ids -> calendars.versions(tx, ids),
            (raw, json) ->
                new CalendarVersion(
                    raw.id(),
                    raw.version(),
                    raw.operatorId(),
                    CalendarJson.read(json),
                    raw.validFrom(),
                    raw.made())),
        sameAssignments ? old.assignments() : TariffPicture.byTarget(assignments.all(tx)));
  }

  private static <V extends Versioned> Map<Long, Shelf<V>> shelves(
      Map<Long, Shelf<V>> old,
      Map<Long, Integer> changes,
      Function<Set<Long>, List<RawVersion>> load,
      BiFunction<RawVersion, JsonNode, V> parser) {
    Map<Long, Shelf<V>> shelves = new HashMap<>(old);
    Set<Long> changed = new HashSet<>();
    changes.forEach(
        (id, count) -> {
          Shelf<V> known = old.get(id);
          if (known == null || known.changes() != count) {
            changed.add(id);
          }
        });
    if (changed.isEmpty()) {
      return shelves;
    }
    Map<Long, List<V>> read = read(load.apply(changed), parser);
    for (long id : changed) {
      shelves.put(id, new Shelf<>(changes.getOrDefault(id, 0), read.getOrDefault(id, List.of())));
    }
    return shelves;
  }

  /**
   * The versions by id. One that this program cannot read takes the older ones with it: nobody may
   * charge by a price that was replaced.
   */
  private static <V extends Versioned> Map<Long, List<V>> read(
      List<RawVersion> rows, BiFunction<RawVersion, JsonNode, V> parser) {
    Map<Long, List<V>> read = new HashMap<>();
    for (RawVersion raw : rows) {
      try {
        V version = parser.apply(raw, TariffJson.readTree(raw.body()));
        read.computeIfAbsent(raw.id(), id -> new ArrayList<>()).add(version);
      } catch (InvalidInputException e) {
        LOG.error("{} version {} cannot be read: {}", raw.id(), raw.version(), e.getMessage());
        read.remove(raw.id());
      }
    }
    return read;
  }
}
