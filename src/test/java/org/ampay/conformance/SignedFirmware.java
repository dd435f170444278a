package org.ampay.conformance;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A manufacturer's firmware with a real signature, and files by HTTP. */
final class SignedFirmware {

  static final byte[] BYTES =
      "firmware 2.0, as the manufacturer made it".getBytes(StandardCharsets.UTF_8);

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  final String certificate;
  final String signature;

  private SignedFirmware(String certificate, String signature) {
    this.certificate = certificate;
    this.signature = signature;
  }

  /** A signature of {@link #BYTES} by a new key with a certificate of its own. */
  static SignedFirmware make() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(256);
      KeyPair keys = generator.generateKeyPair();
      Signature signer = Signature.getInstance("SHA256withECDSA");
      signer.initSign(keys.getPrivate());
      signer.update(BYTES);
      return new SignedFirmware(
          pem(certificate(keys)), Base64.getEncoder().encodeToString(signer.sign()));
    } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static X509Certificate certificate(KeyPair keys)
      throws GeneralSecurityException, OperatorCreationException {
    X500Name name = new X500Name("CN=Manufacturer");
    Instant now = Instant.now();
    return new JcaX509CertificateConverter()
        .getCertificate(
            new JcaX509v3CertificateBuilder(
                    name,
                    BigInteger.ONE,
                    Date.from(now.minus(Duration.ofDays(1))),
                    Date.from(now.plus(Duration.ofDays(30))),
                    name,
                    keys.getPublic())
                .build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
  }

  private static String pem(X509Certificate certificate) throws IOException {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      writer.writeObject(certificate);
    }
    return text.toString();
  }

  /** Adds it to the server with its bytes; its id. */
  long upload(ScenarioApi api, String version) {
    return upload(api, version, BYTES);
  }

  long upload(ScenarioApi api, String version, byte[] bytes) {
    return upload(
        api,
        Map.of(
            "name",
            "Signed",
            "version",
            version,
            "signing_certificate",
            certificate,
            "signature",
            signature),
        bytes);
  }

  /** An image without signature; its id. */
  static long uploadUnsigned(ScenarioApi api, String version) {
    return upload(api, Map.of("name", "Plain", "version", version), BYTES);
  }

  private static long upload(ScenarioApi api, Map<String, Object> fields, byte[] bytes) {
    var image = api.post("/firmware", new HashMap<>(fields)).expect(201);
    int status = put(image.path("upload_url").asText(), bytes);
    if (status != 201) {
      throw new AssertionError("upload: HTTP " + status);
    }
    return image.path("id").asLong();
  }

  /** Uploads as a station does; the HTTP status. */
  static int put(String url, byte[] bytes) {
    return send(HttpRequest.newBuilder(URI.create(url))
            .PUT(HttpRequest.BodyPublishers.ofByteArray(bytes))
            .build())
        .statusCode();
  }

  /** Downloads as a station does. */
  static HttpResponse<byte[]> get(String url, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request.build());
  }

  static HttpResponse<byte[]> send(HttpRequest request) {
    try {
      return HTTP.send(request, HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
