package org.ampay.station.certs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ampay.audit.AuditLog;
import org.ampay.base.CountingIds;
import org.ampay.base.SecretBox;
import org.ampay.base.TestTime;
import org.ampay.conformance.Proves;
import org.ampay.station.CommandOutcome;
import org.ampay.station.Inventory;
import org.ampay.station.NewStation;
import org.ampay.station.Site;
import org.ampay.station.StationInfo;
import org.ampay.station.StationPasswords;
import org.ampay.station.certs.SigningRequest.State;
import org.ampay.store.Job;
import org.ampay.store.JobSignal;
import org.ampay.store.JobStore;
import org.ampay.store.SqlJobStore;
import org.ampay.store.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Signing, renewal, revocation and the own authority, with stations that a test plays. */
class CertificateSigningTest {

  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private final TestTime time = TestTime.monday();
  private final CountingIds ids = new CountingIds();
  private final SecureRandom random = new SecureRandom();
  private final PlayedPort port = new PlayedPort();
  private JobStore jobs;
  private OwnAuthority authority;
  private StationInfo station;
  private CertificateSigning signing;
  private Renewals renewals;
  private StationCertificates people;
  private Inventory inventory;

  @BeforeEach
  void start() {
    DATABASE.clear();
    inventory = new Inventory(DATABASE.database(), ids, time, new StationPasswords(new byte[32]));
    Site site =
        inventory.createSite(
            new Site(
                0,
                1,
                "s",
                "s",
                new Site.Address("", "", "", "CHN", null, null),
                java.time.ZoneOffset.UTC,
                false));
    station =
        inventory.createStation(
            new NewStation(1, site.id(), "CP1", "CP1", 0, List.of()), Optional.empty());
    jobs = new SqlJobStore(ids, time, new JobSignal());
    authority = authority(new byte[32]);
    restart();
  }

  /** As a new process would find everything. */
  private void restart() {
    CertificateSigning.Parts parts = parts(authority);
    signing = new CertificateSigning(parts, port);
    renewals = new Renewals(parts, CertificateSettings.DEFAULT, port);
    people =
        new StationCertificates(
            new StationCertificates.Parts(
                DATABASE.database(), authority, new AuditLog(DATABASE.database(), time), ids, time),
            CertificateSettings.DEFAULT,
            port,
            renewals);
  }

  private OwnAuthority authority(byte[] key) {
    return new OwnAuthority(
        DATABASE.transactor(), new SecretBox(key, random), random, ids, time, Duration.ofDays(90));
  }

  private boolean ask() {
    return signing.request(station, SigningUse.STATION, TestPki.csr("O=Ampay,CN=CP1"), time.now());
  }

  private List<Job> claim(String kind) {
    return DATABASE
        .transactor()
        .call(
            tx ->
                jobs.claim(
                    tx,
                    new JobStore.Claim(kind, 10, time.now(), time.now().plusSeconds(60), "test")));
  }

  /** Does what is due after a second. */
  private int work() {
    time.advance(Duration.ofSeconds(1));
    List<Job> due = claim(CertificateSigning.KIND);
    signing.handle(due);
    return due.size();
  }

  private SigningRequest newest() {
    return people.requests(station.id()).getFirst();
  }

