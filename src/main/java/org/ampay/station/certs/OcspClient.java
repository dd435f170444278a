package org.ampay.station.certs;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.ampay.base.TimeSource;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.ocsp.CertID;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPReqBuilder;

/**
 * Asks OCSP responders (RFC 6960) and believes only what {@link OcspCheck} could check. First by
 * POST with a nonce; a responder that will not is asked by GET without one, as RFC 5019 has it.
 * Answers are kept until their nextUpdate.
 */
public final class OcspClient {

  private static final int MAX_ANSWER_BYTES = 64 << 10;
  private static final int MAX_CACHED = 10_000;
  private static final int MAX_GET_CHARS = 255;
  private static final int NONCE_BYTES = 16;
  private static final HexFormat HEX = HexFormat.of();

  private final HttpClient http;
  private final CertificateSettings.Ocsp settings;
  private final ResponderGuard guard;
  private final TimeSource time;
  private final SecureRandom random;
  private final Cache<OcspQuestion, OcspAnswer.Obtained> cache =
      Caffeine.newBuilder().maximumSize(MAX_CACHED).build();

  /**
   * @param http must not follow redirects
   */
  public OcspClient(
      HttpClient http, CertificateSettings.Ocsp settings, TimeSource time, SecureRandom random) {
    if (http.followRedirects() != HttpClient.Redirect.NEVER) {
      throw new IllegalArgumentException("a redirect could lead inside our network");
    }
    this.http = http;
    this.settings = settings;
    this.guard = new ResponderGuard(settings.privateAddresses());
    this.time = time;
    this.random = random;
  }

  /**
   * Asks, or answers from memory; blocks for the time-out at most.
   *
   * @param issuers certificates among which the question's issuer may be
   */
  public OcspAnswer ask(OcspQuestion question, Collection<X509Certificate> issuers) {
    OcspAnswer.Obtained kept = cache.getIfPresent(question);
    if (kept != null && kept.until().isAfter(time.now())) {
      return kept;
    }
    try {
      URI responder = guard.allowed(question.responderUrl());
      OcspAnswer answer = fetch(responder, question, issuers);
      if (answer instanceof OcspAnswer.Obtained obtained) {
        cache.put(question, obtained);
      }
      return answer;
    } catch (BadCertificateException e) {
      return new OcspAnswer.NotObtained(e.reason());
    }
  }

  private OcspAnswer fetch(
      URI responder, OcspQuestion question, Collection<X509Certificate> issuers) {
    CertificateID id = certificateId(question.hash());
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    OcspCheck check = new OcspCheck(question.hash(), id, issuers, time.now());
    Optional<byte[]> posted = post(responder, request(id, Optional.of(nonce)));
    if (posted.isPresent() && OcspCheck.isSuccessful(posted.get())) {
      return check.check(posted.get(), Optional.of(nonce), settings.nonceRequired());
    }
    if (settings.nonceRequired()) {
      throw new BadCertificateException("the responder does not take a nonce");
    }
    byte[] plain = request(id, Optional.empty());
    byte[] answer =
        get(responder, plain)
            .or(() -> post(responder, plain))
            .orElseThrow(
                () -> new BadCertificateException("the responder did not answer with 200"));
    return check.check(answer, Optional.empty(), false);
  }

  private static byte[] request(CertificateID id, Optional<byte[]> nonce) {
    try {
      OCSPReqBuilder builder = new OCSPReqBuilder().addRequest(id);
      if (nonce.isPresent()) {
        builder.setRequestExtensions(
            new Extensions(
                new Extension(
                    OCSPObjectIdentifiers.id_pkix_ocsp_nonce,
                    false,
                    new DEROctetString(new DEROctetString(nonce.get()).getEncoded()))));
      }
      return builder.build().getEncoded();
    } catch (OCSPException | IOException e) {
      throw new BadCertificateException("the question cannot be written", e);
    }
  }

  private static CertificateID certificateId(CertificateHash hash) {
    try {
      return new CertificateID(
          new CertID(
              new AlgorithmIdentifier(oid(hash.algorithm()), DERNull.INSTANCE),
              new DEROctetString(HEX.parseHex(hash.issuerNameHash().toLowerCase(Locale.ROOT))),
              new DEROctetString(HEX.parseHex(hash.issuerKeyHash().toLowerCase(Locale.ROOT))),
              new org.bouncycastle.asn1.ASN1Integer(serial(hash.serialNumber()))));
    } catch (IllegalArgumentException e) {
      throw new BadCertificateException("hashes and serial number must be hex", e);
    }
  }

  private static BigInteger serial(String text) {
    return new BigInteger(text.replaceFirst("^0[xX]", ""), 16);
  }

  private static ASN1ObjectIdentifier oid(String algorithm) {
    return switch (algorithm) {
      case "SHA384" -> NISTObjectIdentifiers.id_sha384;
      case "SHA512" -> NISTObjectIdentifiers.id_sha512;
      default -> NISTObjectIdentifiers.id_sha256;
    };
  }

  private Optional<byte[]> post(URI responder, byte[] question) {
    return send(
        HttpRequest.newBuilder(responder)
            .header("content-type", "application/ocsp-request")
            .POST(HttpRequest.BodyPublishers.ofByteArray(question)));
  }

  /** By GET when the question is short enough (RFC 6960 appendix A). */
  private Optional<byte[]> get(URI responder, byte[] question) {
    String text =
        URLEncoder.encode(Base64.getEncoder().encodeToString(question), StandardCharsets.US_ASCII);
    if (text.length() > MAX_GET_CHARS) {
      return Optional.empty();
    }
    String base = responder.toString();
    URI whole = URI.create(base + (base.endsWith("/") ? "" : "/") + text);
    return send(HttpRequest.newBuilder(whole).GET());
  }

  /** The body of a 200; empty for any other status. */
  private Optional<byte[]> send(HttpRequest.Builder builder) {
    HttpRequest request =
        builder.header("accept", "application/ocsp-response").timeout(settings.timeout()).build();
    CompletableFuture<HttpResponse<byte[]>> answer =
        http.sendAsync(
            request,
            HttpResponse.BodyHandlers.limiting(
                HttpResponse.BodyHandlers.ofByteArray(), MAX_ANSWER_BYTES));
    try {
      // The request's own time-out ends with the headers: this one bounds the body as well.
      HttpResponse<byte[]> got = answer.get(settings.timeout().toMillis(), TimeUnit.MILLISECONDS);
      return got.statusCode() == 200 ? Optional.of(got.body()) : Optional.empty();
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw new BadCertificateException("the responder did not answer in time", e);
    } catch (ExecutionException e) {
      throw new BadCertificateException("the responder cannot be reached: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BadCertificateException("interrupted", e);
    }
  }
}
