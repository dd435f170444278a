package org.ampay.station.certs;

import static org.ampay.store.tables.Tables.CERTIFICATE_CHANGE;
import static org.ampay.store.tables.Tables.INSTALLED_CERTIFICATE;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.ampay.base.IdSource;
import org.ampay.station.StationInfo;
import org.ampay.station.certs.StationCertificatePort.Reported;
import org.ampay.store.Database;
import org.ampay.store.SqlTx;
import org.ampay.store.Tx;
import org.jooq.DSLContext;
import org.jooq.Record;

/** What stations hold, and what was installed and deleted. */
final class InstalledStore {

  private final Database database;
  private final IdSource ids;

  InstalledStore(Database database, IdSource ids) {
    this.database = database;
    this.ids = ids;
  }

  private static DSLContext dsl(Tx tx) {
    return SqlTx.of(tx).dsl();
  }

  List<InstalledCertificate> list(long stationId) {
    return database
        .dsl()
        .selectFrom(INSTALLED_CERTIFICATE)
        .where(INSTALLED_CERTIFICATE.STATION_ID.eq(stationId))
        .orderBy(INSTALLED_CERTIFICATE.ID)
        .limit(500)
        .fetch(InstalledStore::installed);
  }

  Optional<InstalledCertificate> find(long stationId, long id) {
    return database
        .dsl()
        .selectFrom(INSTALLED_CERTIFICATE)
        .where(INSTALLED_CERTIFICATE.STATION_ID.eq(stationId))
        .and(INSTALLED_CERTIFICATE.ID.eq(id))
        .fetchOptional(InstalledStore::installed);
  }

  /** What the station reported of these kinds takes the place of what it had reported. */
  void replace(
      Tx tx,
      StationInfo station,
      Collection<CertificateKind> kinds,
      List<Reported> reported,
      Instant now) {
    dsl(tx)
        .deleteFrom(INSTALLED_CERTIFICATE)
        .where(INSTALLED_CERTIFICATE.STATION_ID.eq(station.id()))
        .and(INSTALLED_CERTIFICATE.KIND.in(kinds.stream().map(CertificateKind::word).toList()))
        .execute();
    for (Reported one : reported) {
      long id = insert(tx, station, one.kind(), Optional.empty(), one.hash(), now);
      one.children().forEach(child -> insert(tx, station, one.kind(), Optional.of(id), child, now));
    }
  }

  private long insert(
      Tx tx,
      StationInfo station,
      CertificateKind kind,
      Optional<Long> parent,
      CertificateHash hash,
      Instant now) {
    long id = ids.next();
    dsl(tx)
        .insertInto(INSTALLED_CERTIFICATE)
        .set(INSTALLED_CERTIFICATE.ID, id)
        .set(INSTALLED_CERTIFICATE.OPERATOR_ID, station.operatorId())
        .set(INSTALLED_CERTIFICATE.STATION_ID, station.id())
        .set(INSTALLED_CERTIFICATE.KIND, kind.word())
        .set(INSTALLED_CERTIFICATE.PARENT_ID, parent.orElse(null))
        .set(INSTALLED_CERTIFICATE.HASH_ALGORITHM, hash.algorithm())
        .set(INSTALLED_CERTIFICATE.ISSUER_NAME_HASH, hash.issuerNameHash())
        .set(INSTALLED_CERTIFICATE.ISSUER_KEY_HASH, hash.issuerKeyHash())
        .set(INSTALLED_CERTIFICATE.SERIAL_NUMBER, hash.serialNumber())
        .set(INSTALLED_CERTIFICATE.REPORTED_AT, now)
        .execute();
    return id;
  }

  /** Forgets one and what hangs on it: the station no longer has it. */
  void forget(Tx tx, long stationId, long id) {
    dsl(tx)
        .deleteFrom(INSTALLED_CERTIFICATE)
        .where(INSTALLED_CERTIFICATE.STATION_ID.eq(stationId))
        .and(INSTALLED_CERTIFICATE.ID.eq(id).or(INSTALLED_CERTIFICATE.PARENT_ID.eq(id)))
        .execute();
  }

  void insert(Tx tx, StationInfo station, CertificateChange change) {
    dsl(tx)
        .insertInto(CERTIFICATE_CHANGE)
        .set(CERTIFICATE_CHANGE.ID, change.id())
        .set(CERTIFICATE_CHANGE.OPERATOR_ID, station.operatorId())
        .set(CERTIFICATE_CHANGE.STATION_ID, station.id())
        .set(CERTIFICATE_CHANGE.ACTION, change.action())
        .set(CERTIFICATE_CHANGE.KIND, change.kind().word())
        .set(CERTIFICATE_CHANGE.SUBJECT, CertificateStore.cut(change.subject(), 500))
        .set(CERTIFICATE_CHANGE.ACTOR, CertificateStore.cut(change.actor(), 220))
        .set(CERTIFICATE_CHANGE.OUTCOME, CertificateStore.cut(change.outcome(), 300))
        .set(CERTIFICATE_CHANGE.DONE_AT, change.doneAt())
        .execute();
  }

  List<CertificateChange> changes(long stationId, int limit) {
    return database
        .dsl()
        .selectFrom(CERTIFICATE_CHANGE)
        .where(CERTIFICATE_CHANGE.STATION_ID.eq(stationId))
        .orderBy(CERTIFICATE_CHANGE.ID.desc())
        .limit(limit)
        .fetch(
            r ->
                new CertificateChange(
                    r.getId(),
                    r.getAction(),
                    CertificateKind.of(r.getKind()).orElseThrow(),
                    r.getSubject(),
                    r.getActor(),
                    r.getOutcome(),
                    r.getDoneAt()));
  }

  private static InstalledCertificate installed(Record r) {
    return new InstalledCertificate(
        r.get(INSTALLED_CERTIFICATE.ID),
        CertificateKind.of(r.get(INSTALLED_CERTIFICATE.KIND)).orElseThrow(),
        Optional.ofNullable(r.get(INSTALLED_CERTIFICATE.PARENT_ID)),
        new CertificateHash(
            r.get(INSTALLED_CERTIFICATE.HASH_ALGORITHM),
            r.get(INSTALLED_CERTIFICATE.ISSUER_NAME_HASH),
            r.get(INSTALLED_CERTIFICATE.ISSUER_KEY_HASH),
            r.get(INSTALLED_CERTIFICATE.SERIAL_NUMBER)),
        r.get(INSTALLED_CERTIFICATE.REPORTED_AT));
  }
}
