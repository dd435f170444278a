package org.ampay.ocpi.command;

import java.util.Optional;
import org.ampay.charging.SessionState;
import org.ampay.ocpi.Partner;
import org.ampay.ocpi.RoamingSessions;
import org.ampay.station.StationDirectory;
import org.ampay.station.StationInfo;
import org.ampay.store.Transactor;

/** Finds running sessions of a partner's drivers. */
public final class SessionFinder {

  private static final String ID = "[1-9][0-9]{0,17}";

  private final Transactor transactor;
  private final RoamingSessions sessions;
  private final StationDirectory stations;

  public SessionFinder(Transactor transactor, RoamingSessions sessions, StationDirectory stations) {
    this.transactor = transactor;
    this.sessions = sessions;
    this.stations = stations;
  }

  /** A session that runs. */
  public record Running(StationInfo station, int evseNo, String transactionId) {}

  /** By the id that the partner knows; empty: not his, not running, or nothing. Blocks. */
  public Optional<Running> running(Partner partner, String sessionId) {
    if (!sessionId.matches(ID)) {
      return Optional.empty();
    }
    long id = Long.parseLong(sessionId);
    return sessions
        .of(id)
        .filter(session -> session.partnerId() == partner.id())
        .flatMap(session -> transactor.call(tx -> CommandStore.session(tx, id)))
        .filter(row -> row.state() == SessionState.ACTIVE)
        .flatMap(
            row ->
                stations
                    .byId(row.stationId())
                    .map(station -> new Running(station, row.evseNo(), row.transactionId())));
  }
}
