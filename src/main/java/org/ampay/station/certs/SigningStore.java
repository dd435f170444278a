package org.ampay.station.certs;

import static org.ampay.store.tables.Tables.CERTIFICATE_REQUEST;
import static org.ampay.store.tables.Tables.STATION;
import static org.ampay.store.tables.Tables.STATION_CERTIFICATE;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.ampay.station.certs.SigningRequest.State;
import org.ampay.store.Database;
import org.ampay.store.SqlTx;
import org.ampay.store.Tx;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;

/** Requests of stations and the certificates that they got. */
final class SigningStore {

  private static final Set<String> OPEN = Set.of(State.RECEIVED.word(), State.SIGNED.word());

  private final Database database;

  SigningStore(Database database) {
    this.database = database;
  }

  private static DSLContext dsl(Tx tx) {
    return SqlTx.of(tx).dsl();
  }

  /** Adds a request; open ones of the same station and use are superseded by it. */
  void insert(Tx tx, SigningRequest request) {
    if (request.state() == State.RECEIVED) {
      dsl(tx)
          .update(CERTIFICATE_REQUEST)
          .set(CERTIFICATE_REQUEST.STATE, State.SUPERSEDED.word())
          .set(CERTIFICATE_REQUEST.CHANGED_AT, request.receivedAt())
          .where(CERTIFICATE_REQUEST.STATION_ID.eq(request.stationId()))
          .and(CERTIFICATE_REQUEST.KIND.eq(request.use().word()))
          .and(CERTIFICATE_REQUEST.STATE.in(OPEN))
          .execute();
    }
    dsl(tx)
        .insertInto(CERTIFICATE_REQUEST)
        .set(CERTIFICATE_REQUEST.ID, request.id())
        .set(CERTIFICATE_REQUEST.OPERATOR_ID, request.operatorId())
        .set(CERTIFICATE_REQUEST.STATION_ID, request.stationId())
        .set(CERTIFICATE_REQUEST.KIND, request.use().word())
        .set(CERTIFICATE_REQUEST.CSR, request.csr())
        .set(CERTIFICATE_REQUEST.STATE, request.state().word())
        .set(CERTIFICATE_REQUEST.REASON, CertificateStore.cut(request.reason(), 500))
        .set(CERTIFICATE_REQUEST.RECEIVED_AT, request.receivedAt())
        .set(CERTIFICATE_REQUEST.CHANGED_AT, request.changedAt())
        .execute();
  }

  /** An open request with the same text, which need not be taken twice. */
  boolean isOpen(long stationId, SigningUse use, String csr) {
    return database
        .dsl()
        .fetchExists(
            CERTIFICATE_REQUEST,
            CERTIFICATE_REQUEST
                .STATION_ID
                .eq(stationId)
                .and(CERTIFICATE_REQUEST.KIND.eq(use.word()))
                .and(CERTIFICATE_REQUEST.STATE.in(OPEN))
                .and(CERTIFICATE_REQUEST.CSR.eq(csr)));
  }

  /** How many requests of a station came since then. */
  int since(long stationId, Instant from) {
    return database
        .dsl()
        .fetchCount(
            CERTIFICATE_REQUEST,
            CERTIFICATE_REQUEST
                .STATION_ID
                .eq(stationId)
                .and(CERTIFICATE_REQUEST.RECEIVED_AT.ge(from)));
  }

  /** How often the station refused what we signed since then. */
  int rejectedSince(Tx tx, long stationId, SigningUse use, Instant from) {
    return dsl(tx)
        .fetchCount(
            CERTIFICATE_REQUEST,
            CERTIFICATE_REQUEST
                .STATION_ID
                .eq(stationId)
                .and(CERTIFICATE_REQUEST.KIND.eq(use.word()))
                .and(CERTIFICATE_REQUEST.STATE.eq(State.REJECTED.word()))
                .and(CERTIFICATE_REQUEST.CHANGED_AT.ge(from)));
  }

