package org.ampay.station;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ampay.audit.AuditLog;
import org.ampay.base.CountingIds;
import org.ampay.base.TestTime;
import org.ampay.conformance.Proves;
import org.ampay.station.StationCredentials.Check;
import org.ampay.station.StationCredentials.Link;
import org.ampay.station.StationCredentials.Refusal;
import org.ampay.station.StationCredentials.Shown;
import org.ampay.station.StationPasswordChanges.Offer;
import org.ampay.station.StationPasswordChanges.Outcome;
import org.ampay.station.certs.ClientTrust;
import org.ampay.station.certs.TestAuthority;
import org.ampay.store.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class StationSecurityTest {

  @RegisterExtension static final TestDatabase DB = new TestDatabase();

  private static final String OLD = "the-old-password-1";
  private static final String NEW = "the-new-password-2";
  private static final Link TLS = new Link("TLSv1.3", "TLS_AES_256_GCM_SHA384", List.of());

  private final CountingIds ids = new CountingIds(100);
  private final TestTime time = TestTime.monday();
  private final List<LinkFact> links = new ArrayList<>();
  private final List<X509Certificate> watched = new ArrayList<>();
  private final TestAuthority authority = new TestAuthority("Stations", time.now());
  private ClientTrust.Standing standing = ClientTrust.Standing.UNKNOWN;
  private Inventory inventory;
  private StationSecurity security;
  private long site;

  @BeforeEach
  void start() {
    DB.clear();
    open();
    site = inventory.createSite(site("S1")).id();
  }

  /** As after a restart: everything in memory is gone. */
  private void open() {
    StationPasswords passwords = new StationPasswords(new byte[32]);
    inventory = new Inventory(DB.database(), ids, time, passwords);
    security =
        new StationSecurity(
            inventory,
            new StationPasswordChanges(inventory, passwords, DB.database()),
            new ClientIdentity(new Trust(), Set.of("Roaming Partner")),
            new StationSecurity.Surroundings(
                DB.database(),
                time,
                new AuditLog(DB.database(), time),
                Runnable::run,
                links::add,
                (station, own) -> watched.add(own)));
  }

  @Test
  @Proves({"A00.FR.207", "A00.FR.204", "1.6/A00/2"})
  void profileOne_wantsTheStationsOwnNameAndPassword() {
    make("CP-3", 1);
    assertThat(enter(basic("CP-3", OLD, Link.PLAIN))).isEqualTo(1);
    refused(basic("CP-3", "wrong", Link.PLAIN), Refusal.WRONG_PASSWORD);
    refused(shown("CP-3", "CP-9", OLD, Link.PLAIN), Refusal.WRONG_PASSWORD);
    refused(shown("CP-3", "", "", Link.PLAIN), Refusal.WRONG_PASSWORD);
    refused(basic("CP-9", OLD, Link.PLAIN), Refusal.UNKNOWN_STATION);
  }

  @Test
  @Proves({"A00.FR.002", "A00.FR.001", "1.6/A00/1"})
  void aStation_comesInUnderItsOwnProfileOnly() {
    make("CP-1", 1);
    make("CP-2", 2);
    make("CP-3", 3);
    refused(basic("CP-1", OLD, TLS), Refusal.OTHER_PROFILE);
    refused(basic("CP-2", OLD, Link.PLAIN), Refusal.NOT_ENCRYPTED);
    assertThat(enter(basic("CP-2", OLD, TLS))).isEqualTo(2);
    refused(basic("CP-3", OLD, Link.PLAIN), Refusal.NOT_ENCRYPTED);
    refused(basic("CP-3", OLD, TLS), Refusal.CERTIFICATE);
  }

  @Test
  @Proves({"A00.FR.324", "A00.FR.303"})
  void profileTwo_checksNameAndARandomPasswordAtEachUpgrade() {
    String random = StationPasswords.generate(new java.security.SecureRandom());
    assertThat(random).hasSizeBetween(16, 40).matches("[A-Za-z0-9]+");
    StationInfo station = make("CP-2", 2);
    inventory.setPassword(station.id(), random);
    assertThat(enter(basic("CP-2", random, TLS))).isEqualTo(2);
    refused(shown("CP-2", "CP-1", random, TLS), Refusal.WRONG_PASSWORD);
    refused(basic("CP-2", random + "x", TLS), Refusal.WRONG_PASSWORD);
  }

  @Test
  @Proves({"A05.FR.07", "1.6/A05/1"})
  void aRaisedProfile_isPinnedByItsFirstConnection_forEver() {
    StationInfo station = make("CP-1", 1);
    security.expect(station.id(), 2);
    assertThat(enter(basic("CP-1", OLD, Link.PLAIN))).isEqualTo(1);
    assertThat(enter(basic("CP-1", OLD, TLS))).isEqualTo(2);
    refused(basic("CP-1", OLD, Link.PLAIN), Refusal.NOT_ENCRYPTED);
    assertThat(security.mayStay(station.id(), 1)).isFalse();
    assertThat(security.mayStay(station.id(), 2)).isTrue();
    security.expect(station.id(), 1);
    assertThat(security.status(station.id()).orElseThrow().target()).isEmpty();
    open();
    refused(basic("CP-1", OLD, Link.PLAIN), Refusal.NOT_ENCRYPTED);
    assertThat(new AuditLog(DB.database(), time).list(1, Long.MAX_VALUE, 9))
        .anyMatch(entry -> entry.action().equals("station.security_profile"));
  }

  @Test
  @Proves({"A00.FR.403", "A00.FR.404", "A00.FR.405"})
  void profileThree_wantsTheStationsOwnCertificateOfTheOperator() {
    make("CP-3", 3);
    assertThat(enter(certificate("CP-3", "CN=CP-3,O=Ampay"))).isEqualTo(3);
    assertThat(enter(certificate("CP-3", "CN=CP-3,O=roaming partner"))).isEqualTo(3);
    refused(certificate("CP-3", "CN=CP-4,O=Ampay"), Refusal.CERTIFICATE);
    refused(certificate("CP-3", "O=Ampay"), Refusal.CERTIFICATE);
    refused(certificate("CP-3", "CN=CP-3,O=Somebody"), Refusal.CERTIFICATE);
    refused(certificate("CP-3", "CN=CP-3"), Refusal.CERTIFICATE);
    TestAuthority stranger = new TestAuthority("Strangers", time.now());
    refused(
        new Shown("CP-3", "", new byte[0], tls(stranger.issue("CN=CP-3,O=Ampay"))),
        Refusal.CERTIFICATE);
  }

  @Test
  void theCommonName_mayBeTheSerialNumberOfTheStation() {
    StationInfo station = make("CP-3", 3);
    DB.database()
        .dsl()
        .execute("UPDATE station SET serial_number = 'SN-77' WHERE id = " + station.id());
    assertThat(enter(certificate("CP-3", "CN=SN-77,O=Ampay"))).isEqualTo(3);
    refused(certificate("CP-3", "CN=SN-78,O=Ampay"), Refusal.CERTIFICATE);
  }

  @Test
  @Proves({"A00.FR.407", "1.6/A00/4", "A00.FR.501"})
  void aCertificate_mustBeValidNowAndStrong() {
    make("CP-3", 3);
    String subject = "CN=CP-3,O=Ampay";
    Instant now = time.now();
    Duration day = Duration.ofDays(1);
    refused(
        issued(authority.issue(subject, ec(), now.minus(day.multipliedBy(9)), now.minus(day))),
        Refusal.CERTIFICATE);
    refused(
        issued(authority.issue(subject, ec(), now.plus(day), now.plus(day.multipliedBy(9)))),
        Refusal.CERTIFICATE);
    refused(
        issued(authority.issue(subject, TestAuthority.keys("RSA", 1_024))), Refusal.CERTIFICATE);
    assertThat(enter(issued(authority.issue(subject, TestAuthority.keys("RSA", 2_048)))))
        .isEqualTo(3);
    refused(
        new Shown("CP-3", "", new byte[0], new Link("TLSv1.2", "S", List.of(root()))),
        Refusal.CERTIFICATE);
  }

  @Test
  @Proves({"A00.FR.705", "A00.FR.702", "1.6/A00/5"})
  void aRevokedCertificate_isRefused() {
    make("CP-3", 3);
    Shown shown = certificate("CP-3", "CN=CP-3,O=Ampay");
    standing = ClientTrust.Standing.GOOD;
    assertThat(enter(shown)).isEqualTo(3);
    standing = ClientTrust.Standing.REVOKED;
    refused(shown, Refusal.CERTIFICATE);
  }

  @Test
  @Proves({"A01.FR.03", "1.6/A01/1"})
  void anAcceptedPassword_killsTheOldOne() {
    StationInfo station = make("CP-1", 1);
    settle(station, NEW, Outcome.TAKEN);
    refused(basic("CP-1", OLD, Link.PLAIN), Refusal.WRONG_PASSWORD);
    assertThat(enter(basic("CP-1", NEW, Link.PLAIN))).isEqualTo(1);
  }

  @Test
  @Proves({"A01.FR.04", "A01.FR.05"})
  void aRefusedPassword_isDead_theOldOneLives() {
    StationInfo station = make("CP-1", 1);
    settle(station, NEW, Outcome.REFUSED);
    refused(basic("CP-1", NEW, Link.PLAIN), Refusal.WRONG_PASSWORD);
    assertThat(enter(basic("CP-1", OLD, Link.PLAIN))).isEqualTo(1);
  }

  @Test
  void aLostAnswer_leavesBoth_untilTheStationUsesTheOldOne() {
    StationInfo station = make("CP-1", 1);
    settle(station, NEW, Outcome.UNKNOWN);
    open();
    assertThat(security.check(basic("CP-1", NEW, Link.PLAIN))).isInstanceOf(Check.Later.class);
    assertThat(enter(basic("CP-1", OLD, Link.PLAIN))).isEqualTo(1);
    refused(basic("CP-1", NEW, Link.PLAIN), Refusal.WRONG_PASSWORD);
  }

  @Test
  void aLostAnswer_leavesBoth_untilTheStationUsesTheNewOne() {
    StationInfo station = make("CP-1", 1);
    settle(station, NEW, Outcome.UNKNOWN);
    assertThat(enter(basic("CP-1", NEW, Link.PLAIN))).isEqualTo(1);
    refused(basic("CP-1", OLD, Link.PLAIN), Refusal.WRONG_PASSWORD);
  }

  @Test
  void twoLostAnswers_leaveThree_andAThirdChangeMustWait() {
    StationInfo station = make("CP-1", 1);
    settle(station, NEW, Outcome.UNKNOWN);
    settle(station, "the-third-password", Outcome.UNKNOWN);
    assertThat(security.passwords().offer(station.id(), "the-fourth-password")).isEmpty();
    assertThat(enter(basic("CP-1", "the-third-password", Link.PLAIN))).isEqualTo(1);
    refused(basic("CP-1", NEW, Link.PLAIN), Refusal.WRONG_PASSWORD);
    refused(basic("CP-1", OLD, Link.PLAIN), Refusal.WRONG_PASSWORD);
  }

  @Test
  void aPasswordOnItsWay_isGoodAtOnce_andTheOldOneDoesNotKillIt() {
    StationInfo station = make("CP-1", 1);
    Offer offer = security.passwords().offer(station.id(), NEW).orElseThrow();
    assertThat(security.passwords().offer(station.id(), "another-password-9")).isEmpty();
    assertThat(enter(basic("CP-1", OLD, Link.PLAIN))).isEqualTo(1);
    assertThat(enter(basic("CP-1", NEW, Link.PLAIN))).isEqualTo(1);
    security.passwords().settle(offer, Outcome.TAKEN);
    refused(basic("CP-1", OLD, Link.PLAIN), Refusal.WRONG_PASSWORD);
  }

  @Test
  void aPasswordTakenAfterReboot_leavesTheOldOneUntilThen() {
    StationInfo station = make("CP-1", 1);
    settle(station, NEW, Outcome.AFTER_REBOOT);
    assertThat(enter(basic("CP-1", OLD, Link.PLAIN))).isEqualTo(1);
    assertThat(enter(basic("CP-1", NEW, Link.PLAIN))).isEqualTo(1);
    refused(basic("CP-1", OLD, Link.PLAIN), Refusal.WRONG_PASSWORD);
  }

  @Test
  @Proves({"1.6/A01/2", "A01.FR.08"})
  void aHexKey_matchesAsTextAndAsBytes_andIsKeptAsAHash() {
    StationInfo station = make("CP-1", 1);
    String hex = HexFormat.of().formatHex(NEW.getBytes(UTF_8));
    settle(station, hex, Outcome.TAKEN);
    assertThat(enter(basic("CP-1", hex, Link.PLAIN))).isEqualTo(1);
    assertThat(enter(basic("CP-1", NEW, Link.PLAIN))).isEqualTo(1);
    assertThat(enter(basic("CP-1", hex.toUpperCase(java.util.Locale.ROOT), Link.PLAIN)))
        .isEqualTo(1);
    byte[] stored = inventory.row("CP-1").orElseThrow().passwordHash();
    assertThat(stored).hasSize(32);
  }

  @Test
  void anAbsentStation_isToldLater_andBothAreGoodUntilThen() {
    StationInfo station = make("CP-1", 1);
    assertThat(security.passwords().later(station.id(), NEW)).isTrue();
    open();
    assertThat(security.passwords().waiting())
        .singleElement()
        .satisfies(
            waiting -> {
              assertThat(waiting.password()).isEqualTo(NEW);
              assertThat(waiting.toString()).doesNotContain(NEW);
            });
    assertThat(enter(basic("CP-1", OLD, Link.PLAIN))).isEqualTo(1);
    assertThat(security.passwords().waiting()).hasSize(1);
    settle(station, NEW, Outcome.NOT_SENT);
    assertThat(security.passwords().waiting()).hasSize(1);
    settle(station, NEW, Outcome.TAKEN);
    assertThat(security.passwords().waiting()).isEmpty();
    refused(basic("CP-1", OLD, Link.PLAIN), Refusal.WRONG_PASSWORD);
    assertThat(enter(basic("CP-1", NEW, Link.PLAIN))).isEqualTo(1);
  }

  @Test
  void aWaitingPassword_doesNotKillOneThatTheStationMayHaveTaken() {
    StationInfo station = make("CP-1", 1);
    settle(station, NEW, Outcome.UNKNOWN);
    assertThat(security.passwords().later(station.id(), "the-third-password")).isTrue();
    open();
    assertThat(enter(basic("CP-1", NEW, Link.PLAIN))).isEqualTo(1);
    refused(basic("CP-1", OLD, Link.PLAIN), Refusal.WRONG_PASSWORD);
    assertThat(security.passwords().waiting())
        .extracting(StationPasswordChanges.Waiting::password)
        .containsExactly("the-third-password");
    assertThat(enter(basic("CP-1", "the-third-password", Link.PLAIN))).isEqualTo(1);
    assertThat(security.passwords().waiting()).isEmpty();
  }

  @Test
  void aWaitingPassword_thatSomebodyTypedIn_isTheOne() {
    StationInfo station = make("CP-1", 1);
    security.passwords().later(station.id(), NEW);
    assertThat(enter(basic("CP-1", NEW, Link.PLAIN))).isEqualTo(1);
    assertThat(security.passwords().waiting()).isEmpty();
    refused(basic("CP-1", OLD, Link.PLAIN), Refusal.WRONG_PASSWORD);
  }

  @Test
  void aStationWithoutPassword_isAtProfileOneOnceItHasTakenOne() {
    StationInfo station = make("CP-0", 0);
    assertThat(enter(shown("CP-0", "", "", Link.PLAIN))).isZero();
    assertThat(enter(shown("CP-0", "", "", TLS))).isZero();
    settle(station, NEW, Outcome.TAKEN);
    refused(shown("CP-0", "", "", Link.PLAIN), Refusal.WRONG_PASSWORD);
    assertThat(enter(basic("CP-0", NEW, Link.PLAIN))).isEqualTo(1);
  }

  @Test
  void theLastTlsConnection_isKept_aPlainOneIsNot() {
    StationInfo station = make("CP-3", 3);
    Shown shown = certificate("CP-3", "CN=CP-3,O=Ampay");
    security.entered(station, basic("CP-3", OLD, Link.PLAIN), 1);
    assertThat(links).isEmpty();
    security.entered(station, shown, 3);
    DB.database().transactor().run(tx -> new StationLinkStore(DB.database()).write(tx, links));
    DB.database().transactor().run(tx -> new StationLinkStore(DB.database()).write(tx, links));
    LinkFact kept = security.status(station.id()).orElseThrow().link().orElseThrow();
    assertThat(kept.version()).isEqualTo("TLSv1.2");
    assertThat(kept.certificate().orElseThrow().subject()).contains("CN=CP-3");
    assertThat(kept).isEqualTo(links.getFirst());
    assertThat(watched).isEqualTo(shown.link().chain());
  }

  private void settle(StationInfo station, String text, Outcome outcome) {
    Offer offer = security.passwords().offer(station.id(), text).orElseThrow();
    security.passwords().settle(offer, outcome);
  }

  private int enter(Shown shown) {
    return switch (full(shown)) {
      case Check.In(int profile) -> profile;
      case Check other -> throw new AssertionError(other);
    };
  }

  private void refused(Shown shown, Refusal why) {
    assertThat(full(shown)).isEqualTo(new Check.Out(why));
  }

  private Check full(Shown shown) {
    Check first = security.check(shown);
    return first instanceof Check.Later
        ? security.admit(shown).toCompletableFuture().join()
        : first;
  }

  private Shown certificate(String identity, String subject) {
    return new Shown(identity, "", new byte[0], tls(authority.issue(subject)));
  }

  private static Shown issued(TestAuthority.Issued issued) {
    return new Shown("CP-3", "", new byte[0], tls(issued));
  }

  private static java.security.KeyPair ec() {
    return TestAuthority.keys("EC", 256);
  }

  private X509Certificate root() {
    return authority.certificate();
  }

  private static Link tls(TestAuthority.Issued issued) {
    return new Link("TLSv1.2", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", issued.chain());
  }

  private static Shown basic(String identity, String password, Link link) {
    return shown(identity, identity, password, link);
  }

  private static Shown shown(String identity, String user, String password, Link link) {
    return new Shown(identity, user, password.getBytes(UTF_8), link);
  }

  private StationInfo make(String identity, int profile) {
    return inventory.createStation(
        new NewStation(
            1,
            site,
            identity,
            identity,
            profile,
            List.of(
                new NewStation.NewEvse(
                    1, true, 3, 120_000, List.of(new NewStation.NewConnector(1, "GBT_DC"))))),
        profile == 1 || profile == 2 ? Optional.of(OLD) : Optional.empty());
  }

  private static Site site(String code) {
    return new Site(
        0,
        1,
        code,
        "人民广场",
        new Site.Address("人民大道 1", "上海", "200003", "CHN", null, null),
        ZoneId.of("Asia/Shanghai"),
        true);
  }

  private final class Trust implements ClientTrust {

    @Override
    public List<X509Certificate> roots() {
      return List.of(authority.certificate());
    }

    @Override
    public List<X509Certificate> roots(long operatorId) {
      return roots();
    }

    @Override
    public Standing standing(long operatorId, X509Certificate certificate, X509Certificate issuer) {
      assertThat(issuer).isEqualTo(authority.certificate());
      return standing;
    }
  }
}