  @Test
  @Proves({"A02.FR.11", "A03.FR.11"})
  void goodRequest_isSigned_andTheStationsCertificateIsCurrent() throws Exception {
    assertThat(ask()).isTrue();
    assertThat(work()).isOne();
    assertThat(newest().state()).isEqualTo(State.INSTALLED);
    List<X509Certificate> chain = Pem.certificates(port.chains.getFirst());
    assertThat(chain).hasSize(2);
    X509Certificate leaf = chain.getFirst();
    assertThat(leaf.getSubjectX500Principal().getName()).isEqualTo("CN=CP1,O=Ampay");
    leaf.verify(chain.get(1).getPublicKey());
    X509Certificate root =
        people.authorities(1).stream()
            .filter(a -> a.level() == AuthorityStore.Level.ROOT)
            .findFirst()
            .orElseThrow()
            .certificate();
    chain.get(1).verify(root.getPublicKey());
    assertThat(leaf.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.2");
    assertThat(port.chains.getFirst()).hasSizeLessThan(CertificateSigning.MAX_CHAIN_CHARS);
    assertThat(people.certificatesOf(station.id()).getFirst().state()).isEqualTo("current");
    assertThat(work()).isZero();
  }

  @Test
  @Proves({"A02.FR.12", "A03.FR.12"})
  void badRequest_isRejected_keptAndShown() {
    assertThat(
            signing.request(station, SigningUse.STATION, TestPki.csr("O=Ampay,CN=CP2"), time.now()))
        .isFalse();
    assertThat(newest().state()).isEqualTo(State.REFUSED);
    assertThat(newest().reason()).contains("CP2");
    assertThat(people.failed(1)).hasSize(1);
    assertThat(work()).isZero();
  }

  @Test
  void restartBeforeDelivery_sendsTheSameChain() {
    assertThat(ask()).isTrue();
    port.next = new StationCertificatePort.Reply.Unheard(new CommandOutcome.NotConnected());
    work();
    assertThat(newest().state()).isEqualTo(State.SIGNED);
    restart();
    port.next = new StationCertificatePort.Reply.Accepted();
    time.advance(Duration.ofMinutes(1));
    assertThat(work()).isOne();
    assertThat(newest().state()).isEqualTo(State.INSTALLED);
    assertThat(port.chains).hasSize(2);
    assertThat(port.chains.get(1)).isEqualTo(port.chains.get(0));
  }

  @Test
  void stationThatRejects_keepsItsOldOne_andIsAskedAgainADayLater() {
    ask();
    work();
    port.next = new StationCertificatePort.Reply.Refused("Rejected");
    ask();
    work();
    assertThat(newest().state()).isEqualTo(State.REJECTED);
    assertThat(people.certificatesOf(station.id()))
        .extracting(StationCertificate::state)
        .containsExactly("current", "rejected");
    assertThat(claim(Renewals.KIND)).isEmpty();
    time.advance(Duration.ofDays(1));
    renewals.handle(claim(Renewals.KIND));
    assertThat(port.triggers).containsExactly(SigningUse.STATION);
  }

  @Test
  void newerRequest_supersedesOneThatIsUndelivered() {
    port.next = new StationCertificatePort.Reply.Unheard(new CommandOutcome.NotConnected());
    ask();
    work();
    ask();
    port.next = new StationCertificatePort.Reply.Accepted();
    time.advance(Duration.ofMinutes(5));
    work();
    assertThat(people.requests(station.id()))
        .extracting(SigningRequest::state)
        .containsExactly(State.INSTALLED, State.SUPERSEDED);
  }

  private StationTrust trust() {
    CertificateSettings.Ocsp local =
        new CertificateSettings.Ocsp(Duration.ofSeconds(2), true, false);
    OcspClient ocsp = new OcspClient(HttpClient.newHttpClient(), local, time, random);
    return new StationTrust(DATABASE.database(), ocsp, jobs, ids, time);
  }

  @Test
  @Proves({"A00.FR.702", "A00.FR.705"})
  void certificateOfAnotherAuthority_isAskedAboutByOcsp() {
    TestPki pki = new TestPki(time.now());
    TestPki.Holder root = pki.root("Outside Root");
    people.upload(1, CertificateKind.CENTRAL, "outside", root.pem(), "user:x");
    try (TestResponder responder = new TestResponder(root, time::now)) {
      StationTrust trust = trust();
      X509Certificate good = pki.leaf(root, "CP1", responder.url()).certificate();
      TestPki.Holder lost = pki.leaf(root, "CP1", responder.url());
      responder.revoke(lost);
      X509Certificate issuer = root.certificate();
      assertThat(trust.roots(1)).contains(issuer);
      assertThat(trust.roots(2)).isEmpty();
      assertThat(trust.standing(1, good, issuer)).isEqualTo(ClientTrust.Standing.GOOD);
      assertThat(trust.standing(1, lost.certificate(), issuer))
          .isEqualTo(ClientTrust.Standing.REVOKED);
      assertThat(trust.standing(1, pki.leaf(root, "CP1", null).certificate(), issuer))
          .isEqualTo(ClientTrust.Standing.UNKNOWN);
    }
  }

  @Test
  @Proves("A02.FR.01")
  void factoryCertificate_isRenewedAtOnce_anOperatorsIsNot() {
    TestPki pki = new TestPki(time.now());
    TestPki.Holder factory = pki.leaf(pki.root("Factory"), "SN-1", null);
    trust().seen(station, factory.certificate());
    trust().seen(station, factory.certificate());
    List<Job> due = claim(Renewals.KIND);
    assertThat(due).hasSize(1);
    renewals.handle(due);
    assertThat(port.triggers).containsExactly(SigningUse.STATION);
    ask();
    work();
    X509Certificate own = Pem.certificates(port.chains.getFirst()).getFirst();
    trust().seen(station, own);
    assertThat(claim(Renewals.KIND)).isEmpty();
    assertThat(people.certificatesOf(station.id()))
        .extracting(StationCertificate::state)
        .containsExactlyInAnyOrder("current", "replaced");
  }

  /** An authority elsewhere, that takes its time and refuses some. */
  private static final class OutsideAuthority implements CertificateAuthority {
    final List<Request> asked = new ArrayList<>();
    private final Outcome then;

    OutsideAuthority(Outcome then) {
      this.then = then;
    }

    @Override
    public Outcome sign(Request request) {
      asked.add(request);
      return asked.size() == 1 ? new Outcome.Later("in a queue") : then;
    }
  }

  @Test
  @Proves({"A02.FR.04", "A03.FR.04"})
  void outsideAuthority_isGivenTheRequest_untilItAnswers() {
    TestPki pki = new TestPki(time.now());
    TestPki.Holder leaf = pki.leaf(pki.root("Outside"), "CP1", null);
    OutsideAuthority outside =
        new OutsideAuthority(new CertificateAuthority.Outcome.Issued(List.of(leaf.certificate())));
    signing = new CertificateSigning(parts(outside), port);
    ask();
    work();
    assertThat(newest().state()).isEqualTo(State.RECEIVED);
    time.advance(Duration.ofMinutes(1));
    work();
    assertThat(newest().state()).isEqualTo(State.INSTALLED);
    assertThat(port.chains).containsExactly(leaf.pem());
    assertThat(outside.asked).hasSize(2);
    assertThat(outside.asked.get(0).id()).isEqualTo(outside.asked.get(1).id());
    assertThat(outside.asked.get(0).organization()).isEqualTo("Ampay");
    OutsideAuthority strict =
        new OutsideAuthority(new CertificateAuthority.Outcome.Refused("not our station"));
    signing = new CertificateSigning(parts(strict), port);
    ask();
    work();
    time.advance(Duration.ofMinutes(1));
    work();
    assertThat(newest().state()).isEqualTo(State.FAILED);
    assertThat(newest().reason()).contains("not our station");
    assertThat(port.chains).hasSize(1);
  }

  private CertificateSigning.Parts parts(CertificateAuthority by) {
    return new CertificateSigning.Parts(DATABASE.database(), jobs, inventory, by, ids, time);
  }

  @Test
  @Proves({"A00.FR.507", "A00.FR.508", "A00.FR.509"})
  void whatWeSign_isPemWithSerialNumberAndOwner() {
    ask();
    work();
    String text = port.chains.getFirst();
    assertThat(text)
        .startsWith("-----BEGIN CERTIFICATE-----\n")
        .endsWith("-----END CERTIFICATE-----\n");
    assertThat(Pem.certificates(text))
        .allSatisfy(
            one -> {
              assertThat(one.getSerialNumber().bitLength()).isGreaterThan(64);
              assertThat(Pem.serial(one)).hasSizeLessThanOrEqualTo(40);
              assertThat(one.getSubjectX500Principal().getName()).contains("O=Ampay");
            });
  }

  @Test
  void certificateThatEndsSoon_isRenewedOnceADay() {
    ask();
    work();
    renewals.watch();
    assertThat(claim(Renewals.KIND)).isEmpty();
    assertThat(people.ending(1)).isEmpty();
    time.advance(Duration.ofDays(61));
    assertThat(people.ending(1)).hasSize(1);
    renewals.watch();
    renewals.watch();
    List<Job> due = claim(Renewals.KIND);
    assertThat(due).hasSize(1);
    renewals.handle(due);
    assertThat(port.triggers).containsExactly(SigningUse.STATION);
    assertThat(people.certificatesOf(station.id()).getFirst().renewalNote()).isEqualTo("Accepted");
    time.advance(Duration.ofDays(1).plusSeconds(1));
    renewals.watch();
    assertThat(claim(Renewals.KIND)).hasSize(1);
  }

  @Test
  @Proves({"A00.FR.704", "A00.FR.705", "1.6/A00/5"})
  void revokedCertificate_isNoLongerGood_asSoonAsTheListIsRead() {
    ask();
    work();
    StationTrust trust = trust();
    List<X509Certificate> chain = Pem.certificates(port.chains.getFirst());
    assertThat(trust.roots(1)).contains(chain.get(1));
    assertThat(trust.standing(1, chain.get(0), chain.get(1))).isEqualTo(ClientTrust.Standing.GOOD);
    long id = people.certificatesOf(station.id()).getFirst().id();
    assertThat(people.revoke(2, id, "stolen", "user:x")).isFalse();
    assertThat(people.revoke(1, id, "stolen", "user:x")).isTrue();
    trust.refresh();
    assertThat(trust.standing(1, chain.get(0), chain.get(1)))
        .isEqualTo(ClientTrust.Standing.REVOKED);
    assertThat(trust.isRevoked(chain.get(1))).isFalse();
  }

  @Test
  void privateKeys_areEncryptedAtRest() {
    ask();
    work();
    List<byte[]> stored =
        DATABASE
            .dsl()
            .fetch("SELECT private_key FROM cert_authority")
            .getValues("private_key", byte[].class);
    assertThat(stored).hasSize(2);
    for (byte[] key : stored) {
      // PKCS#8 of an EC key names its algorithm in plain bytes.
      assertThat(new String(key, StandardCharsets.ISO_8859_1))
          .doesNotContain(
              new String(
                  new byte[] {0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d},
                  StandardCharsets.ISO_8859_1));
    }
    byte[] otherKey = new byte[32];
    otherKey[0] = 1;
    assertThatThrownBy(
            () ->
                authority(otherKey)
                    .sign(
                        new CertificateAuthority.Request(
                            1,
                            1,
                            SigningUse.STATION,
                            Pem.blocks(TestPki.csr("CN=CP1"), "CERTIFICATE REQUEST").getFirst(),
                            "CP1",
                            "Ampay")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("does not open");
  }

  @Test
  @Proves({"M05.FR.10", "1.6/InstallCertificate/1"})
  void newRoot_isSignedByTheOldOne_andOnlySuchAreInstalledWhenStationsCheck() throws Exception {
    X509Certificate first = people.authorities(1).getFirst().certificate();
    OwnAuthority.Authority second = people.newRoot(1, "user:x");
    assertThat(second.generation()).isEqualTo(2);
    X509Certificate crossed = second.crossed().orElseThrow();
    crossed.verify(first.getPublicKey());
    assertThat(crossed.getPublicKey()).isEqualTo(second.certificate().getPublicKey());
    CertificateSettings base = CertificateSettings.DEFAULT;
    StationCertificates checking =
        new StationCertificates(
            new StationCertificates.Parts(
                DATABASE.database(), authority, new AuditLog(DATABASE.database(), time), ids, time),
            new CertificateSettings(
                base.validity(),
                base.renewBefore(),
                base.renew(),
                true,
                base.ocsp(),
                base.contracts()),
            port,
            renewals);
    assertThatThrownBy(() -> checking.install(station, "own:" + second.id(), "user:x"))
        .isInstanceOf(BadCertificateException.class)
        .hasMessageContaining("older central root");
    assertThat(checking.install(station, "crossed:" + second.id(), "user:x"))
        .isEqualTo(new StationCertificatePort.Reply.Accepted());
    // The next request is signed below the new root.
    ask();
    work();
    Pem.certificates(port.chains.getLast()).get(1).verify(second.certificate().getPublicKey());
  }

  @Test
  @Proves({"M04.FR.07", "1.6/DeleteCertificate/1"})
  void deletion_usesTheHashesAsTheStationWroteThem() {
    CertificateHash odd = new CertificateHash("SHA512", "ABCDEF", "00FF", "0A1B");
    port.held =
        List.of(new StationCertificatePort.Reported(CertificateKind.CENTRAL, odd, List.of()));
    people.refresh(station, Set.of());
    long id = people.installed(station.id()).getFirst().id();
    assertThat(people.delete(station, id, "user:x"))
        .contains(new StationCertificatePort.Reply.Accepted());
    assertThat(port.deleted).containsExactly(odd);
    assertThat(people.installed(station.id())).isEmpty();
    assertThat(people.delete(station, id, "user:x")).isEmpty();
  }

  @Test
  void uploads_areJudgedWithAClearLine() {
    TestPki pki = new TestPki(time.now());
    TestPki.Holder root = pki.root("MO Root");
    assertThat(people.upload(1, CertificateKind.MO, "mo", root.pem(), "user:x").name())
        .isEqualTo("mo");
    refused(CertificateKind.MO, root.pem(), "there already");
    refused(CertificateKind.V2G, pki.sub(root, "Sub").pem(), "not a root");
    refused(CertificateKind.V2G, pki.leaf(root, "Leaf", null).pem(), "not the certificate of a CA");
    refused(CertificateKind.V2G, root.pem() + root.pem(), "2 certificates");
    refused(CertificateKind.V2G, "hello", "no block");
    refused(
        CertificateKind.V2G,
        new TestPki(time.now().minus(Duration.ofDays(9_000))).root("Old").pem(),
        "it ended");
  }

  private void refused(CertificateKind kind, String pem, String why) {
    assertThatThrownBy(() -> people.upload(1, kind, "", pem, "user:x"))
        .isInstanceOf(BadCertificateException.class)
        .hasMessageContaining(why);
  }
}
