package org.ampay.web.partner;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.ampay.audit.AuditEntry;
import org.ampay.audit.AuditLog;
import org.ampay.ocpi.Partner;
import org.ampay.ocpi.location.EvseStatus;
import org.ampay.ocpi.location.Place;
import org.ampay.ocpi.location.PlaceBook;
import org.ampay.ocpi.location.PlaceEvse;
import org.ampay.ocpi.terminal.Terminal;
import org.ampay.ocpi.terminal.Terminals;
import org.ampay.web.WebRooms;
import org.ampay.web.http.Problem;
import org.ampay.web.read.Scope;

/** Card terminals of OCPI 2.3.0 and where they take payments, by page or API. */
public final class TerminalDesk {

  /** Locations or EVSEs of one terminal. */
  public static final int MOST = 200;

  private final Terminals terminals;
  private final PlaceBook places;
  private final AuditLog audit;

  public TerminalDesk(WebRooms rooms) {
    terminals = rooms.roaming().byHand().terminals();
    places = rooms.roaming().byHand().places();
    audit = rooms.ground().audit();
  }

  /** By partner and id, behind one of them. */
  public List<Terminal> list(Scope scope, long afterPartner, String afterId, int limit) {
    return terminals.known(scope.operatorId(), afterPartner, afterId, limit);
  }

  /** One of a partner's. */
  public Optional<Terminal> find(Partner partner, String id) {
    return terminals.known(partner, id);
  }

  /** The operator's locations that partners know. */
  public List<Place> places(long operatorId) {
    return places.of(operatorId);
  }

  /** An EVSE that partners know, by its uid. */
  public Optional<PlaceEvse> evse(long operatorId, String uid) {
    return places.of(operatorId).stream()
        .flatMap(place -> place.evse(uid).stream())
        .filter(TerminalDesk::isTold)
        .findFirst();
  }

  /** The EVSEs of a station that partners know. */
  public List<PlaceEvse> evses(long operatorId, long stationId) {
    return places.of(operatorId).stream()
        .flatMap(place -> place.evses().stream())
        .filter(evse -> evse.stationId() == stationId && isTold(evse))
        .toList();
  }

  private static boolean isTold(PlaceEvse evse) {
    return evse.status() != EvseStatus.REMOVED && !evse.connectors().isEmpty();
  }

  /**
   * Says where a terminal takes payments; its service is told first. What is assigned already may
   * stay, even if it is none of ours.
   *
   * @throws org.ampay.web.http.ProblemException 400 naming {@code location_ids} or {@code
   *     evse_uids}, 404, 502 when the service does not take it
   */
  public Terminal assign(
      Partner partner, String id, List<String> locationIds, List<String> evseUids, String actor) {
    Terminal known = find(partner, id).orElseThrow(TerminalDesk::unknown);
    long operator = partner.operatorId();
    List<String> locations =
        checked(
            "location_ids",
            locationIds,
            known.locationIds()::contains,
            text -> places.byId(operator, text).map(place -> place.head().id()));
    List<String> evses =
        checked(
            "evse_uids",
            evseUids,
            known.evseUids()::contains,
            text -> evse(operator, text).map(PlaceEvse::uid));
    AuditEntry entry =
        AuditEntry.of(operator, actor, "partner.terminal", "partner:" + partner.id())
            .with("terminal", known.id())
            .with("location_ids", String.join(", ", locations))
            .with("evse_uids", String.join(", ", evses));
    return switch (terminals.assign(partner, id, locations, evses, tx -> audit.append(tx, entry))) {
      case Terminals.Assigned.Done _ -> find(partner, id).orElseThrow(TerminalDesk::unknown);
      case Terminals.Assigned.Unknown _ -> throw unknown();
      case Terminals.Assigned.Refused(String reason) ->
          throw Problem.other(502, "partner", reason).exception();
    };
  }

  private static RuntimeException unknown() {
    return Problem.notFound("there is no such terminal").exception();
  }

  private static List<String> checked(
      String field,
      List<String> wanted,
      Predicate<String> assigned,
      Function<String, Optional<String>> ours) {
    if (wanted.size() > MOST) {
      throw Problem.badField(field, "must be at most " + MOST).exception();
    }
    List<String> ids = new ArrayList<>();
    for (String text : wanted) {
      String id =
          ours.apply(text)
              .or(() -> Optional.of(text).filter(assigned))
              .orElseThrow(
                  () ->
                      Problem.badField(field, "partners know nothing of " + cut(text)).exception());
      if (!ids.contains(id)) {
        ids.add(id);
      }
    }
    return ids;
  }

  private static String cut(String text) {
    return text.length() <= 40 ? text : text.substring(0, 40) + "…";
  }
}
