package org.ampay.station.certs;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ampay.base.IdSource;
import org.ampay.base.TimeSource;
import org.ampay.station.StationInfo;
import org.ampay.store.Database;
import org.ampay.store.JobStore;

/**
 * What the TLS gate needs to know of stations' certificates, held in memory: whose signature
 * counts, and which certificates were revoked (A00.FR.704, A00.FR.705). Our own authority keeps the
 * revocations itself, so the list is its answer, never older than a refresh; another authority is
 * asked by OCSP where its certificate names a responder.
 */
public final class StationTrust implements ClientTrust {

  private record State(
      long version,
      List<X509Certificate> all,
      Map<Long, List<X509Certificate>> byOperator,
      Set<String> own,
      Set<String> revoked) {}

  private final Database database;
  private final CertificateStore store;
  private final SigningStore signing;
  private final OcspClient ocsp;
  private final JobStore jobs;
  private final IdSource ids;
  private final TimeSource time;
  private volatile State state;

  /** Reads everything. */
  public StationTrust(
      Database database, OcspClient ocsp, JobStore jobs, IdSource ids, TimeSource time) {
    this.database = database;
    this.store = new CertificateStore(database);
    this.signing = new SigningStore(database);
    this.ocsp = ocsp;
    this.jobs = jobs;
    this.ids = ids;
    this.time = time;
    this.state = load();
  }

  /** Reads everything again when somebody has written; cheap when not. */
  public void refresh() {
    if (store.version() != state.version()) {
      state = load();
    }
  }

  private State load() {
    long version = store.version();
    Map<Long, List<X509Certificate>> byOperator = new HashMap<>();
    Set<String> own = new HashSet<>();
    store
        .ownAuthorities()
        .forEach(
            (operator, authorities) -> {
              byOperator.put(operator, new ArrayList<>(authorities));
              authorities.forEach(one -> own.add(Pem.fingerprint(one)));
            });
    for (RootCertificate root : store.allRoots()) {
      switch (root.kind()) {
        case CENTRAL, MANUFACTURER, SUB_CA ->
            byOperator
                .computeIfAbsent(root.operatorId(), _ -> new ArrayList<>())
                .add(root.certificate());
        case V2G, MO, V2G_CHAIN -> {} // nobody's word towards us
      }
    }
    List<X509Certificate> all = byOperator.values().stream().flatMap(List::stream).toList();
    return new State(
        version, all, Map.copyOf(byOperator), Set.copyOf(own), signing.revoked(time.now()));
  }

  /**
   * The authorities of all operators: our own CAs, uploaded central, manufacturers' and sub CAs.
   */
  public List<X509Certificate> roots() {
    return state.all();
  }

  @Override
  public List<X509Certificate> roots(long operatorId) {
    return List.copyOf(state.byOperator().getOrDefault(operatorId, List.of()));
  }

  /** True when that very certificate was revoked by a person. */
  public boolean isRevoked(X509Certificate certificate) {
    return state.revoked().contains(Pem.fingerprint(certificate));
  }

  @Override
  public Standing standing(long operatorId, X509Certificate certificate, X509Certificate issuer) {
    if (isRevoked(certificate)) {
      return Standing.REVOKED;
    }
    if (state.own().contains(Pem.fingerprint(issuer))) {
      return Standing.GOOD;
    }
    Optional<String> responder = ContractChecks.responder(certificate);
    if (responder.isEmpty()) {
      return Standing.UNKNOWN;
    }
    CertificateHash hash = CertificateHash.of(certificate, issuer, ContractChecks.ALGORITHM);
    return switch (ocsp.ask(new OcspQuestion(hash, responder.get()), List.of(issuer))) {
      case OcspAnswer.NotObtained _ -> Standing.UNKNOWN;
      case OcspAnswer.Obtained obtained ->
          switch (obtained.status()) {
            case GOOD -> Standing.GOOD;
            case REVOKED -> Standing.REVOKED;
            case UNKNOWN -> Standing.UNKNOWN;
          };
    };
  }

  /**
   * Notes a certificate that a station showed and that we did not sign, so that its end is watched.
   * One from the factory, whose O is not the operator's name, is renewed at once (A02.FR.01).
   * Blocks; a certificate that is known changes nothing.
   */
  public void seen(StationInfo station, X509Certificate certificate) {
    boolean factory =
        CsrRules.organization(certificate)
            .filter(o -> !o.equals(store.organization(station.operatorId())))
            .isPresent();
    SigningStore.NewCertificate row =
        new SigningStore.NewCertificate(
            ids.next(), station.operatorId(), station.id(), SigningUse.STATION, "seen");
    database
        .transactor()
        .run(
            tx -> {
              boolean isNew = signing.insert(tx, row, "current", certificate, time.now());
              if (isNew && factory) {
                jobs.insert(
                    tx, List.of(Renewals.job(station.id(), SigningUse.STATION, time.now())));
              }
            });
  }
}