  Optional<SigningRequest> request(long id) {
    return requests(CERTIFICATE_REQUEST.ID.eq(id), 1).stream().findFirst();
  }

  List<SigningRequest> requestsOf(long stationId, int limit) {
    return requests(CERTIFICATE_REQUEST.STATION_ID.eq(stationId), limit);
  }

  /** An operator's requests that were refused, rejected or failed since then, newest first. */
  List<SigningRequest> failed(long operatorId, Instant from, int limit) {
    return requests(
        CERTIFICATE_REQUEST
            .OPERATOR_ID
            .eq(operatorId)
            .and(
                CERTIFICATE_REQUEST.STATE.in(
                    State.REFUSED.word(), State.REJECTED.word(), State.FAILED.word()))
            .and(CERTIFICATE_REQUEST.CHANGED_AT.ge(from)),
        limit);
  }

  private List<SigningRequest> requests(Condition which, int limit) {
    return database
        .dsl()
        .selectFrom(CERTIFICATE_REQUEST)
        .where(which)
        .orderBy(CERTIFICATE_REQUEST.ID.desc())
        .limit(limit)
        .fetch(SigningStore::request);
  }

  /** Moves a request on; false when it is no longer in that state. */
  boolean move(Tx tx, SigningRequest request, State to, String reason, Instant now) {
    return dsl(tx)
            .update(CERTIFICATE_REQUEST)
            .set(CERTIFICATE_REQUEST.STATE, to.word())
            .set(CERTIFICATE_REQUEST.REASON, CertificateStore.cut(reason, 500))
            .set(CERTIFICATE_REQUEST.CHANGED_AT, now)
            .where(CERTIFICATE_REQUEST.ID.eq(request.id()))
            .and(CERTIFICATE_REQUEST.STATE.eq(request.state().word()))
            .execute()
        == 1;
  }

  /** Keeps what was signed; false when the request is no longer open. */
  boolean signed(
      Tx tx, SigningRequest request, long certificateId, List<X509Certificate> chain, Instant now) {
    int rows =
        dsl(tx)
            .update(CERTIFICATE_REQUEST)
            .set(CERTIFICATE_REQUEST.STATE, State.SIGNED.word())
            .set(CERTIFICATE_REQUEST.CHAIN, Pem.of(chain))
            .set(CERTIFICATE_REQUEST.CERTIFICATE_ID, certificateId)
            .set(CERTIFICATE_REQUEST.CHANGED_AT, now)
            .where(CERTIFICATE_REQUEST.ID.eq(request.id()))
            .and(CERTIFICATE_REQUEST.STATE.eq(State.RECEIVED.word()))
            .execute();
    if (rows == 1) {
      insert(
          tx,
          new NewCertificate(
              certificateId, request.operatorId(), request.stationId(), request.use(), "signed"),
          "issued",
          chain.getFirst(),
          now);
    }
    return rows == 1;
  }

  /** Whose certificate, and where it comes from. */
  record NewCertificate(long id, long operatorId, long stationId, SigningUse use, String source) {}

  /** False when the station's certificate is known already. */
  boolean insert(Tx tx, NewCertificate of, String state, X509Certificate certificate, Instant now) {
    return dsl(tx)
            .insertInto(STATION_CERTIFICATE)
            .set(STATION_CERTIFICATE.ID, of.id())
            .set(STATION_CERTIFICATE.OPERATOR_ID, of.operatorId())
            .set(STATION_CERTIFICATE.STATION_ID, of.stationId())
            .set(STATION_CERTIFICATE.KIND, of.use().word())
            .set(STATION_CERTIFICATE.SOURCE, of.source())
            .set(STATION_CERTIFICATE.STATE, state)
            .set(
                STATION_CERTIFICATE.SUBJECT,
                CertificateStore.cut(certificate.getSubjectX500Principal().getName(), 500))
            .set(
                STATION_CERTIFICATE.SERIAL_NUMBER,
                CertificateStore.cut(Pem.serial(certificate), 40))
            .set(STATION_CERTIFICATE.FINGERPRINT, Pem.fingerprint(certificate))
            .set(STATION_CERTIFICATE.CERTIFICATE, Pem.of(certificate))
            .set(STATION_CERTIFICATE.NOT_BEFORE, certificate.getNotBefore().toInstant())
            .set(STATION_CERTIFICATE.NOT_AFTER, certificate.getNotAfter().toInstant())
            .set(STATION_CERTIFICATE.RENEWAL_NOTE, "")
            .set(STATION_CERTIFICATE.CREATED_AT, now)
            .onDuplicateKeyIgnore()
            .execute()
        == 1;
  }

