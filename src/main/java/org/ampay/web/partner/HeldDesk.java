package org.ampay.web.partner;

import java.util.List;
import org.ampay.audit.AuditEntry;
import org.ampay.audit.AuditLog;
import org.ampay.ocpi.cdr.CdrStore;
import org.ampay.ocpi.cdr.HeldCdrs;
import org.ampay.ocpi.location.Place;
import org.ampay.ocpi.location.PlaceBook;
import org.ampay.web.WebRooms;
import org.ampay.web.read.Scope;

/** What partners are not told because something in it is wrong, by page or API. */
public final class HeldDesk {

  /** At once; who has more asks again. */
  public static final int MOST = 500;

  private final HeldCdrs held;
  private final PlaceBook places;
  private final AuditLog audit;

  public HeldDesk(WebRooms rooms) {
    held = rooms.roaming().byHand().held();
    places = rooms.roaming().byHand().places();
    audit = rooms.ground().audit();
  }

  /** CDRs that are held back, by session. */
  public List<CdrStore.Held> list(Scope scope, long afterSession, int limit) {
    return held.list(scope.operatorId(), afterSession, limit);
  }

  /** Has a CDR made again; false: it is not on the list. */
  public boolean retry(Scope scope, long sessionId, String actor) {
    return list(scope, sessionId - 1, 1).stream()
        .filter(one -> one.sessionId() == sessionId)
        .anyMatch(one -> retry(one, actor));
  }

  private boolean retry(CdrStore.Held one, String actor) {
    AuditEntry entry =
        AuditEntry.of(one.operatorId(), actor, "cdr.retry", "session:" + one.sessionId())
            .with("partner", one.partnerId());
    return held.retry(one.operatorId(), one.sessionId(), tx -> audit.append(tx, entry));
  }

  /** Has all made again, {@link #MOST} at once; how many. */
  public int retryAll(Scope scope, String actor) {
    int count = 0;
    for (CdrStore.Held one : list(scope, 0, MOST)) {
      count += retry(one, actor) ? 1 : 0;
    }
    return count;
  }

  /** Sites that partners are not told of, or not of all there is, by site. */
  public List<Place> untold(long operatorId) {
    return places.all(operatorId).stream()
        .filter(place -> !place.head().problems().isEmpty())
        .toList();
  }
}
