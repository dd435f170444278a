package org.ampay.access;

import static org.ampay.access.AuthorizationStatus.ACCEPTED;
import static org.ampay.access.AuthorizationStatus.BLOCKED;
import static org.ampay.access.AuthorizationStatus.EXPIRED;
import static org.ampay.access.AuthorizationStatus.INVALID;
import static org.ampay.access.AuthorizationStatus.NOT_AT_THIS_TIME;
import static org.ampay.access.AuthorizationStatus.UNKNOWN;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.ampay.access.AuthorizationRequest.Purpose;
import org.ampay.station.StationInfo;

/**
 * Decides by what is stored of a token: known, not blocked, not expired, allowed here (C01.FR.18 to
 * C01.FR.22), no master pass that would start a session (C16.FR.03), on an EVSE that is not
 * reserved for another; then asks the further rules. {@code NoAuthorization} is accepted
 * (C02.FR.02).
 */
public final class TokenAuthorizer implements Authorizer {

  private static final String KEY_CODE = "KeyCode";

  /** How long a station may remember a token that is to be asked about each time. */
  private static final Duration CACHED = Duration.ofMinutes(2);

  private final Tokens tokens;
  private final List<AuthorizationRule> rules;
  private final ReservedEvses reserved;
  private final TokenSource elsewhere;

  /** Without reservations. */
  public TokenAuthorizer(Tokens tokens, List<AuthorizationRule> rules) {
    this(tokens, rules, ReservedEvses.NONE);
  }

  /** Where what we do not know nobody knows. */
  public TokenAuthorizer(Tokens tokens, List<AuthorizationRule> rules, ReservedEvses reserved) {
    this(tokens, rules, reserved, TokenSource.NONE);
  }

  /**
   * @param rules asked in this order when a token is presented; at a start the guard decides
   * @param elsewhere asked about tokens that we do not know
   */
  public TokenAuthorizer(
      Tokens tokens, List<AuthorizationRule> rules, ReservedEvses reserved, TokenSource elsewhere) {
    this.elsewhere = elsewhere;
    this.tokens = tokens;
    this.rules = List.copyOf(rules);
    this.reserved = reserved;
  }

  @Override
  public CompletionStage<Authorization> authorize(AuthorizationRequest request) {
    if (request.token().type().equals("NoAuthorization")) {
      return CompletableFuture.completedStage(Authorization.of(ACCEPTED));
    }
    return tokens
        .find(request.station().operatorId(), request.token().key())
        .thenCompose(
            token ->
                token.isEmpty() && isToStart(request) ? look(request) : decide(request, token));
  }

  private static boolean isToStart(AuthorizationRequest request) {
    return request.purpose() == Purpose.PRESENT || request.purpose() == Purpose.START;
  }

  private CompletionStage<Authorization> look(AuthorizationRequest request) {
    return elsewhere
        .look(request)
        .thenCompose(
            known ->
                known
                    ? tokens.find(request.station().operatorId(), request.token().key())
                    : CompletableFuture.completedStage(Optional.empty()))
        .thenCompose(token -> decide(request, token));
  }

  private CompletionStage<Authorization> decide(
      AuthorizationRequest request, Optional<Token> found) {
    Optional<Token> token = found.filter(known -> sameKind(known, request.token()));
    if (token.isEmpty()) {
      tokens.remember(request.station(), request.token());
      boolean pin = request.token().type().equals(KEY_CODE);
      return CompletableFuture.completedStage(Authorization.of(pin ? INVALID : UNKNOWN));
    }
    Authorization decision =
        atItsPurpose(judge(token.get(), request.station(), request.evses(), request.at()), request);
    boolean asksRules = decision.accepted() && isToStart(request) && !decision.told().masterPass();
    return asksRules ? ask(request, decision, 0) : CompletableFuture.completedStage(decision);
  }

  /** A PIN code that equals the number of a card is not that card, nor the other way round. */
  private static boolean sameKind(Token known, IdToken shown) {
    return shown.type().isEmpty() || known.type().equals(KEY_CODE) == shown.type().equals(KEY_CODE);
  }

  /**
   * What is stored of a token, whatever it is shown for.
   *
   * @param evses where it is shown; empty when that is not known
   */
  public static Authorization judge(
      Token token, StationInfo station, List<Integer> evses, Instant at) {
    AllowedHere here = AllowedHere.of(token, station, evses);
    Token.Traits traits = token.traits();
    Authorization accepted =
        new Authorization(
            ACCEPTED,
            token.groupToken(),
            traits.alwaysAsked() ? soon(token, at) : token.expiresAt(),
            token.id(),
            token.driverId(),
            token.driverGroupId(),
            token.maxConcurrent(),
            new Authorization.Told(here.evses(), traits.language(), traits.masterPass()),
            traits.orderId());
    Instant expiresAt = token.expiresAt();
    if (token.blocked()) {
      return accepted.with(BLOCKED);
    }
    return expiresAt != null && !at.isBefore(expiresAt)
        ? accepted.with(EXPIRED)
        : accepted.with(here.status());
  }

  /** So its stay in the station's cache is short: next time we are asked again. */
  private static Instant soon(Token token, Instant at) {
    Instant soon = at.plus(CACHED);
    Instant expiresAt = token.expiresAt();
    return expiresAt != null && expiresAt.isBefore(soon) ? expiresAt : soon;
  }

  private Authorization atItsPurpose(Authorization decision, AuthorizationRequest request) {
    if (!decision.accepted() || request.purpose() != Purpose.START) {
      return decision;
    }
    if (decision.told().masterPass()) {
      return decision.with(INVALID);
    }
    long station = request.station().id();
    boolean taken =
        request.evses().stream()
            .anyMatch(
                evse ->
                    reserved.forAnother(
                        station, evse, request.token(), decision.groupToken(), request.at()));
    return taken ? decision.with(NOT_AT_THIS_TIME) : decision;
  }

  private CompletionStage<Authorization> ask(
      AuthorizationRequest request, Authorization decision, int rule) {
    if (rule == rules.size()) {
      return CompletableFuture.completedStage(decision);
    }
    return rules
        .get(rule)
        .refuse(request, decision)
        .thenCompose(
            refusal ->
                refusal.isPresent()
                    ? CompletableFuture.completedStage(decision.with(refusal.get()))
                    : ask(request, decision, rule + 1));
  }
}
