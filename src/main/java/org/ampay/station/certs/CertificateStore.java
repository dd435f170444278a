package org.ampay.station.certs;

import static org.ampay.store.tables.Tables.CERT_AUTHORITY;
import static org.ampay.store.tables.Tables.CHANGE_COUNTER;
import static org.ampay.store.tables.Tables.OPERATOR;
import static org.ampay.store.tables.Tables.ROOT_CERTIFICATE;
import static org.ampay.store.tables.Tables.STATION;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ampay.store.Database;
import org.ampay.store.SqlTx;
import org.ampay.store.Tx;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;

/** Uploaded roots, and what certificates need to know of stations. */
final class CertificateStore {

  private static final String COUNTER = "certificates";
  static final int MOST_ROOTS = 200;

  private final Database database;

  CertificateStore(Database database) {
    this.database = database;
  }

  static DSLContext dsl(Tx tx) {
    return SqlTx.of(tx).dsl();
  }

  /** Makes running nodes read anew what they hold in memory. */
  static void changed(Tx tx) {
    dsl(tx)
        .insertInto(CHANGE_COUNTER)
        .set(CHANGE_COUNTER.NAME, COUNTER)
        .set(CHANGE_COUNTER.VALUE, 1L)
        .onDuplicateKeyUpdate()
        .set(CHANGE_COUNTER.VALUE, CHANGE_COUNTER.VALUE.plus(1))
        .execute();
  }

  long version() {
    Long value =
        database
            .dsl()
            .select(CHANGE_COUNTER.VALUE)
            .from(CHANGE_COUNTER)
            .where(CHANGE_COUNTER.NAME.eq(COUNTER))
            .fetchOne(CHANGE_COUNTER.VALUE);
    return value == null ? 0 : value;
  }

  /** Names that a station's certificate may carry: its identity and its serial number. */
  List<String> names(long stationId) {
    List<String> names = new ArrayList<>();
    database
        .dsl()
        .select(STATION.IDENTITY, STATION.SERIAL_NUMBER)
        .from(STATION)
        .where(STATION.ID.eq(stationId))
        .forEach(
            r -> {
              names.add(r.value1());
              if (r.value2() != null && !r.value2().isBlank()) {
                names.add(r.value2());
              }
            });
    return names;
  }

  /** The operator's name, which is the O of all its certificates. */
  String organization(long operatorId) {
    String name =
        database
            .dsl()
            .select(OPERATOR.NAME)
            .from(OPERATOR)
            .where(OPERATOR.ID.eq(operatorId))
            .fetchOne(OPERATOR.NAME);
    return name == null ? "" : name;
  }

  List<RootCertificate> roots(long operatorId) {
    return roots(ROOT_CERTIFICATE.OPERATOR_ID.eq(operatorId));
  }

  /** Of all operators. */
  List<RootCertificate> allRoots() {
    return roots(DSL.noCondition());
  }

  private List<RootCertificate> roots(Condition which) {
    return database
        .dsl()
        .selectFrom(ROOT_CERTIFICATE)
        .where(which)
        .orderBy(ROOT_CERTIFICATE.ID)
        .fetch(CertificateStore::root);
  }

  Optional<RootCertificate> root(long operatorId, long id) {
    return roots(ROOT_CERTIFICATE.OPERATOR_ID.eq(operatorId).and(ROOT_CERTIFICATE.ID.eq(id)))
        .stream()
        .findFirst();
  }

  /** False when the operator has that certificate already. */
  boolean insert(Tx tx, RootCertificate root) {
    X509Certificate certificate = root.certificate();
    int rows =
        dsl(tx)
            .insertInto(ROOT_CERTIFICATE)
            .set(ROOT_CERTIFICATE.ID, root.id())
            .set(ROOT_CERTIFICATE.OPERATOR_ID, root.operatorId())
            .set(ROOT_CERTIFICATE.KIND, root.kind().word())
            .set(ROOT_CERTIFICATE.NAME, root.name())
            .set(ROOT_CERTIFICATE.SUBJECT, cut(root.subject(), 500))
            .set(ROOT_CERTIFICATE.FINGERPRINT, Pem.fingerprint(certificate))
            .set(ROOT_CERTIFICATE.CERTIFICATE, Pem.of(certificate))
            .set(ROOT_CERTIFICATE.NOT_BEFORE, certificate.getNotBefore().toInstant())
            .set(ROOT_CERTIFICATE.NOT_AFTER, certificate.getNotAfter().toInstant())
            .set(ROOT_CERTIFICATE.CREATED_BY, cut(root.createdBy(), 220))
            .set(ROOT_CERTIFICATE.CREATED_AT, root.createdAt())
            .onDuplicateKeyIgnore()
            .execute();
    changed(tx);
    return rows == 1;
  }

  boolean deleteRoot(Tx tx, long operatorId, long id) {
    int rows =
        dsl(tx)
            .deleteFrom(ROOT_CERTIFICATE)
            .where(ROOT_CERTIFICATE.ID.eq(id))
            .and(ROOT_CERTIFICATE.OPERATOR_ID.eq(operatorId))
            .execute();
    changed(tx);
    return rows == 1;
  }

  static String cut(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most - 1) + "…";
  }

  private static RootCertificate root(Record r) {
    return new RootCertificate(
        r.get(ROOT_CERTIFICATE.ID),
        r.get(ROOT_CERTIFICATE.OPERATOR_ID),
        CertificateKind.of(r.get(ROOT_CERTIFICATE.KIND)).orElseThrow(),
        r.get(ROOT_CERTIFICATE.NAME),
        Pem.certificate(r.get(ROOT_CERTIFICATE.CERTIFICATE)),
        r.get(ROOT_CERTIFICATE.CREATED_BY),
        r.get(ROOT_CERTIFICATE.CREATED_AT));
  }

  /** The CAs that we made, by operator. */
  Map<Long, List<X509Certificate>> ownAuthorities() {
    Map<Long, List<X509Certificate>> found = new HashMap<>();
    database
        .dsl()
        .select(CERT_AUTHORITY.OPERATOR_ID, CERT_AUTHORITY.CERTIFICATE)
        .from(CERT_AUTHORITY)
        .forEach(
            r ->
                found
                    .computeIfAbsent(r.value1(), _ -> new ArrayList<>())
                    .add(Pem.certificate(r.value2())));
    return found;
  }
}
