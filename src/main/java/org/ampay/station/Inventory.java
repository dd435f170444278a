package org.ampay.station;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.ampay.base.IdSource;
import org.ampay.base.TimeSource;
import org.ampay.station.StationStore.StationRow;
import org.ampay.store.Database;
import org.ampay.store.Transactor;
import org.ampay.store.Tx;

/**
 * Operators, sites and stations: read from memory, written to the database first. Other processes'
 * writes are seen at the next {@link #refresh}.
 */
public final class Inventory implements StationDirectory {

  /** What is wrong with a write; the message names the field. */
  public static final class InventoryException extends RuntimeException {
    private static final long serialVersionUID = 1;

    InventoryException(String message) {
      super(message);
    }
  }

  /**
   * Changes of a station; empty: as it was.
   *
   * @param securityProfile never lowered
   */
  public record StationPatch(
      Optional<String> name, Optional<Long> siteId, Optional<Integer> securityProfile) {}

  private record State(
      long version,
      Map<Long, Operator> operators,
      Map<Long, Site> sites,
      Map<Long, StationRow> byId,
      Map<String, StationRow> byIdentity) {}

  private final Transactor transactor;
  private final IdSource ids;
  private final TimeSource time;
  private final StationPasswords passwords;
  private final StationStore store;
  private volatile State state;

  /** Reads everything; makes the default operator when there is none. */
  public Inventory(Database database, IdSource ids, TimeSource time, StationPasswords passwords) {
    this.transactor = database.transactor();
    this.store = new StationStore(database);
    this.ids = ids;
    this.time = time;
    this.passwords = passwords;
    this.state = load();
    if (!state.operators.containsKey(Operator.DEFAULT_ID)) {
      createOperator(new Operator(Operator.DEFAULT_ID, "Ampay", "CN", "AMP", "CNY", 5_000));
    }
  }

  /** Reads everything again when another process has written; cheap when not. */
  public void refresh() {
    if (store.version() != state.version) {
      synchronized (this) {
        state = load();
      }
    }
  }

  @Override
  public Optional<StationInfo> byId(long stationId) {
    return Optional.ofNullable(state.byId.get(stationId)).map(StationRow::info);
  }

  @Override
  public Optional<StationInfo> byIdentity(String identity) {
    return Optional.ofNullable(state.byIdentity.get(identity)).map(StationRow::info);
  }

  /** The row of an identity, with what is not for everyone's eyes. */
  Optional<StationRow> row(String identity) {
    return Optional.ofNullable(state.byIdentity.get(identity));
  }

  Optional<StationRow> row(long stationId) {
    return Optional.ofNullable(state.byId.get(stationId));
  }

  List<StationRow> rows() {
    return List.copyOf(state.byId.values());
  }

  /**
   * Writes what concerns one station's row, and reads that row again: thousands may do so at once.
   *
   * @return false when there is no such station
   */
  boolean rewrite(long stationId, Consumer<Tx> work) {
    StationRow known = state.byId.get(stationId);
    if (known == null) {
      return false;
    }
    transactor.run(
        tx -> {
          work.accept(tx);
          store.changed(tx);
        });
    reload(known);
    return true;
  }

  private synchronized void reload(StationRow known) {
    State old = state;
    Operator operator = old.operators.get(known.info().operatorId());
    Site site = old.sites.get(known.info().siteId());
    if (operator == null || site == null) {
      return; // the next refresh has it
    }
    store
        .reload(known, operator, site)
        .ifPresent(
            fresh -> {
              Map<Long, StationRow> byId = new HashMap<>(old.byId);
              Map<String, StationRow> byIdentity = new HashMap<>(old.byIdentity);
              byId.put(fresh.info().id(), fresh);
              byIdentity.put(fresh.info().identity(), fresh);
              // The version stays: others may have written too, which the next refresh reads.
              state = new State(old.version, old.operators, old.sites, byId, byIdentity);
            });
  }

  public List<Operator> operators() {
    return List.copyOf(state.operators.values());
  }

  public Optional<Operator> operator(long id) {
    return Optional.ofNullable(state.operators.get(id));
  }

