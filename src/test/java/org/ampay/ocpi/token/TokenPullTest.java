package org.ampay.ocpi.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ampay.access.Driver;
import org.ampay.access.Token;
import org.ampay.access.Tokens;
import org.ampay.base.CountingIds;
import org.ampay.base.TestTime;
import org.ampay.ocpi.InterfaceRole;
import org.ampay.ocpi.OcpiVersion;
import org.ampay.ocpi.Partner;
import org.ampay.ocpi.Partners;
import org.ampay.ocpi.PartyRef;
import org.ampay.ocpi.client.PartnerClient;
import org.ampay.ocpi.client.PartnerReply;
import org.ampay.ocpi.client.PartnerRequest;
import org.ampay.ocpi.json.OcpiJson;
import org.ampay.store.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** When and how partners' lists of tokens are read. */
class TokenPullTest implements Partners, PartnerClient {

  @RegisterExtension static final TestDatabase DB = new TestDatabase();

  private static final PartyRef PARTY = new PartyRef("DE", "EMP");
  private static final String AT = "https://emsp.example/tokens";

  private final TestTime time = TestTime.monday();
  private final Deque<PartnerReply> pages = new ArrayDeque<>();
  private final List<String> asked = new ArrayList<>();
  private Tokens tokens;
  private RoamingTokens roaming;
  private TokenPull pull;
  private long partnerId;

  @BeforeEach
  void begin() {
    DB.clear();
    tokens = new Tokens(DB.database(), new CountingIds(100), time, Runnable::run);
    // A partner pays as the driver with its id.
    partnerId = tokens.create(new Driver(0, 1, "EMP", null, null, "en", null)).id();
    roaming = new RoamingTokens(DB.transactor(), tokens, this, time);
    pull = new TokenPull(this, this, roaming, DB.transactor(), Runnable::run, time);
  }

  private Partner partner() {
    return new Partner(
        partnerId,
        1,
        new PartyRef("CN", "AMP"),
        "EMSP",
        PARTY,
        "EMP",
        Optional.empty(),
        Partner.State.REGISTERED,
        OcpiVersion.V2_2_1,
        List.of(new Partner.Endpoint("tokens", InterfaceRole.SENDER, URI.create(AT))),
        List.of(),
        Partner.TokenForm.BASE64);
  }

  private static ObjectNode token(String uid, String updated) {
    return OcpiJson.object()
        .put("country_code", "DE")
        .put("party_id", "EMP")
        .put("uid", uid)
        .put("type", "RFID")
        .put("contract_id", "DE-EMP-1")
        .put("issuer", "EMP")
        .put("valid", true)
        .put("whitelist", "ALWAYS")
        .put("last_updated", updated);
  }

  private void page(String link, ObjectNode... all) {
    ArrayNode list = OcpiJson.object().arrayNode();
    List.of(all).forEach(list::add);
    pages.add(new PartnerReply.Done(list, link.isEmpty() ? Map.of() : Map.of("link", link)));
  }

  private void after(Duration pause) {
    time.advance(pause);
    pull.tick();
  }

  private Optional<Token> known(String uid) {
    return tokens.read(1, uid);
  }

  @Test
  void allPagesAreReadAMinuteAfterTheHandshake_andThenWhatChanged() {
    page("<" + AT + "?offset=1>; rel=\"next\"", token("A1", "2026-03-02T07:00:00Z"));
    page("", token("A2", "2026-03-02T07:30:00Z"));
    pull.tick();
    after(Duration.ofSeconds(50));
    assertThat(asked).isEmpty();
    after(Duration.ofSeconds(10));
    assertThat(asked).containsExactly(AT + " {limit=500}", AT + "?offset=1 {}");
    assertThat(known("a1").orElseThrow().driverId()).isEqualTo(partnerId);
    assertThat(known("A2")).isPresent();
    assertThat(pull.state(partnerId).orElseThrow().tokens()).isEqualTo(2);

    asked.clear();
    after(Duration.ofMinutes(59));
    assertThat(asked).isEmpty();
    page("", token("A3", "2026-03-02T08:30:00Z"));
    after(Duration.ofMinutes(1));
    assertThat(asked).hasSize(1);
    assertThat(asked.getFirst()).contains("date_from=2026-03-02T07:20:00Z");
    assertThat(known("A3")).isPresent();
  }

