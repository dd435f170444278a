package org.ampay.station.certs;

import static org.ampay.store.tables.Tables.CERT_AUTHORITY;
import static org.ampay.store.tables.Tables.OPERATOR;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.ampay.store.SqlTx;
import org.ampay.store.Tx;
import org.jooq.DSLContext;
import org.jooq.Record;

/** Our own CAs. */
public final class AuthorityStore {

  AuthorityStore() {}

  /** Where a CA stands. */
  public enum Level {
    ROOT,
    ISSUING;

    /** As stored and as the API writes it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A CA with its encrypted key. */
  record AuthorityRow(
      long id,
      long operatorId,
      Level level,
      int generation,
      X509Certificate certificate,
      Optional<X509Certificate> crossed,
      byte[] privateKey,
      Instant createdAt) {

    /** Never shows the key. */
    @Override
    public String toString() {
      return "AuthorityRow[" + id + "]";
    }
  }

  private static DSLContext dsl(Tx tx) {
    return SqlTx.of(tx).dsl();
  }

  /** Lets one at a time make CAs of that operator. */
  void lock(Tx tx, long operatorId) {
    dsl(tx)
        .select(OPERATOR.ID)
        .from(OPERATOR)
        .where(OPERATOR.ID.eq(operatorId))
        .forUpdate()
        .fetch();
  }

  Optional<AuthorityRow> newest(Tx tx, long operatorId, Level level) {
    return dsl(tx)
        .selectFrom(CERT_AUTHORITY)
        .where(CERT_AUTHORITY.OPERATOR_ID.eq(operatorId))
        .and(CERT_AUTHORITY.LEVEL.eq(level.word()))
        .orderBy(CERT_AUTHORITY.GENERATION.desc())
        .limit(1)
        .fetchOptional(AuthorityStore::row);
  }

  List<AuthorityRow> list(Tx tx, long operatorId) {
    return dsl(tx)
        .selectFrom(CERT_AUTHORITY)
        .where(CERT_AUTHORITY.OPERATOR_ID.eq(operatorId))
        .orderBy(CERT_AUTHORITY.LEVEL.desc(), CERT_AUTHORITY.GENERATION.desc())
        .limit(100)
        .fetch(AuthorityStore::row);
  }

  void insert(Tx tx, AuthorityRow row) {
    dsl(tx)
        .insertInto(CERT_AUTHORITY)
        .set(CERT_AUTHORITY.ID, row.id())
        .set(CERT_AUTHORITY.OPERATOR_ID, row.operatorId())
        .set(CERT_AUTHORITY.LEVEL, row.level().word())
        .set(CERT_AUTHORITY.GENERATION, row.generation())
        .set(CERT_AUTHORITY.CERTIFICATE, Pem.of(row.certificate()))
        .set(CERT_AUTHORITY.CROSSED, row.crossed().map(Pem::of).orElse(null))
        .set(CERT_AUTHORITY.PRIVATE_KEY, row.privateKey())
        .set(CERT_AUTHORITY.NOT_AFTER, row.certificate().getNotAfter().toInstant())
        .set(CERT_AUTHORITY.CREATED_AT, row.createdAt())
        .execute();
    CertificateStore.changed(tx);
  }

  private static AuthorityRow row(Record r) {
    return new AuthorityRow(
        r.get(CERT_AUTHORITY.ID),
        r.get(CERT_AUTHORITY.OPERATOR_ID),
        Level.valueOf(r.get(CERT_AUTHORITY.LEVEL).toUpperCase(Locale.ROOT)),
        r.get(CERT_AUTHORITY.GENERATION),
        Pem.certificate(r.get(CERT_AUTHORITY.CERTIFICATE)),
        Optional.ofNullable(r.get(CERT_AUTHORITY.CROSSED)).map(Pem::certificate),
        r.get(CERT_AUTHORITY.PRIVATE_KEY),
        r.get(CERT_AUTHORITY.CREATED_AT));
  }
}
