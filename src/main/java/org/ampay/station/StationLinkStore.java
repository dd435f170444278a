package org.ampay.station;

import static org.ampay.store.tables.Tables.STATION_LINK;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ampay.station.LinkFact.ClientCertificate;
import org.ampay.store.Database;
import org.ampay.store.GroupCommit;
import org.ampay.store.SqlTx;
import org.ampay.store.Tx;
import org.ampay.store.tables.StationLinkRecord;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** Keeps what the last TLS connection of each station was like, many in one transaction. */
public final class StationLinkStore implements GroupCommit.Writer<LinkFact, Boolean> {

  private final Database database;

  public StationLinkStore(Database database) {
    this.database = database;
  }

  @Override
  public List<Boolean> write(Tx tx, List<LinkFact> facts) {
    Map<Long, LinkFact> newest = new LinkedHashMap<>();
    facts.forEach(fact -> newest.put(fact.stationId(), fact));
    DSLContext dsl = SqlTx.of(tx).dsl();
    List<StationLinkRecord> rows = new ArrayList<>();
    newest.values().forEach(fact -> rows.add(row(fact)));
    dsl.deleteFrom(STATION_LINK).where(STATION_LINK.STATION_ID.in(newest.keySet())).execute();
    dsl.batchInsert(rows).execute();
    return facts.stream().map(fact -> Boolean.TRUE).toList();
  }

  private static StationLinkRecord row(LinkFact fact) {
    ClientCertificate shown = fact.certificate().orElse(null);
    StationLinkRecord row = new StationLinkRecord();
    row.setStationId(fact.stationId());
    row.setOperatorId(fact.operatorId());
    row.setProfile((byte) fact.profile());
    row.setTlsVersion(fact.version());
    row.setCipherSuite(fact.cipher());
    row.setCertSubject(shown == null ? null : shown.subject());
    row.setCertIssuer(shown == null ? null : shown.issuer());
    row.setCertSerial(shown == null ? null : shown.serial());
    row.setCertNotAfter(shown == null ? null : shown.notAfter());
    row.setAt(fact.at());
    return row;
  }

  /** The last TLS connection of an operator's station. */
  Optional<LinkFact> find(long operatorId, long stationId) {
    return database
        .dsl()
        .selectFrom(STATION_LINK)
        .where(STATION_LINK.STATION_ID.eq(stationId))
        .and(STATION_LINK.OPERATOR_ID.eq(operatorId))
        .fetchOptional(StationLinkStore::fact);
  }

  private static LinkFact fact(StationLinkRecord row) {
    return new LinkFact(
        row.getOperatorId(),
        row.getStationId(),
        row.getProfile(),
        row.getTlsVersion(),
        row.getCipherSuite(),
        Optional.ofNullable(certificate(row)),
        row.getAt());
  }

  private static @Nullable ClientCertificate certificate(StationLinkRecord row) {
    return row.getCertSubject() == null
        ? null
        : new ClientCertificate(
            row.getCertSubject(), row.getCertIssuer(), row.getCertSerial(), row.getCertNotAfter());
  }
}
