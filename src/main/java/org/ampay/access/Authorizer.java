package org.ampay.access;

import java.util.concurrent.CompletionStage;

/** Decides about tokens. Never fails for an unknown token: that is a decision too. */
public interface Authorizer {

  CompletionStage<Authorization> authorize(AuthorizationRequest request);
}
