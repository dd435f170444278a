package org.ampay.station.certs;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.ampay.station.StationInfo;
import org.ampay.store.Database;

/** The desk: hands each question to whoever can answer it, on a thread that may wait. */
public final class Certificates implements CertificateDesk {

  /** Who answers. */
  public record Parts(
      Database database,
      CertificateSigning signing,
      OcspClient ocsp,
      ContractChecks contracts,
      ContractCertificates backend) {}

  private final Parts parts;
  private final CertificateStore store;
  private final Executor blocking;

  public Certificates(Parts parts, Executor blocking) {
    this.parts = parts;
    this.store = new CertificateStore(parts.database());
    this.blocking = blocking;
  }

  @Override
  public CompletionStage<Boolean> sign(
      StationInfo station, SigningUse use, String csr, Instant receivedAt) {
    return CompletableFuture.supplyAsync(
        () -> parts.signing().request(station, use, csr, receivedAt), blocking);
  }

  @Override
  public CompletionStage<OcspAnswer> status(StationInfo station, OcspQuestion question) {
    return CompletableFuture.supplyAsync(
        () -> parts.ocsp().ask(question, issuers(station.operatorId())), blocking);
  }

  private List<X509Certificate> issuers(long operatorId) {
    return store.roots(operatorId).stream().map(RootCertificate::certificate).toList();
  }

  @Override
  public CompletionStage<ContractVerdict> contract(ContractChecks.Presented presented) {
    return CompletableFuture.supplyAsync(() -> parts.contracts().check(presented), blocking);
  }

  @Override
  public CompletionStage<ContractCertificates.Outcome> evCertificate(
      ContractCertificates.Request request) {
    return CompletableFuture.supplyAsync(() -> parts.backend().exchange(request), blocking);
  }
}
