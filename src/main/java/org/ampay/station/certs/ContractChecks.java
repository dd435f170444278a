package org.ampay.station.certs;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertStore;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXCertPathBuilderResult;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.ampay.base.TimeSource;
import org.ampay.station.certs.ContractVerdict.Finding;
import org.ampay.store.Database;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x500.style.IETFUtils;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.GeneralName;

/**
 * Contract certificates of vehicles (C07): a chain sent whole is verified up to the operator's MO
 * and V2G roots, and each of its certificates by OCSP; of a chain that the station verified itself
 * there are hashes, which OCSP is asked about.
 */
public final class ContractChecks {

  private static final Set<CertificateKind> ROOTS = Set.of(CertificateKind.MO, CertificateKind.V2G);
  private static final String AUTHORITY_INFORMATION = "1.3.6.1.5.5.7.1.1";
  static final String ALGORITHM = "SHA256";

  private final CertificateStore store;
  private final OcspClient ocsp;
  private final TimeSource time;

  public ContractChecks(Database database, OcspClient ocsp, TimeSource time) {
    this.store = new CertificateStore(database);
    this.ocsp = ocsp;
    this.time = time;
  }

  /**
   * What was presented.
   *
   * @param token the eMAID that the certificate must be for
   * @param chain PEM, the contract certificate first; empty when only hashes were sent
   */
  public record Presented(
      long operatorId, String token, Optional<String> chain, List<OcspQuestion> hashes) {
    public Presented {
      hashes = List.copyOf(hashes);
    }
  }

  /** Judges; blocks while responders are asked. */
  public ContractVerdict check(Presented presented) {
    List<RootCertificate> known = store.roots(presented.operatorId());
    List<X509Certificate> issuers =
        known.stream().map(RootCertificate::certificate).collect(Collectors.toList());
    try {
      List<OcspQuestion> questions = new ArrayList<>(presented.hashes());
      if (presented.chain().isPresent()) {
        List<X509Certificate> chain = Pem.certificates(presented.chain().get());
        Optional<ContractVerdict> expired = expired(chain);
        if (expired.isPresent()) {
          return expired.get();
        }
        List<X509Certificate> path = path(chain, known);
        checkToken(chain.getFirst(), presented.token());
        issuers.addAll(path);
        addQuestions(questions, path);
      }
      return ask(questions, issuers);
    } catch (BadCertificateException e) {
      return new ContractVerdict(Finding.CHAIN_ERROR, e.reason());
    }
  }

  private ContractVerdict ask(List<OcspQuestion> questions, Collection<X509Certificate> issuers) {
    if (questions.isEmpty()) {
      return new ContractVerdict(
          Finding.CHAIN_ERROR, "there is no responder to ask about the certificate");
    }
    ContractVerdict verdict = ContractVerdict.good();
    for (OcspQuestion question : questions) {
      switch (ocsp.ask(question, issuers)) {
        case OcspAnswer.NotObtained none ->
            verdict = new ContractVerdict(Finding.CHAIN_ERROR, none.reason());
        case OcspAnswer.Obtained obtained -> {
          switch (obtained.status()) {
            case GOOD -> {}
            case REVOKED -> {
              return new ContractVerdict(
                  Finding.REVOKED, "serial number " + question.hash().serialNumber());
            }
            case UNKNOWN ->
                verdict =
                    new ContractVerdict(
                        Finding.CHAIN_ERROR, "the responder does not know the certificate");
          }
        }
      }
    }
    return verdict;
  }

  private Optional<ContractVerdict> expired(List<X509Certificate> chain) {
    Instant now = time.now();
    return chain.stream()
        .filter(one -> one.getNotAfter().toInstant().isBefore(now))
        .findFirst()
        .map(
            one ->
                new ContractVerdict(Finding.EXPIRED, "ended at " + one.getNotAfter().toInstant()));
  }

