package org.ampay.station.device;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.ampay.base.TimeSource;
import org.ampay.station.AdmissionRule;
import org.ampay.station.BootReport;
import org.ampay.station.Inventory;
import org.ampay.station.Registration;
import org.ampay.station.StationInfo;
import org.ampay.store.Database;
import org.ampay.store.Transactor;
import org.ampay.store.Tx;
import org.jspecify.annotations.Nullable;

/**
 * Which stations are let in. In this order: what a person decided about the station; a serial
 * number that was expected and does not come; that it was accepted before; that it was expected;
 * what the operator wants with new stations (accepted, unless told otherwise).
 *
 * <p>A picture in memory, written to the database first; other processes' writes are seen at the
 * next {@link #refresh}.
 */
public final class Provisioning implements AdmissionRule {

  /**
   * What is decided about one station.
   *
   * @param decision null: as for every new station
   * @param expectedSerial null: any
   */
  public record Decision(
      @Nullable Registration decision, @Nullable String expectedSerial, String by) {}

  record Picture(long version, Map<Long, Registration> rules, Map<Long, Decision> decisions) {
    Picture {
      rules = Map.copyOf(rules);
      decisions = Map.copyOf(decisions);
    }
  }

  private final Transactor transactor;
  private final AdmissionStore store;
  private final TimeSource time;
  private volatile Picture picture;

  public Provisioning(Database database, TimeSource time) {
    this.transactor = database.transactor();
    this.store = new AdmissionStore(database);
    this.time = time;
    this.picture = store.load();
  }

  /** Reads everything again when another process has written; cheap when not. */
  public void refresh() {
    if (store.version() != picture.version()) {
      reload();
    }
  }

  private synchronized void reload() {
    picture = store.load();
  }

  @Override
  public Registration decide(StationInfo station, BootReport report, Registration before) {
    Picture now = picture;
    return decide(
        Optional.ofNullable(now.decisions().get(station.id())),
        report.serialNumber(),
        before,
        now.rules().getOrDefault(station.operatorId(), Registration.ACCEPTED));
  }

  /** The rule itself. */
  static Registration decide(
      Optional<Decision> decided,
      @Nullable String serial,
      Registration before,
      Registration forNewOnes) {
    Registration explicit = decided.map(Decision::decision).orElse(null);
    if (explicit != null) {
      return explicit;
    }
    String expected = decided.map(Decision::expectedSerial).orElse(null);
    if (expected != null && !expected.equals(serial)) {
      return Registration.PENDING;
    }
    boolean knownWell = before == Registration.ACCEPTED || expected != null;
    return knownWell ? Registration.ACCEPTED : forNewOnes;
  }

  /** What the operator wants with new stations. */
  public Registration rule(long operatorId) {
    return picture.rules().getOrDefault(operatorId, Registration.ACCEPTED);
  }

  /** What is decided about a station; empty: nothing. */
  public Optional<Decision> decision(long stationId) {
    return Optional.ofNullable(picture.decisions().get(stationId));
  }

  /** Holds for stations that were never accepted. */
  public void setRule(long operatorId, Registration rule) {
    checked(rule);
    transactor.run(
        tx -> {
          store.rule(tx, operatorId, rule);
          store.changed(tx);
        });
    reload();
  }

  /** Decides about a station, from its next boot on. */
  public void decide(StationInfo station, Registration decision, String by) {
    checked(decision);
    transactor.run(
        tx -> {
          Decision made = new Decision(decision, null, by);
          store.decision(tx, station.id(), station.operatorId(), made, time.now());
          store.changed(tx);
        });
    reload();
  }

  /** The same in a running transaction; {@link #refresh} afterwards. */
  void expect(Tx tx, Inventory.Created station, Decision decision) {
    store.decision(tx, station.id(), station.station().operatorId(), decision, time.now());
    store.changed(tx);
  }

  private static void checked(Registration decision) {
    if (Objects.requireNonNull(decision) == Registration.NONE) {
      throw new IllegalArgumentException("decision: must be accepted, pending or rejected");
    }
  }
}
