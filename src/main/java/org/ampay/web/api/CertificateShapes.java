package org.ampay.web.api;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import org.ampay.station.certs.CertificateChange;
import org.ampay.station.certs.InstalledCertificate;
import org.ampay.station.certs.OwnAuthority;
import org.ampay.station.certs.Pem;
import org.ampay.station.certs.RootCertificate;
import org.ampay.station.certs.SigningRequest;
import org.ampay.station.certs.StationCertificate;
import org.ampay.station.certs.StationCertificates;
import org.ampay.web.http.Field;
import org.jspecify.annotations.Nullable;

/** What goes in and comes out of the calls for certificates. */
final class CertificateShapes {

  private CertificateShapes() {}

  record RootOut(
      long id,
      long operator,
      String kind,
      String name,
      String subject,
      String serialNumber,
      String fingerprint,
      Instant notAfter,
      String certificate,
      String createdBy,
      Instant createdAt) {

    static RootOut of(RootCertificate root) {
      return new RootOut(
          root.id(),
          root.operatorId(),
          root.kind().word(),
          root.name(),
          root.subject(),
          Pem.serial(root.certificate()),
          Pem.fingerprint(root.certificate()),
          root.notAfter(),
          Pem.of(root.certificate()),
          root.createdBy(),
          root.createdAt());
    }
  }

  record AuthorityOut(
      long id,
      String level,
      int generation,
      String subject,
      String fingerprint,
      Instant notAfter,
      String certificate,
      @Field("the same key, signed by the root before it") @Nullable String crossed) {

    static AuthorityOut of(OwnAuthority.Authority authority) {
      X509Certificate certificate = authority.certificate();
      return new AuthorityOut(
          authority.id(),
          authority.level().word(),
          authority.generation(),
          certificate.getSubjectX500Principal().getName(),
          Pem.fingerprint(certificate),
          certificate.getNotAfter().toInstant(),
          Pem.of(certificate),
          authority.crossed().map(Pem::of).orElse(null));
    }
  }

  record InstallableOut(String key, String kind, String name, Instant notAfter) {

    static InstallableOut of(StationCertificates.Installable one) {
      return new InstallableOut(
          one.key(), one.kind().word(), one.name(), one.certificate().getNotAfter().toInstant());
    }
  }

  record InstallIn(
      @Field(value = "a key of GET /certificates/installable", maxLength = 40) String certificate,
      @Field(value = "ids of stations", maxItems = 100) List<String> stations) {}

  record InstallOut(
      String station,
      @Field("the station's word; not_connected, no_answer or error without one") String status,
      String detail) {}

  record StatusOut(
      @Field("the station's word; error when there is none") String status, String detail) {}

  record RenewIn(@Field(value = "station, v2g or combined", maxLength = 10) String use) {}

  record RefreshIn(
      @Field(value = "central, manufacturer, v2g, mo, v2g_chain; all by default", maxItems = 10)
          @Nullable List<String> kinds) {}

  record RevokeIn(@Field(value = "for people", maxLength = 200) @Nullable String reason) {}

  record StationCertificateOut(
      long id,
      String station,
      String use,
      String source,
      String state,
      String subject,
      String serialNumber,
      String fingerprint,
      Instant notBefore,
      Instant notAfter,
      @Nullable Instant renewalTriedAt,
      String renewalNote,
      @Nullable Instant revokedAt,
      @Nullable String revocationReason,
      String certificate) {

    static StationCertificateOut of(StationCertificate c) {
      return new StationCertificateOut(
          c.id(),
          c.station(),
          c.use().word(),
          c.source(),
          c.state(),
          c.subject(),
          c.serialNumber(),
          c.fingerprint(),
          c.notBefore(),
          c.notAfter(),
          c.renewalTriedAt(),
          c.renewalNote(),
          c.revokedAt(),
          c.revocationReason(),
          c.pem());
    }
  }

  record RequestOut(
      long id,
      String use,
      String state,
      String reason,
      Instant receivedAt,
      Instant changedAt,
      String csr,
      @Nullable String chain) {

    static RequestOut of(SigningRequest request) {
      return new RequestOut(
          request.id(),
          request.use().word(),
          request.state().word(),
          request.reason(),
          request.receivedAt(),
          request.changedAt(),
          request.csr(),
          request.chain().orElse(null));
    }
  }

  record InstalledOut(
      long id,
      String kind,
      @Field("of a chain's further certificates: its first") @Nullable Long parent,
      String hashAlgorithm,
      String issuerNameHash,
      String issuerKeyHash,
      String serialNumber,
      Instant reportedAt) {

    static InstalledOut of(InstalledCertificate one) {
      return new InstalledOut(
          one.id(),
          one.kind().word(),
          one.parentId().orElse(null),
          one.hash().algorithm(),
          one.hash().issuerNameHash(),
          one.hash().issuerKeyHash(),
          one.hash().serialNumber(),
          one.reportedAt());
    }
  }

  record ChangeOut(
      String action, String kind, String subject, String actor, String outcome, Instant doneAt) {

    static ChangeOut of(CertificateChange change) {
      return new ChangeOut(
          change.action(),
          change.kind().word(),
          change.subject(),
          change.actor(),
          change.outcome(),
          change.doneAt());
    }
  }

  record StationOverviewOut(
      List<StationCertificateOut> own,
      List<RequestOut> requests,
      List<InstalledOut> installed,
      List<ChangeOut> changes) {}

  record RefreshOut(String status, List<InstalledOut> installed) {}
}