  /** The certificates from the contract's to the root, the root included. */
  private List<X509Certificate> path(List<X509Certificate> chain, List<RootCertificate> known) {
    Set<TrustAnchor> anchors =
        known.stream()
            .filter(root -> ROOTS.contains(root.kind()))
            .map(root -> new TrustAnchor(root.certificate(), null))
            .collect(Collectors.toSet());
    if (anchors.isEmpty()) {
      throw new BadCertificateException("there is no mo or v2g root to check it with");
    }
    Set<X509Certificate> between = new LinkedHashSet<>(chain);
    known.stream()
        .filter(root -> root.kind() == CertificateKind.SUB_CA)
        .forEach(root -> between.add(root.certificate()));
    X509CertSelector target = new X509CertSelector();
    target.setCertificate(chain.getFirst());
    try {
      PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, target);
      parameters.setRevocationEnabled(false); // OCSP is asked by ourselves, with our limits
      parameters.setDate(Date.from(time.now()));
      parameters.addCertStore(
          CertStore.getInstance("Collection", new CollectionCertStoreParameters(between)));
      PKIXCertPathBuilderResult result =
          (PKIXCertPathBuilderResult) CertPathBuilder.getInstance("PKIX").build(parameters);
      List<X509Certificate> path = new ArrayList<>();
      result.getCertPath().getCertificates().forEach(one -> path.add((X509Certificate) one));
      path.add(result.getTrustAnchor().getTrustedCert());
      return path;
    } catch (CertPathBuilderException e) {
      throw new BadCertificateException("no chain leads to a mo or v2g root", e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JRE can build PKIX paths", e);
    }
  }

  /** The contract certificate's CN is the eMAID; dashes are for people. */
  private static void checkToken(X509Certificate contract, String token) {
    var names =
        X500Name.getInstance(contract.getSubjectX500Principal().getEncoded()).getRDNs(BCStyle.CN);
    String commonName =
        names.length == 0 ? "" : IETFUtils.valueToString(names[0].getFirst().getValue());
    if (!plain(commonName).equals(plain(token))) {
      throw new BadCertificateException(
          "the certificate is for '" + commonName + "', not for the token");
    }
  }

  private static String plain(String emaid) {
    return emaid.replace("-", "").toLowerCase(Locale.ROOT);
  }

  /** One question a certificate that names its responder; the contract's must have one. */
  private static void addQuestions(List<OcspQuestion> questions, List<X509Certificate> path) {
    boolean told = !questions.isEmpty();
    for (int i = 0; i + 1 < path.size(); i++) {
      Optional<String> responder = responder(path.get(i));
      if (i == 0 && responder.isEmpty() && !told) {
        throw new BadCertificateException("the certificate names no OCSP responder");
      }
      CertificateHash hash = CertificateHash.of(path.get(i), path.get(i + 1), ALGORITHM);
      responder.ifPresent(url -> questions.add(new OcspQuestion(hash, url)));
    }
  }

  /** Where the certificate says that its OCSP responder is. */
  static Optional<String> responder(X509Certificate certificate) {
    byte[] extension = certificate.getExtensionValue(AUTHORITY_INFORMATION);
    if (extension == null) {
      return Optional.empty();
    }
    try {
      AuthorityInformationAccess access =
          AuthorityInformationAccess.getInstance(
              org.bouncycastle.asn1.ASN1Primitive.fromByteArray(
                  ASN1OctetString.getInstance(extension).getOctets()));
      for (AccessDescription one : access.getAccessDescriptions()) {
        GeneralName location = one.getAccessLocation();
        if (one.getAccessMethod().equals(AccessDescription.id_ad_ocsp)
            && location.getTagNo() == GeneralName.uniformResourceIdentifier) {
          return Optional.of(location.getName().toString());
        }
      }
      return Optional.empty();
    } catch (IOException | RuntimeException e) {
      throw new BadCertificateException("the certificate's responder cannot be read", e);
    }
  }
}
