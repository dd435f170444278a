package org.ampay.access;

import static org.ampay.access.AuthorizationStatus.ACCEPTED;
import static org.ampay.access.AuthorizationStatus.BLOCKED;
import static org.ampay.access.AuthorizationStatus.EXPIRED;
import static org.ampay.access.AuthorizationStatus.INVALID;
import static org.ampay.access.AuthorizationStatus.NOT_AT_THIS_LOCATION;
import static org.ampay.access.AuthorizationStatus.NOT_AT_THIS_TIME;
import static org.ampay.access.AuthorizationStatus.NO_CREDIT;
import static org.ampay.access.AuthorizationStatus.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.ampay.access.AuthorizationRequest.Purpose;
import org.ampay.access.Token.AllowedEvse;
import org.ampay.access.Tokens.TokenException;
import org.ampay.base.CountingIds;
import org.ampay.base.TestTime;
import org.ampay.station.StationInfo;
import org.ampay.store.TestDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TokenAuthorizerTest {

  @RegisterExtension static final TestDatabase DB = new TestDatabase();

  private static final StationInfo STATION =
      new StationInfo(5, 1, 3, "CP-1", "CNY", 5_000, ZoneId.of("Asia/Shanghai"), List.of());

  private final TestTime time = TestTime.monday();
  private Tokens tokens;
  private Authorizer authorizer;

  @BeforeEach
  void start() {
    DB.clear();
    tokens = new Tokens(DB.database(), new CountingIds(10), time, Runnable::run);
    authorizer = new TokenAuthorizer(tokens, List.of());
  }

  @Test
  void aKnownToken_isAcceptedWithoutRegardToCase() {
    Token token = tokens.create(token("AbCd01", false, List.of()));
    Authorization decision = ask("aBcD01", Purpose.PRESENT);
    assertThat(decision.status()).isEqualTo(ACCEPTED);
    assertThat(decision.tokenId()).isEqualTo(token.id());
    assertThat(decision.groupToken()).isEqualTo("FLEET");
  }

  @Test
  void anUnknownToken_isRefusedAndRemembered() {
    assertThat(ask("NOBODY", Purpose.START).status()).isEqualTo(UNKNOWN);
    assertThat(ask("nobody", Purpose.START).status()).isEqualTo(UNKNOWN);
    tokens.flush();
    var seen = DB.dsl().fetchOne("SELECT uid_key, seen FROM unknown_token");
    assertThat(seen.get(0)).isEqualTo("nobody");
    assertThat(seen.get(1)).isEqualTo(2);
  }

  @Test
  void blockedExpiredAndForeignTokens_areRefused() {
    tokens.create(token("BLOCKED", true, List.of()));
    assertThat(ask("BLOCKED", Purpose.START).status()).isEqualTo(BLOCKED);
    tokens.create(token("OK", false, List.of()));
    time.advance(java.time.Duration.ofDays(31));
    assertThat(ask("OK", Purpose.START).status()).isEqualTo(EXPIRED);
    tokens.create(token("THERE", false, List.of(new AllowedEvse("CP-2", 0))));
    assertThat(decide("THERE", List.of(1), Purpose.START).status()).isEqualTo(NOT_AT_THIS_LOCATION);
  }

  @Test
  void anEvseRestrictedToken_isAcceptedOnItsEvseOnly() {
    tokens.create(token("EVSE2", false, List.of(new AllowedEvse("CP-1", 2))));
    assertThat(decide("EVSE2", List.of(2), Purpose.START).status()).isEqualTo(ACCEPTED);
    assertThat(decide("EVSE2", List.of(1), Purpose.START).status()).isEqualTo(NOT_AT_THIS_LOCATION);
    assertThat(decide("EVSE2", List.of(), Purpose.PRESENT).status()).isEqualTo(ACCEPTED);
  }

  @Test
  void aReservedEvse_startsForNobodyElse_butTheTokenIsGoodElsewhere() {
    tokens.create(token("GUEST", false, List.of()));
    authorizer =
        new TokenAuthorizer(
            tokens, List.of(), (station, evse, token, group, at) -> evse == 2 && station == 5);
    assertThat(decide("GUEST", List.of(2), Purpose.START).status()).isEqualTo(NOT_AT_THIS_TIME);
    assertThat(decide("GUEST", List.of(1), Purpose.START).status()).isEqualTo(ACCEPTED);
    assertThat(decide("GUEST", List.of(2), Purpose.STOP).status()).isEqualTo(ACCEPTED);
  }

  @Test
  void aGroupThatBecomesAMasterPass_startsNothingFromNowOn_andKeepsItsAudit() {
    tokens.create(token("CHIEF", false, List.of()));
    assertThat(ask("CHIEF", Purpose.START).status()).isEqualTo(ACCEPTED);
    assertThatThrownBy(
            () ->
                tokens.put(
                    new TokenGroup(1, "fleet", true),
                    tx -> {
                      throw new IllegalStateException("no audit");
                    }))
        .hasMessage("no audit");
    assertThat(ask("CHIEF", Purpose.START).status()).isEqualTo(ACCEPTED);
    tokens.put(new TokenGroup(1, "fleet", true), tx -> {});
    assertThat(ask("CHIEF", Purpose.START).status()).isEqualTo(INVALID);
    assertThat(ask("CHIEF", Purpose.PRESENT).status()).isEqualTo(ACCEPTED);
    assertThat(ask("CHIEF", Purpose.STOP).status()).isEqualTo(ACCEPTED);
  }

  @Test
  void whatCannotBeAudited_isNotDone() {
    assertThatThrownBy(
            () ->
                tokens.create(
                    token("GHOST", false, List.of()),
                    (tx, made) -> {
                      throw new IllegalStateException("no audit");
                    }))
        .hasMessage("no audit");
    assertThat(tokens.read(1, "GHOST")).isEmpty();
  }

  @Test
  void aChangeOfAToken_holdsAtOnce() {
    tokens.create(token("T1", false, List.of()));
    assertThat(ask("T1", Purpose.START).status()).isEqualTo(ACCEPTED);
    tokens.update(token("T1", true, List.of()));
    assertThat(ask("T1", Purpose.START).status()).isEqualTo(BLOCKED);
  }

  @Test
  void aChangeByAnotherProcess_holdsAfterARefresh() {
    tokens.create(token("T2", false, List.of()));
    assertThat(ask("T2", Purpose.START).status()).isEqualTo(ACCEPTED);
    Tokens other = new Tokens(DB.database(), new CountingIds(50), time, Runnable::run);
    other.update(token("T2", true, List.of()));
    tokens.refresh();
    assertThat(ask("T2", Purpose.START).status()).isEqualTo(BLOCKED);
  }

  @Test
  void noAuthorization_isAccepted() {
    AuthorizationRequest request =
        new AuthorizationRequest(
            STATION, List.of(), new IdToken("", "NoAuthorization"), Purpose.START, time.now());
    assertThat(authorizer.authorize(request).toCompletableFuture().join().status())
        .isEqualTo(ACCEPTED);
  }

  @Test
  void aRule_refusesAPresentedToken_butDoesNotDisturbARunningSession() {
    tokens.create(token("POOR", false, List.of()));
    authorizer =
        new TokenAuthorizer(
            tokens,
            List.of(
                (request, decision) -> CompletableFuture.completedStage(Optional.of(NO_CREDIT))));
    assertThat(ask("POOR", Purpose.PRESENT).status()).isEqualTo(NO_CREDIT);
    assertThat(ask("POOR", Purpose.CONTINUE).status()).isEqualTo(ACCEPTED);
  }

  @Test
  void aTokenIsItsOperatorsOwn_andItsDriverMustExist() {
    tokens.create(token("MINE", false, List.of()));
    assertThat(tokens.read(2, "MINE")).isEmpty();
    Token orphan = new Token(0, 1, "X", "ISO14443", null, 999L, null, null, false, 1, List.of());
    assertThatThrownBy(() -> tokens.create(orphan))
        .isInstanceOf(TokenException.class)
        .hasMessageStartingWith("driver:");
    assertThatThrownBy(() -> tokens.create(token("mine", false, List.of())))
        .isInstanceOf(TokenException.class)
        .hasMessageStartingWith("uid:");
  }

  private Authorization ask(String uid, Purpose purpose) {
    return decide(uid, List.of(), purpose);
  }

  private Authorization decide(String uid, List<Integer> evses, Purpose purpose) {
    AuthorizationRequest request =
        new AuthorizationRequest(STATION, evses, IdToken.untyped(uid), purpose, time.now());
    return authorizer.authorize(request).toCompletableFuture().join();
  }

  private Token token(String uid, boolean blocked, List<AllowedEvse> evses) {
    @Nullable Long noDriver = null;
    return new Token(
        0,
        1,
        uid,
        "ISO14443",
        "FLEET",
        noDriver,
        null,
        time.now().plus(java.time.Duration.ofDays(30)),
        blocked,
        1,
        evses);
  }
}
