package org.ampay.access;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * A further condition on a token that is good in itself, for example enough money in the wallet.
 */
public interface AuthorizationRule {

  /**
   * The refusal, empty when this rule has nothing against it.
   *
   * @param candidate the accepted decision so far
   */
  CompletionStage<Optional<AuthorizationStatus>> refuse(
      AuthorizationRequest request, Authorization candidate);
}