  @Test
  void aListThatBreaksOff_isReadAgainFromWhereItWasGood() {
    page("<" + AT + "?offset=1>; rel=\"next\"", token("A1", "2026-03-02T07:00:00Z"));
    pages.add(new PartnerReply.Refused(500, 0, "HTTP 500"));
    pull.begin(partner());
    TokenPull.State broken = pull.state(partnerId).orElseThrow();
    assertThat(broken.problem()).isEqualTo("HTTP 500");
    assertThat(broken.doneAt()).isNull();
    assertThat(known("A1")).as("what came is kept").isPresent();
    asked.clear();
    page("", token("A1", "2026-03-02T07:00:00Z"), token("A2", "2026-03-02T07:00:00Z"));
    after(Duration.ofMinutes(5));
    assertThat(asked).containsExactly(AT + " {limit=500}");
    assertThat(pull.state(partnerId).orElseThrow().problem()).isNull();
    assertThat(known("A2")).isPresent();
  }

  @Test
  void whatCannotBeTaken_isLeftOutAndCounted() {
    ObjectNode foreign = token("B1", "2026-03-02T07:00:00Z").put("party_id", "ZZZ");
    ObjectNode broken = token("B2", "2026-03-02T07:00:00Z");
    broken.remove("valid");
    page("", foreign, broken, token("A1", "2026-03-02T07:00:00Z"));
    pull.begin(partner());
    TokenPull.State state = pull.state(partnerId).orElseThrow();
    assertThat(state.problem())
        .isEqualTo("2 left out, first: of a party that it does not speak for");
    assertThat(state.doneAt()).isNotNull();
    assertThat(known("A1")).isPresent();
    assertThat(known("B1")).isEmpty();
    assertThat(known("B2")).isEmpty();
  }

  @Test
  void whatWasPushedLater_isNotUndoneByAnOlderPage() {
    roaming.put(
        partner(), RoamingToken.of(token("A1", "2026-03-02T07:50:00Z").put("valid", false)));
    page("", token("A1", "2026-03-02T07:00:00Z"));
    pull.begin(partner());
    assertThat(known("A1").orElseThrow().blocked()).isTrue();
  }

  @Test
  void aCardOfOurOwn_staysOurOwn() {
    long driver = tokens.create(new Driver(0, 1, "Me", null, null, "en", null)).id();
    tokens.create(new Token(0, 1, "A1", "ISO14443", null, driver, null, null, false, 1, List.of()));
    page("", token("a1", "2026-03-02T07:00:00Z"), token("A2", "2026-03-02T07:00:00Z"));
    pull.begin(partner());
    assertThat(known("A1").orElseThrow().driverId()).isEqualTo(driver);
    assertThat(roaming.byUid(partnerId, "A1")).isEmpty();
    assertThat(roaming.byUid(partnerId, "A2")).isPresent();
  }

  @Test
  void aNextPageElsewhere_isNotAskedForWithThePartnersToken() {
    page("<https://other.example/tokens>; rel=\"next\"", token("A1", "2026-03-02T07:00:00Z"));
    pull.begin(partner());
    assertThat(asked).hasSize(1);
    assertThat(pull.state(partnerId).orElseThrow().problem()).contains("somewhere else");
  }

  @Test
  void aTokenDatedInTheFuture_doesNotHideWhatChangesToday() {
    page("", token("A1", "2030-01-01T00:00:00Z"));
    pull.begin(partner());
    assertThat(pull.state(partnerId).orElseThrow().mark()).isEqualTo(time.now());
  }

  @Override
  public PartnerReply send(Partner to, PartnerRequest request) {
    asked.add((request.absolute() == null ? AT : request.absolute()) + " " + request.query());
    PartnerReply reply = pages.poll();
    return reply == null
        ? new PartnerReply.Done((JsonNode) OcpiJson.object().arrayNode(), Map.of())
        : reply;
  }

  @Override
  public Optional<Partner> byId(long id) {
    return Optional.of(partner());
  }

  @Override
  public List<Partner> of(long operatorId) {
    return List.of(partner());
  }

  @Override
  public List<Partner> registered() {
    return List.of(partner());
  }
}
