package org.ampay.web.console;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ampay.access.Tokens;
import org.ampay.audit.AuditLog;
import org.ampay.billing.catalog.AssignmentJson.Placed;
import org.ampay.billing.catalog.NewAssignment;
import org.ampay.billing.catalog.StoredTariff;
import org.ampay.billing.catalog.TariffCatalog;
import org.ampay.billing.catalog.TariffLevel;
import org.ampay.station.Inventory;
import org.ampay.station.Site;
import org.ampay.station.StationInfo;
import org.ampay.tariff.InvalidInputException;
import org.ampay.web.http.Problem;
import org.ampay.web.http.Ref;
import org.jspecify.annotations.Nullable;

/** The places and drivers that tariffs are assigned to, by the names that people know. */
final class TariffPlaces {

  private static final int MOST_TYPED = 1_000;

  private final TariffCatalog catalog;
  private final Inventory inventory;
  private final Tokens tokens;
  private final AuditLog audit;

  TariffPlaces(TariffCatalog catalog, Inventory inventory, Tokens tokens, AuditLog audit) {
    this.catalog = catalog;
    this.inventory = inventory;
    this.tokens = tokens;
    this.audit = audit;
  }

  List<Site> sites(long operatorId) {
    return inventory.sites(operatorId);
  }

  /** What an assignment names. */
  String name(PageCall call, TariffLevel level, long id) {
    return switch (level) {
      case STATION -> inventory.byId(id).map(StationInfo::identity).orElse("#" + id);
      case SITE -> inventory.site(call.operatorId(), id).map(Site::name).orElse("#" + id);
      case OPERATOR -> call.ui().operator().name();
      case DRIVER, PARTNER ->
          tokens.driver(call.operatorId(), id).map(d -> d.name() + " #" + id).orElse("#" + id);
      case GROUP -> "#" + id;
      case PLATFORM -> "";
    };
  }

  /**
   * Assigns the tariff to all that the form names, or to nothing.
   *
   * @return what was wrong, empty when it was done
   */
  String assign(PageCall call, StoredTariff stored) {
    try {
      List<Placed> wishes = wishes(call);
      Optional<?> made =
          catalog
              .assignments()
              .assign(
                  call.operatorId(),
                  stored.id(),
                  wishes,
                  CatalogActs.author(call),
                  (tx, all) ->
                      all.forEach(
                          one ->
                              audit.append(
                                  tx,
                                  CatalogActs.entry(call, "tariff.assign", "tariff", stored.id())
                                      .with("level", one.level().code())
                                      .with("target", one.targetId())
                                      .with("valid_from", one.validFrom()))));
      if (made.isEmpty()) {
        throw Problem.notFound(null).exception();
      }
      return "";
    } catch (InvalidInputException e) {
      return said(call, e);
    }
  }

  private static String said(PageCall call, InvalidInputException e) {
    String reason = TariffComplaints.text(call.ui(), e.reason());
    return e.path().isEmpty() ? reason : e.path() + ": " + reason;
  }

  private List<Placed> wishes(PageCall call) {
    Instant from = CatalogActs.time(call, "valid_from");
    Instant to = CatalogActs.time(call, "valid_to");
    String text = call.form("priority");
    if (!text.isEmpty() && !text.matches("-?[0-9]{1,4}")) {
      throw new InvalidInputException("priority", "must be an integer");
    }
    int priority = text.isEmpty() ? 0 : Integer.parseInt(text);
    List<Placed> wishes = new ArrayList<>();
    switch (call.form("level")) {
      case "operator" ->
          wishes.add(placed(TariffLevel.OPERATOR, call.operatorId(), "", priority, from, to));
      case "site" -> {
        for (String id : call.formAll("site")) {
          long site = new Ref(id).id().orElse(0);
          wishes.add(placed(TariffLevel.SITE, site, "#" + id, priority, from, to));
        }
      }
      case "station" -> {
        for (String typed : typed(call.form("stations"))) {
          wishes.add(placed(TariffLevel.STATION, station(call, typed), typed, priority, from, to));
        }
      }
      case "driver" ->
          wishes.add(placed(TariffLevel.DRIVER, id(call, "driver"), "driver", priority, from, to));
      case "partner" ->
          wishes.add(
              placed(TariffLevel.PARTNER, id(call, "partner"), "partner", priority, from, to));
      case "group" ->
          wishes.add(placed(TariffLevel.GROUP, id(call, "group"), "group", priority, from, to));
      default -> throw new InvalidInputException("level", "is missing");
    }
    if (wishes.isEmpty()) {
      throw new InvalidInputException("", call.ui().t("tariff.assign_nothing"));
    }
    return wishes;
  }

  private static Placed placed(
      TariffLevel level,
      long id,
      String path,
      int priority,
      @Nullable Instant from,
      @Nullable Instant to) {
    return new Placed(path, Long.toString(id), new NewAssignment(level, id, priority, from, to));
  }

  private static long id(PageCall call, String field) {
    return new Ref(call.form(field))
        .id()
        .orElseThrow(() -> new InvalidInputException(field, "must be an integer"));
  }

  /** Identities in lines, with blanks or commas between them: as they are pasted. */
  private static List<String> typed(String text) {
    return java.util.Arrays.stream(text.split("[\\s,;，；]+", -1))
        .filter(word -> !word.isEmpty())
        .distinct()
        .limit(MOST_TYPED + 1L)
        .toList();
  }

  private long station(PageCall call, String identity) {
    return inventory
        .byIdentity(identity)
        .filter(s -> s.operatorId() == call.operatorId())
        .map(StationInfo::id)
        .orElseThrow(() -> new InvalidInputException(identity, "there is none with that id"));
  }

  /**
   * Ends an assignment, at once or at the time in the form.
   *
   * @return what was wrong, empty when it was done
   */
  String end(PageCall call, StoredTariff stored, long assignmentId) {
    try {
      Optional<?> ended =
          catalog
              .assignments()
              .end(
                  call.operatorId(),
                  stored.id(),
                  assignmentId,
                  CatalogActs.time(call, "at"),
                  CatalogActs.author(call),
                  (tx, one) ->
                      audit.append(
                          tx,
                          CatalogActs.entry(call, "tariff.end", "tariff", stored.id())
                              .with("assignment", one.id())
                              .with("at", one.endings().getLast().endsAt())));
      if (ended.isEmpty()) {
        throw Problem.notFound(null).exception();
      }
      return "";
    } catch (InvalidInputException e) {
      return said(call, e);
    }
  }
}
