package org.ampay.station.certs;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import org.ampay.base.TestTime;
import org.ampay.conformance.Proves;
import org.ampay.station.certs.OcspAnswer.Obtained;
import org.ampay.station.certs.OcspAnswer.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OcspClientTest {

  private final TestTime time = TestTime.monday();
  private final TestPki pki = new TestPki(time.now());
  private final TestPki.Holder root = pki.root("V2G Root");
  private final TestPki.Holder station = pki.leaf(root, "DE*ABC*E1", null);
  private final TestResponder responder = new TestResponder(root, time::now);
  private final HttpClient http = HttpClient.newHttpClient();

  @AfterEach
  void stop() {
    responder.close();
    http.close();
  }

  private OcspClient client(boolean privateAddresses, boolean nonceRequired) {
    return new OcspClient(
        http,
        new CertificateSettings.Ocsp(Duration.ofSeconds(2), privateAddresses, nonceRequired),
        time,
        new SecureRandom());
  }

  private OcspQuestion question(String algorithm) {
    return new OcspQuestion(station.hash(root, algorithm), responder.url());
  }

  private OcspAnswer ask(X509Certificate... issuers) {
    return client(true, false).ask(question("SHA256"), List.of(issuers));
  }

  private static String reason(OcspAnswer answer) {
    return ((OcspAnswer.NotObtained) answer).reason();
  }

  @Test
  void good_isObtained_withTheRespondersOwnBytes() throws Exception {
    for (String algorithm : List.of("SHA256", "SHA384", "SHA512")) {
      OcspAnswer answer = client(true, true).ask(question(algorithm), List.of());
      assertThat(answer).isInstanceOf(Obtained.class);
      Obtained obtained = (Obtained) answer;
      assertThat(obtained.status()).isEqualTo(Status.GOOD);
      assertThat(new org.bouncycastle.cert.ocsp.OCSPResp(obtained.der()).getStatus()).isZero();
      assertThat(obtained.until()).isEqualTo(time.now().plus(Duration.ofHours(1)));
    }
  }

  @Test
  void revokedAndUnknown_areAnswersToo() {
    responder.revoke(station);
    assertThat(((Obtained) ask()).status()).isEqualTo(Status.REVOKED);
    responder.forget(station);
    assertThat(((Obtained) ask()).status()).isEqualTo(Status.UNKNOWN);
  }

  @Test
  @Proves("C07.FR.05")
  void answer_isKeptUntilItsNextUpdate() {
    OcspClient client = client(true, false);
    client.ask(question("SHA256"), List.of());
    responder.revoke(station);
    time.advance(Duration.ofMinutes(59));
    assertThat(((Obtained) client.ask(question("SHA256"), List.of())).status())
        .isEqualTo(Status.GOOD);
    assertThat(responder.requests).hasSize(1);
    time.advance(Duration.ofMinutes(2));
    assertThat(((Obtained) client.ask(question("SHA256"), List.of())).status())
        .isEqualTo(Status.REVOKED);
  }

  @Test
  void expiredAnswer_isNotBelieved() {
    responder.thisUpdate = Duration.ofDays(-2);
    responder.nextUpdate = Duration.ofDays(-1);
    assertThat(reason(ask())).contains("has run out");
    responder.thisUpdate = Duration.ofHours(1);
    responder.nextUpdate = Duration.ofHours(2);
    assertThat(reason(ask())).contains("from the future");
  }

  @Test
  void signatureOfSomebodyElse_isNotBelieved() {
    TestPki.Holder stranger = pki.root("V2G Root");
    responder.signer = stranger;
    responder.along = List.of(root, stranger);
    assertThat(reason(ask(root.certificate()))).contains("signature");
  }

  @Test
  void appointedResponder_isBelieved_othersAreNot() {
    TestPki.Holder appointed = pki.responder(root, "OCSP 1");
    responder.signer = appointed;
    responder.along = List.of(appointed);
    assertThat(ask(root.certificate())).isInstanceOf(Obtained.class);
    // A certificate of the same CA that is no responder may not answer for it.
    TestPki.Holder sibling = pki.leaf(root, "another station", null);
    responder.signer = sibling;
    responder.along = List.of(sibling);
    assertThat(reason(ask(root.certificate()))).contains("signature");
    TestPki.Holder foreign = pki.responder(pki.root("Other Root"), "OCSP 2");
    responder.signer = foreign;
    responder.along = List.of(foreign);
    assertThat(reason(ask(root.certificate()))).contains("signature");
  }

  @Test
  void unknownIssuer_isNamed() {
    responder.along = List.of();
    assertThat(reason(ask())).contains("issuer's certificate is not known");
    assertThat(ask(root.certificate())).isInstanceOf(Obtained.class);
  }

  @Test
  void nonceOfAnotherQuestion_isAReplay() {
    responder.wrongNonce = true;
    assertThat(reason(ask())).contains("nonce");
    responder.echoesNonce = false;
    assertThat(ask()).isInstanceOf(Obtained.class);
    assertThat(reason(client(true, true).ask(question("SHA256"), List.of()))).contains("nonce");
  }

  @Test
  void responderThatTakesOnlyGet_isAskedByGet() {
    responder.onlyGet = true;
    assertThat(ask()).isInstanceOf(Obtained.class);
    assertThat(responder.requests).containsExactly("POST", "GET");
  }

  @Test
  void silentResponder_isNotWaitedForLongerThanTheTimeOut() {
    responder.silent = true;
    long start = System.nanoTime();
    assertThat(reason(ask())).contains("did not answer in time");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
  }

  @Test
  void addressesInsideTheNetwork_areCalledOnlyWhenAllowed() throws UnknownHostException {
    OcspClient guarded = client(false, false);
    assertThat(reason(guarded.ask(question("SHA256"), List.of())))
        .contains("not on a public address");
    assertThat(responder.requests).isEmpty();
    for (String url :
        List.of("file:///etc/passwd", "ftp://x/", "http://user@127.0.0.1/", "http:///x", "x y")) {
      assertThat(
              client(true, false)
                  .ask(new OcspQuestion(station.hash(root, "SHA256"), url), List.of()))
          .isInstanceOf(OcspAnswer.NotObtained.class);
    }
    for (String address :
        List.of(
            "10.0.0.1",
            "127.0.0.1",
            "169.254.1.1",
            "172.16.0.1",
            "192.168.1.1",
            "100.64.0.1",
            "0.0.0.0",
            "224.0.0.1",
            "::1",
            "fe80::1",
            "fd00::1",
            "64:ff9b::a00:1",
            "2002:a00:1::")) {
      assertThat(ResponderGuard.isPublic(InetAddress.getByName(address))).as(address).isFalse();
    }
    assertThat(ResponderGuard.isPublic(InetAddress.getByName("8.8.8.8"))).isTrue();
    assertThat(ResponderGuard.isPublic(InetAddress.getByName("2001:4860::1"))).isTrue();
  }

  @Test
  void oddHashes_areNoQuestion() {
    OcspQuestion odd =
        new OcspQuestion(new CertificateHash("SHA256", "not hex", "zz", "1"), responder.url());
    assertThat(reason(client(true, false).ask(odd, List.of()))).contains("hex");
  }
}
