package org.ampay.access;

import static org.ampay.access.AuthorizationStatus.ACCEPTED;
import static org.ampay.access.AuthorizationStatus.BLOCKED;
import static org.ampay.access.AuthorizationStatus.EXPIRED;
import static org.ampay.access.AuthorizationStatus.NOT_AT_THIS_LOCATION;
import static org.ampay.access.AuthorizationStatus.UNKNOWN;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.ampay.access.AuthorizationRequest.Purpose;
import org.ampay.access.Token.AllowedEvse;

/**
 * Decides by what is stored of a token: known, not blocked, not expired, allowed here (C01.FR.18 to
 * C01.FR.22); then asks the further rules. {@code NoAuthorization} is accepted (C02.FR.02).
 */
public final class TokenAuthorizer implements Authorizer {

  private final Tokens tokens;
  private final List<AuthorizationRule> rules;

  /**
   * @param rules asked in this order when a token is presented; at a start the guard decides
   */
  public TokenAuthorizer(Tokens tokens, List<AuthorizationRule> rules) {
    this.tokens = tokens;
    this.rules = List.copyOf(rules);
  }

  @Override
  public CompletionStage<Authorization> authorize(AuthorizationRequest request) {
    if (request.token().type().equals("NoAuthorization")) {
      return CompletableFuture.completedStage(Authorization.of(ACCEPTED));
    }
    return tokens
        .find(request.station().operatorId(), request.token().key())
        .thenCompose(token -> decide(request, token));
  }

  private CompletionStage<Authorization> decide(
      AuthorizationRequest request, Optional<Token> found) {
    if (found.isEmpty()) {
      tokens.remember(request.station(), request.token());
      return CompletableFuture.completedStage(Authorization.of(UNKNOWN));
    }
    Token token = found.get();
    Authorization decision =
        new Authorization(
            status(request, token),
            token.groupToken(),
            token.expiresAt(),
            token.id(),
            token.driverId(),
            token.driverGroupId(),
            token.maxConcurrent());
    return decision.accepted() && request.purpose() == Purpose.PRESENT
        ? ask(request, decision, 0)
        : CompletableFuture.completedStage(decision);
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

  private static AuthorizationStatus status(AuthorizationRequest request, Token token) {
    Instant expiresAt = token.expiresAt();
    if (token.blocked()) {
      return BLOCKED;
    }
    if (expiresAt != null && !request.at().isBefore(expiresAt)) {
      return EXPIRED;
    }
    return allowed(request, token) ? ACCEPTED : NOT_AT_THIS_LOCATION;
  }

  private static boolean allowed(AuthorizationRequest request, Token token) {
    if (token.allowedEvses().isEmpty()) {
      return true;
    }
    List<AllowedEvse> here =
        token.allowedEvses().stream()
            .filter(e -> e.station().equals(request.station().identity()))
            .toList();
    boolean whole = here.stream().anyMatch(e -> e.evse() == 0);
    return whole
        || (request.evses().isEmpty()
            ? !here.isEmpty()
            : here.stream().anyMatch(e -> request.evses().contains(e.evse())));
  }
}