  /** The station took it: it is current, those before it are replaced. */
  void installed(Tx tx, SigningRequest request, long certificateId) {
    dsl(tx)
        .update(STATION_CERTIFICATE)
        .set(STATION_CERTIFICATE.STATE, "replaced")
        .where(STATION_CERTIFICATE.STATION_ID.eq(request.stationId()))
        .and(STATION_CERTIFICATE.KIND.eq(request.use().word()))
        .and(STATION_CERTIFICATE.STATE.eq("current"))
        .execute();
    state(tx, certificateId, "current");
  }

  /** Sets the state of a certificate that was not revoked in the meantime. */
  void state(Tx tx, long certificateId, String state) {
    dsl(tx)
        .update(STATION_CERTIFICATE)
        .set(STATION_CERTIFICATE.STATE, state)
        .where(STATION_CERTIFICATE.ID.eq(certificateId))
        .and(STATION_CERTIFICATE.STATE.ne("revoked"))
        .execute();
  }

  boolean revoke(Tx tx, long operatorId, long id, String reason, Instant now) {
    int rows =
        dsl(tx)
            .update(STATION_CERTIFICATE)
            .set(STATION_CERTIFICATE.STATE, "revoked")
            .set(STATION_CERTIFICATE.REVOKED_AT, now)
            .set(STATION_CERTIFICATE.REVOCATION_REASON, CertificateStore.cut(reason, 200))
            .where(STATION_CERTIFICATE.ID.eq(id))
            .and(STATION_CERTIFICATE.OPERATOR_ID.eq(operatorId))
            .and(STATION_CERTIFICATE.REVOKED_AT.isNull())
            .execute();
    CertificateStore.changed(tx);
    return rows == 1;
  }

