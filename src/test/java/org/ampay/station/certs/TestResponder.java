package org.ampay.station.certs;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.ocsp.BasicOCSPRespBuilder;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPReq;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.cert.ocsp.OCSPRespBuilder;
import org.bouncycastle.cert.ocsp.Req;
import org.bouncycastle.cert.ocsp.RespID;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.cert.ocsp.UnknownStatus;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** An OCSP responder on a real socket, made with Bouncy Castle; a test sets how it behaves. */
public final class TestResponder implements AutoCloseable {

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Supplier<Instant> time;
  private final Map<Long, CertificateStatus> statuses = new ConcurrentHashMap<>();

  /** The methods of the requests that came. */
  public final List<String> requests = new CopyOnWriteArrayList<>();

  /** Who signs, and whose certificates are sent along. */
  public volatile TestPki.Holder signer;

  public volatile List<TestPki.Holder> along;

  /** From this to that, counted from now. */
  public volatile Duration thisUpdate = Duration.ofMinutes(-1);

  public volatile Duration nextUpdate = Duration.ofHours(1);
  public volatile boolean echoesNonce = true;
  public volatile boolean wrongNonce;
  public volatile boolean onlyGet;
  public volatile boolean silent;

  public TestResponder(TestPki.Holder signer, Supplier<Instant> time) {
    this.signer = signer;
    this.along = List.of(signer);
    this.time = time;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/ocsp", this::answer);
    server.start();
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/ocsp";
  }

  public void revoke(TestPki.Holder certificate) {
    statuses.put(
        certificate.certificate().getSerialNumber().longValueExact(),
        new RevokedStatus(Date.from(time.get().minus(Duration.ofDays(1))), 0));
  }

  public void forget(TestPki.Holder certificate) {
    statuses.put(certificate.certificate().getSerialNumber().longValueExact(), new UnknownStatus());
  }

  private void answer(HttpExchange exchange) throws IOException {
    requests.add(exchange.getRequestMethod());
    if (silent) {
      try {
        closing.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      exchange.close();
      return;
    }
    byte[] question = question(exchange);
    if (onlyGet && exchange.getRequestMethod().equals("POST")) {
      exchange.sendResponseHeaders(405, -1);
      exchange.close();
      return;
    }
    byte[] answer = response(new OCSPReq(question));
    exchange.getResponseHeaders().add("content-type", "application/ocsp-response");
    exchange.sendResponseHeaders(200, answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }

  private static byte[] question(HttpExchange exchange) throws IOException {
    if (exchange.getRequestMethod().equals("POST")) {
      return exchange.getRequestBody().readAllBytes();
    }
    String path = exchange.getRequestURI().getRawPath();
    String text = URLDecoder.decode(path.substring("/ocsp/".length()), StandardCharsets.US_ASCII);
    return Base64.getDecoder().decode(text);
  }

  private byte[] response(OCSPReq question) throws IOException {
    try {
      Instant now = time.get();
      BasicOCSPRespBuilder builder =
          new BasicOCSPRespBuilder(
              new RespID(
                  X500Name.getInstance(
                      signer.certificate().getSubjectX500Principal().getEncoded())));
      for (Req one : question.getRequestList()) {
        builder.addResponse(
            one.getCertID(),
            status(one),
            Date.from(now.plus(thisUpdate)),
            Date.from(now.plus(nextUpdate)));
      }
      Extension nonce = question.getExtension(OCSPObjectIdentifiers.id_pkix_ocsp_nonce);
      if (nonce != null && echoesNonce) {
        Extension sent =
            wrongNonce
                ? new Extension(
                    OCSPObjectIdentifiers.id_pkix_ocsp_nonce,
                    false,
                    new org.bouncycastle.asn1.DEROctetString(new byte[16]).getEncoded())
                : nonce;
        builder.setResponseExtensions(new Extensions(sent));
      }
      OCSPResp response =
          new OCSPRespBuilder()
              .build(
                  OCSPRespBuilder.SUCCESSFUL,
                  builder.build(
                      new JcaContentSignerBuilder("SHA256withECDSA").build(signer.key()),
                      chain(),
                      Date.from(now.plus(thisUpdate))));
      return response.getEncoded();
    } catch (OCSPException | OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Null means good. */
  @SuppressWarnings("NullAway")
  private CertificateStatus status(Req one) {
    return statuses.get(one.getCertID().getSerialNumber().longValueExact());
  }

  private X509CertificateHolder[] chain() throws IOException {
    X509CertificateHolder[] all = new X509CertificateHolder[along.size()];
    for (int i = 0; i < all.length; i++) {
      all[i] = new X509CertificateHolder(Pem.der(along.get(i).certificate()));
    }
    return all;
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
