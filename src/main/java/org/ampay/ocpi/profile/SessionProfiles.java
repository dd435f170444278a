package org.ampay.ocpi.profile;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.ampay.base.TimeSource;
import org.ampay.ocpi.Partner;
import org.ampay.ocpi.command.SessionFinder;
import org.ampay.ocpi.command.SessionFinder.Running;
import org.ampay.ocpp.CompositeSchedules;
import org.ampay.power.PlacedProfile;
import org.ampay.power.Profile;
import org.ampay.power.ProfileDialect;
import org.ampay.power.ProfileOrders;
import org.ampay.power.Schedule;
import org.ampay.power.SmartCharging;
import org.ampay.station.CommandOrder;
import org.ampay.station.CommandOutcome;
import org.ampay.station.CommandPort;
import org.ampay.station.Sender;
import org.ampay.store.Transactor;

/**
 * Sets, clears and asks for profiles of sessions. A session has one profile of its partner: a new
 * one takes the place of the one before. It is a TxProfile, so the station's own limits and the
 * site's hold as well, and it ends with its session.
 */
public final class SessionProfiles {

  private static final int MOST_LEVELS = 100;

  private final Transactor transactor;
  private final SessionFinder sessions;
  private final CommandPort port;
  private final SmartCharging charging;
  private final ProfileOrders orders;
  private final CompositeSchedules composites;
  private final TimeSource time;

  public SessionProfiles(
      Transactor transactor,
      SessionFinder sessions,
      CommandPort port,
      SmartCharging charging,
      ProfileOrders orders,
      TimeSource time) {
    this.time = time;
    this.transactor = transactor;
    this.sessions = sessions;
    this.port = port;
    this.charging = charging;
    this.orders = orders;
    this.composites = new CompositeSchedules(port);
  }

  /** What came of it. */
  enum Answer {
    ACCEPTED,
    REJECTED,
    /** There is nothing that could be cleared. */
    UNKNOWN
  }

  /** The session, if it is the partner's and runs. Blocks. */
  Optional<Running> running(Partner partner, String sessionId) {
    return sessions.running(partner, sessionId);
  }

  /** Sets a profile; blocks while the station is asked. */
  Answer set(Partner partner, long sessionId, Running running, JsonNode body) {
    Optional<ProfileDialect> dialect = orders.dialect(running.station().id());
    if (dialect.isEmpty()) {
      return Answer.REJECTED;
    }
    int id = known(sessionId).orElseGet(() -> charging.freeProfileId(running.station().id()));
    Profile profile =
        PartnerProfile.read(body, id, freeLevel(running, id), running.transactionId());
    String payload = dialect.get().set(running.evseNo(), profile);
    if (!isAccepted(send(partner, running, "SetChargingProfile", payload))) {
      return Answer.REJECTED;
    }
    transactor.run(tx -> SetProfileStore.save(tx, sessionId, partner.id(), id));
    return Answer.ACCEPTED;
  }

  /** The lowest stack level that no other profile of the transaction has. */
  private int freeLevel(Running running, int id) {
    Set<Integer> taken =
        charging.overview(running.station().id(), 1).profiles().stream()
            .filter(other -> other.profileId() != id)
            .filter(other -> running.transactionId().equals(other.transactionId()))
            .map(PlacedProfile::stackLevel)
            .collect(Collectors.toSet());
    int level = 0;
    while (taken.contains(level) && level < MOST_LEVELS) {
      level++;
    }
    return level;
  }

  /** Takes the partner's profile back; blocks while the station is asked. */
  Answer clear(Partner partner, long sessionId, Running running) {
    OptionalInt id = known(sessionId);
    if (id.isEmpty()) {
      return Answer.UNKNOWN;
    }
    Optional<ProfileDialect> dialect = orders.dialect(running.station().id());
    if (dialect.isEmpty()) {
      return Answer.REJECTED;
    }
    String payload = dialect.get().clear(id.getAsInt());
    CommandOutcome outcome = send(partner, running, "ClearChargingProfile", payload);
    if (!(outcome instanceof CommandOutcome.Answered)) {
      return Answer.REJECTED;
    }
    transactor.run(tx -> SetProfileStore.delete(tx, sessionId));
    return isAccepted(outcome) ? Answer.ACCEPTED : Answer.UNKNOWN;
  }

  /** What the EVSE expects to do; blocks while the station is asked. */
  Optional<Schedule> active(Partner partner, Running running, int seconds) {
    return composites
        .ask(running.station(), running.evseNo(), seconds, sender(partner))
        .toCompletableFuture()
        .join();
  }

  Instant now() {
    return time.now();
  }

  private OptionalInt known(long sessionId) {
    return transactor.call(tx -> SetProfileStore.find(tx, sessionId));
  }

  private CommandOutcome send(Partner partner, Running running, String action, String payload) {
    return port.send(running.station(), CommandOrder.of(sender(partner), action, payload))
        .outcome()
        .toCompletableFuture()
        .join();
  }

  private static Sender sender(Partner partner) {
    return Sender.system("OCPI " + partner.party());
  }

  private static boolean isAccepted(CommandOutcome outcome) {
    return outcome instanceof CommandOutcome.Answered(String payload)
        && payload.matches("(?s).*\"status\"\\s*:\\s*\"Accepted\".*");
  }
}
