package org.ampay.station.certs;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.ampay.station.certs.OcspAnswer.Obtained;
import org.ampay.station.certs.OcspAnswer.Status;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.ocsp.OCSPResponseStatus;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.cert.ocsp.SingleResp;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;

/**
 * Whether an OCSP response may be believed (RFC 6960 section 3.2): about the very certificate that
 * was asked about, signed by its issuer or by one whom the issuer made a responder, in force now,
 * and with our nonce where it has one.
 *
 * <p>The issuer is recognised by the hash of its key in the question: among the certificates that
 * we know, or that the response brings.
 */
final class OcspCheck {

  private static final Duration SKEW = Duration.ofMinutes(5);

  /** Without nextUpdate newer information is always there: an answer is good for a moment. */
  private static final Duration WITHOUT_NEXT = Duration.ofMinutes(5);

  private static final Duration OLDEST_WITHOUT_NEXT = Duration.ofHours(24);
  private static final String OCSP_SIGNING = "1.3.6.1.5.5.7.3.9";

  private final CertificateHash hash;
  private final CertificateID id;
  private final Collection<X509Certificate> issuers;
  private final Instant now;

  OcspCheck(
      CertificateHash hash, CertificateID id, Collection<X509Certificate> issuers, Instant now) {
    this.hash = hash;
    this.id = id;
    this.issuers = issuers;
    this.now = now;
  }

  /** True when the responder answered the question at all. */
  static boolean isSuccessful(byte[] der) {
    try {
      return new OCSPResp(der).getStatus() == OCSPResponseStatus.SUCCESSFUL;
    } catch (IOException e) {
      return false; // no OCSP response: the caller tries another way
    }
  }

  /**
   * Judges.
   *
   * @param nonce what was sent
   * @throws BadCertificateException when it may not be believed, saying why
   */
  Obtained check(byte[] der, Optional<byte[]> nonce, boolean nonceRequired) {
    BasicOCSPResp basic = basic(der);
    checkNonce(basic, nonce, nonceRequired);
    checkSignature(basic);
    SingleResp single =
        Arrays.stream(basic.getResponses())
            .filter(one -> names(one.getCertID()))
            .findFirst()
            .orElseThrow(
                () -> new BadCertificateException("the response is about another certificate"));
    return new Obtained(status(single.getCertStatus()), der.clone(), until(basic, single));
  }

  private static BasicOCSPResp basic(byte[] der) {
    try {
      OCSPResp response = new OCSPResp(der);
      if (response.getStatus() != OCSPResponseStatus.SUCCESSFUL) {
        throw new BadCertificateException(
            "the responder answered with status " + response.getStatus());
      }
      if (response.getResponseObject() instanceof BasicOCSPResp basic) {
        return basic;
      }
      throw new BadCertificateException("the response is of an unknown type");
    } catch (IOException | OCSPException | RuntimeException e) {
      if (e instanceof BadCertificateException bad) {
        throw bad;
      }
      throw new BadCertificateException("the answer is no OCSP response", e);
    }
  }

  private static void checkNonce(BasicOCSPResp basic, Optional<byte[]> sent, boolean required) {
    Extension extension = basic.getExtension(OCSPObjectIdentifiers.id_pkix_ocsp_nonce);
    if (extension == null) {
      if (required) {
        throw new BadCertificateException("the response has no nonce");
      }
      return;
    }
    if (sent.isPresent()) {
      byte[] got = ASN1OctetString.getInstance(extension.getParsedValue()).getOctets();
      if (!Arrays.equals(got, sent.get())) {
        throw new BadCertificateException("the response has another nonce: a replay?");
      }
    }
  }

  private boolean names(CertificateID other) {
    return other.getHashAlgOID().equals(id.getHashAlgOID())
        && Arrays.equals(other.getIssuerNameHash(), id.getIssuerNameHash())
        && Arrays.equals(other.getIssuerKeyHash(), id.getIssuerKeyHash())
        && other.getSerialNumber().equals(id.getSerialNumber());
  }

  private void checkSignature(BasicOCSPResp basic) {
    List<X509Certificate> brought = brought(basic);
    List<X509Certificate> all = new ArrayList<>(issuers);
    all.addAll(brought);
    X509Certificate issuer =
        all.stream()
            .filter(hash::issuedBy)
            .findFirst()
            .orElseThrow(
                () ->
                    new BadCertificateException(
                        "the issuer's certificate is not known: upload it as v2g, mo or sub_ca"));
    boolean signed =
        isSignedBy(basic, issuer)
            || brought.stream()
                .filter(one -> mayRespond(one, issuer))
                .anyMatch(one -> isSignedBy(basic, one));
    if (!signed) {
      throw new BadCertificateException("the response's signature is not its issuer's");
    }
  }

  private static List<X509Certificate> brought(BasicOCSPResp basic) {
    List<X509Certificate> certificates = new ArrayList<>();
    try {
      for (X509CertificateHolder holder : basic.getCerts()) {
        certificates.add(Pem.certificate(holder.getEncoded()));
      }
    } catch (IOException e) {
      throw new BadCertificateException("the response's certificates cannot be read", e);
    }
    return certificates;
  }

  /** True for a responder that the issuer itself appointed (RFC 6960 section 4.2.2.2). */
  private boolean mayRespond(X509Certificate responder, X509Certificate issuer) {
    try {
      List<String> purposes = responder.getExtendedKeyUsage();
      responder.checkValidity(Date.from(now));
      return purposes != null
          && purposes.contains(OCSP_SIGNING)
          && RootRules.signedBy(responder, issuer);
    } catch (GeneralSecurityException e) {
      return false; // the very question
    }
  }

  private static boolean isSignedBy(BasicOCSPResp basic, X509Certificate signer) {
    try {
      return basic.isSignatureValid(
          new JcaContentVerifierProviderBuilder().build(signer.getPublicKey()));
    } catch (OCSPException | OperatorCreationException | RuntimeException e) {
      return false; // a signature of another algorithm than the key's
    }
  }

  private Instant until(BasicOCSPResp basic, SingleResp single) {
    Instant from = single.getThisUpdate().toInstant();
    if (from.isAfter(now.plus(SKEW)) || basic.getProducedAt().toInstant().isAfter(now.plus(SKEW))) {
      throw new BadCertificateException("the response is from the future: " + from);
    }
    Date next = single.getNextUpdate();
    if (next == null) {
      if (from.isBefore(now.minus(OLDEST_WITHOUT_NEXT))) {
        throw new BadCertificateException("the response is too old: " + from);
      }
      return now.plus(WITHOUT_NEXT);
    }
    if (next.toInstant().isBefore(now.minus(SKEW))) {
      throw new BadCertificateException("the response has run out at " + next.toInstant());
    }
    return next.toInstant();
  }

  /** The response's word; no status at all means good. */
  private static Status status(@org.jspecify.annotations.Nullable CertificateStatus status) {
    if (status == CertificateStatus.GOOD) {
      return Status.GOOD;
    }
    return status instanceof RevokedStatus ? Status.REVOKED : Status.UNKNOWN;
  }
}