  /** Fingerprints of all that is revoked and has not ended. */
  Set<String> revoked(Instant now) {
    return database
        .dsl()
        .select(STATION_CERTIFICATE.FINGERPRINT)
        .from(STATION_CERTIFICATE)
        .where(STATION_CERTIFICATE.STATE.eq("revoked"))
        .and(STATION_CERTIFICATE.NOT_AFTER.ge(now))
        .fetch(STATION_CERTIFICATE.FINGERPRINT)
        .stream()
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Takes the renewal of a certificate upon itself; false when somebody did since {@code before}.
   */
  boolean claimRenewal(Tx tx, long certificateId, Instant now, Instant before) {
    return dsl(tx)
            .update(STATION_CERTIFICATE)
            .set(STATION_CERTIFICATE.RENEWAL_TRIED_AT, now)
            .where(STATION_CERTIFICATE.ID.eq(certificateId))
            .and(
                STATION_CERTIFICATE
                    .RENEWAL_TRIED_AT
                    .isNull()
                    .or(STATION_CERTIFICATE.RENEWAL_TRIED_AT.lt(before)))
            .execute()
        == 1;
  }

  /** Notes on the station's current certificate of that use what came of a renewal. */
  void noteRenewal(Tx tx, long stationId, SigningUse use, String note) {
    dsl(tx)
        .update(STATION_CERTIFICATE)
        .set(STATION_CERTIFICATE.RENEWAL_NOTE, CertificateStore.cut(note, 200))
        .where(STATION_CERTIFICATE.STATION_ID.eq(stationId))
        .and(STATION_CERTIFICATE.KIND.eq(use.word()))
        .and(STATION_CERTIFICATE.STATE.eq("current"))
        .execute();
  }

  List<StationCertificate> certificatesOf(long stationId, int limit) {
    return certificates(STATION_CERTIFICATE.STATION_ID.eq(stationId), limit);
  }

  /** Current ones of all operators that end before then, soonest first. */
  List<StationCertificate> ending(Instant before, int limit) {
    return certificates(endingBefore(before), limit);
  }

  /** Current ones of an operator that end before then, soonest first. */
  List<StationCertificate> ending(long operatorId, Instant before, int limit) {
    return certificates(
        endingBefore(before).and(STATION_CERTIFICATE.OPERATOR_ID.eq(operatorId)), limit);
  }

  private static Condition endingBefore(Instant before) {
    return STATION_CERTIFICATE.STATE.eq("current").and(STATION_CERTIFICATE.NOT_AFTER.lt(before));
  }

  /** All of an operator, those that end first before the others. */
  List<StationCertificate> certificates(long operatorId, int limit) {
    return certificates(STATION_CERTIFICATE.OPERATOR_ID.eq(operatorId), limit);
  }

  private List<StationCertificate> certificates(Condition which, int limit) {
    return database
        .dsl()
        .select(STATION_CERTIFICATE.fields())
        .select(STATION.IDENTITY)
        .from(STATION_CERTIFICATE)
        .join(STATION)
        .on(STATION.ID.eq(STATION_CERTIFICATE.STATION_ID))
        .where(which)
        .orderBy(STATION_CERTIFICATE.NOT_AFTER, STATION_CERTIFICATE.ID)
        .limit(limit)
        .fetch(SigningStore::certificate);
  }

  private static SigningRequest request(Record r) {
    return new SigningRequest(
        r.get(CERTIFICATE_REQUEST.ID),
        r.get(CERTIFICATE_REQUEST.OPERATOR_ID),
        r.get(CERTIFICATE_REQUEST.STATION_ID),
        SigningUse.of(r.get(CERTIFICATE_REQUEST.KIND)).orElseThrow(),
        r.get(CERTIFICATE_REQUEST.CSR),
        State.valueOf(r.get(CERTIFICATE_REQUEST.STATE).toUpperCase(Locale.ROOT)),
        r.get(CERTIFICATE_REQUEST.REASON),
        Optional.ofNullable(r.get(CERTIFICATE_REQUEST.CHAIN)),
        Optional.ofNullable(r.get(CERTIFICATE_REQUEST.CERTIFICATE_ID)),
        r.get(CERTIFICATE_REQUEST.RECEIVED_AT),
        r.get(CERTIFICATE_REQUEST.CHANGED_AT));
  }

  private static StationCertificate certificate(Record r) {
    return new StationCertificate(
        r.get(STATION_CERTIFICATE.ID),
        r.get(STATION_CERTIFICATE.OPERATOR_ID),
        r.get(STATION_CERTIFICATE.STATION_ID),
        r.get(STATION.IDENTITY),
        SigningUse.of(r.get(STATION_CERTIFICATE.KIND)).orElseThrow(),
        r.get(STATION_CERTIFICATE.SOURCE),
        r.get(STATION_CERTIFICATE.STATE),
        r.get(STATION_CERTIFICATE.SUBJECT),
        r.get(STATION_CERTIFICATE.SERIAL_NUMBER),
        r.get(STATION_CERTIFICATE.FINGERPRINT),
        r.get(STATION_CERTIFICATE.CERTIFICATE),
        r.get(STATION_CERTIFICATE.NOT_BEFORE),
        r.get(STATION_CERTIFICATE.NOT_AFTER),
        r.get(STATION_CERTIFICATE.RENEWAL_TRIED_AT),
        r.get(STATION_CERTIFICATE.RENEWAL_NOTE),
        r.get(STATION_CERTIFICATE.REVOKED_AT),
        r.get(STATION_CERTIFICATE.REVOCATION_REASON));
  }
}