  /** The operator's stations, in no order. */
  public List<StationInfo> stations(long operatorId) {
    return state.byId.values().stream()
        .map(StationRow::info)
        .filter(station -> station.operatorId() == operatorId)
        .toList();
  }

  /** The operator's sites, by code. */
  public List<Site> sites(long operatorId) {
    return state.sites.values().stream()
        .filter(s -> s.operatorId() == operatorId)
        .sorted((a, b) -> a.code().compareTo(b.code()))
        .toList();
  }

  public Optional<Site> site(long operatorId, long siteId) {
    return Optional.ofNullable(state.sites.get(siteId)).filter(s -> s.operatorId() == operatorId);
  }

  /** 0 to 3; empty for an unknown station. */
  public Optional<Integer> securityProfile(long stationId) {
    return Optional.ofNullable(state.byId.get(stationId)).map(StationRow::securityProfile);
  }

  /** As stored at the start or the last refresh. */
  Optional<Registration> storedRegistration(long stationId) {
    return Optional.ofNullable(state.byId.get(stationId)).map(StationRow::registration);
  }

  /** The protocol it spoke last, as stored at the start or the last refresh. */
  public Optional<Protocol> lastProtocol(long stationId) {
    return Optional.ofNullable(state.byId.get(stationId)).map(StationRow::protocol);
  }

  /** Stores an operator; its id is given by the caller (1 is the first). */
  public Operator createOperator(Operator operator) {
    write(
        tx -> {
          store.insert(tx, operator, time.now());
          return null;
        });
    return operator;
  }

  /** Stores a site and gives it its id. */
  public Site createSite(Site draft) {
    return createSite(draft, (tx, site) -> {});
  }

  /**
   * {@link #createSite(Site)}.
   *
   * @param alongside called last in the transaction, for what is to be kept with the change; what
   *     it throws undoes the change
   */
  public Site createSite(Site draft, BiConsumer<Tx, Site> alongside) {
    if (!state.operators.containsKey(draft.operatorId())) {
      throw new InventoryException("operator: unknown operator " + draft.operatorId());
    }
    if (sites(draft.operatorId()).stream().anyMatch(s -> s.code().equals(draft.code()))) {
      throw new InventoryException("code: there is a site with code '" + draft.code() + "'");
    }
    Site site =
        new Site(
            ids.next(),
            draft.operatorId(),
            draft.code(),
            draft.name(),
            draft.address(),
            draft.zone(),
            draft.published());
    write(
        tx -> {
          store.insert(tx, site, time.now());
          return true;
        },
        tx -> alongside.accept(tx, site));
    return site;
  }

  /**
   * Stores a station with its EVSEs and connectors.
   *
   * @param password empty for security profile 0
   * @throws InventoryException when the identity is taken or the site unknown
   */
  public StationInfo createStation(NewStation station, Optional<String> password) {
    return createStation(station, password, tx -> {});
  }

  /**
   * {@link #createStation(NewStation, Optional)}.
   *
   * @param alongside as for {@link #createSite(Site, BiConsumer)}
   */
  public StationInfo createStation(
      NewStation station, Optional<String> password, Consumer<Tx> alongside) {
    return createStations(List.of(new Draft(station, password)), (tx, made) -> {}, alongside)
        .getFirst();
  }

  /**
   * A station to be made.
   *
   * @param password empty for security profile 0
   */
  public record Draft(NewStation station, Optional<String> password) {}

  /** A station that is being made. */
  public record Created(long id, NewStation station) {}

  /**
   * Stores stations, all or none.
   *
   * @param with stores more of each in the same transaction
   * @throws InventoryException when an identity is taken or a site unknown
   */
  public List<StationInfo> createStations(List<Draft> drafts, BiConsumer<Tx, Created> with) {
    return createStations(drafts, with, tx -> {});
  }

  private List<StationInfo> createStations(
      List<Draft> drafts, BiConsumer<Tx, Created> with, Consumer<Tx> alongside) {
    drafts.forEach(draft -> check(draft.station()));
    List<Created> made =
        drafts.stream().map(draft -> new Created(ids.next(), draft.station())).toList();
    write(
        tx -> {
          for (int i = 0; i < made.size(); i++) {
            insert(tx, made.get(i), drafts.get(i).password());
            with.accept(tx, made.get(i));
          }
          return true;
        },
        alongside);
    return made.stream().map(created -> byId(created.id()).orElseThrow()).toList();
  }

