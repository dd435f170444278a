package org.ampay.app;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.ampay.access.Authorization;
import org.ampay.access.AuthorizationRequest;
import org.ampay.access.AuthorizationRule;
import org.ampay.access.AuthorizationStatus;
import org.ampay.access.ReservedEvses;
import org.ampay.access.TokenAuthorizer;
import org.ampay.access.TokenSource;
import org.ampay.access.Tokens;
import org.jspecify.annotations.Nullable;

/** What is asked of a room that is built after those who ask it, and before stations connect. */
final class LateRule implements AuthorizationRule, TokenSource {

  private volatile @Nullable AuthorizationRule rule;
  private volatile TokenSource source = TokenSource.NONE;

  void is(AuthorizationRule known, TokenSource elsewhere) {
    rule = known;
    source = elsewhere;
  }

  /**
   * Decides by those rules, and asks this one last: when nothing else is against it.
   *
   * @param rules asked before, in this order
   */
  TokenAuthorizer authorizer(Tokens tokens, List<AuthorizationRule> rules, ReservedEvses reserved) {
    List<AuthorizationRule> all = new ArrayList<>(rules);
    all.add(this);
    return new TokenAuthorizer(tokens, all, reserved, this);
  }

  @Override
  public CompletionStage<Boolean> look(AuthorizationRequest request) {
    return source.look(request);
  }

  @Override
  public CompletionStage<Optional<AuthorizationStatus>> refuse(
      AuthorizationRequest request, Authorization candidate) {
    AuthorizationRule known = rule;
    return known == null
        ? CompletableFuture.completedStage(Optional.empty())
        : known.refuse(request, candidate);
  }
}
