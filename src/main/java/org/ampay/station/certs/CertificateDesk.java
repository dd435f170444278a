package org.ampay.station.certs;

import java.time.Instant;
import java.util.concurrent.CompletionStage;
import org.ampay.station.StationInfo;

/** What stations' messages about certificates are answered with. */
public interface CertificateDesk {

  /**
   * SignCertificate: true is Accepted. Completes after the commit; fails when the database is away.
   */
  CompletionStage<Boolean> sign(
      StationInfo station, SigningUse use, String csr, Instant receivedAt);

  /** GetCertificateStatus (M06). */
  CompletionStage<OcspAnswer> status(StationInfo station, OcspQuestion question);

  /** Authorize with a contract certificate (C07). */
  CompletionStage<ContractVerdict> contract(ContractChecks.Presented presented);

  /** Get15118EVCertificate (M01, M02). */
  CompletionStage<ContractCertificates.Outcome> evCertificate(ContractCertificates.Request request);
}