  private void check(NewStation station) {
    if (site(station.operatorId(), station.siteId()).isEmpty()) {
      throw new InventoryException("site: unknown site " + station.siteId());
    }
    if (state.byIdentity.containsKey(station.identity())) {
      throw new InventoryException("id: there is a station '" + station.identity() + "'");
    }
  }

  private void insert(Tx tx, Created created, Optional<String> password) {
    long id = created.id();
    NewStation station = created.station();
    byte[] hash = password.map(p -> passwords.hash(id, p)).orElse(null);
    store.insert(tx, id, station, hash, time.now());
    for (NewStation.NewEvse evse : station.evses()) {
      store.insertEvse(tx, ids.next(), id, station.operatorId(), evse);
      for (NewStation.NewConnector connector : evse.connectors()) {
        store.insertConnector(
            tx,
            ids.next(),
            id,
            station.operatorId(),
            new EvseRef(evse.evseNo(), connector.connectorNo()),
            connector.standard());
      }
    }
  }

  /**
   * Changes a station.
   *
   * @return false when the operator has no such station
   */
  public boolean updateStation(long operatorId, long stationId, StationPatch patch) {
    return updateStation(operatorId, stationId, patch, tx -> {});
  }

  /**
   * {@link #updateStation(long, long, StationPatch)}.
   *
   * @param alongside as for {@link #createSite(Site, BiConsumer)}; not called when nothing changed
   */
  public boolean updateStation(
      long operatorId, long stationId, StationPatch patch, Consumer<Tx> alongside) {
    StationRow row = state.byId.get(stationId);
    if (row == null || row.info().operatorId() != operatorId) {
      return false;
    }
    patch
        .siteId()
        .filter(site -> site(operatorId, site).isEmpty())
        .ifPresent(
            site -> {
              throw new InventoryException("site: unknown site " + site);
            });
    patch
        .securityProfile()
        .filter(profile -> profile < row.securityProfile())
        .ifPresent(
            profile -> {
              throw new InventoryException(
                  "security_profile: may not be lowered from " + row.securityProfile());
            });
    return write(tx -> store.update(tx, operatorId, stationId, patch), alongside);
  }

  /** Makes a password valid from now on, and the old one void; security profile 0 becomes 1. */
  public void setPassword(long stationId, String password) {
    StationRow row = Optional.ofNullable(state.byId.get(stationId)).orElseThrow();
    int profile = Math.max(1, row.securityProfile());
    write(
        tx -> {
          store.setPassword(tx, stationId, passwords.hash(stationId, password), profile);
          return null;
        });
  }

  /** Deletes a station; its sessions stay. */
  public boolean deleteStation(long operatorId, long stationId) {
    return deleteStation(operatorId, stationId, tx -> {});
  }

  /**
   * {@link #deleteStation(long, long)}.
   *
   * @param alongside as for {@link #createSite(Site, BiConsumer)}; not called when there was none
   */
  public boolean deleteStation(long operatorId, long stationId, Consumer<Tx> alongside) {
    return write(tx -> store.delete(tx, operatorId, stationId), alongside);
  }

  private <R> R write(Function<Tx, R> work) {
    return write(work, tx -> {});
  }

  private synchronized <R> R write(Function<Tx, R> work, Consumer<Tx> alongside) {
    R result =
        transactor.call(
            tx -> {
              R answer = work.apply(tx);
              store.changed(tx);
              if (!Boolean.FALSE.equals(answer)) {
                alongside.accept(tx);
              }
              return answer;
            });
    state = load();
    return result;
  }

  private State load() {
    StationStore.Picture picture = store.load();
    return new State(
        picture.version(),
        index(picture.operators(), Operator::id),
        index(picture.sites(), Site::id),
        index(picture.rows(), row -> row.info().id()),
        index(picture.rows(), row -> row.info().identity()));
  }

  private static <K, V> Map<K, V> index(List<V> values, Function<V, K> key) {
    return values.stream().collect(Collectors.toUnmodifiableMap(key, v -> v));
  }
}
