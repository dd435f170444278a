package org.ampay.ocpp.edge;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.ampay.station.StationInfo;
import org.ampay.station.certs.CertificateDesk;
import org.ampay.station.certs.ContractCertificates;
import org.ampay.station.certs.ContractChecks;
import org.ampay.station.certs.ContractVerdict;
import org.ampay.station.certs.OcspAnswer;
import org.ampay.station.certs.OcspQuestion;
import org.ampay.station.certs.SigningUse;

/**
 * A desk of an installation without authority, responders and backend: it says no to everything.
 */
final class FakeCertificates implements CertificateDesk {

  @Override
  public CompletionStage<Boolean> sign(
      StationInfo station, SigningUse use, String csr, Instant receivedAt) {
    return CompletableFuture.completedFuture(false);
  }

  @Override
  public CompletionStage<OcspAnswer> status(StationInfo station, OcspQuestion question) {
    return CompletableFuture.completedFuture(new OcspAnswer.NotObtained("nobody is asked"));
  }

  @Override
  public CompletionStage<ContractVerdict> contract(ContractChecks.Presented presented) {
    return CompletableFuture.completedFuture(
        new ContractVerdict(ContractVerdict.Finding.CHAIN_ERROR, "nobody is asked"));
  }

  @Override
  public CompletionStage<ContractCertificates.Outcome> evCertificate(
      ContractCertificates.Request request) {
    return CompletableFuture.completedFuture(
        new ContractCertificates.Outcome.Failed("nobody is asked"));
  }
}
