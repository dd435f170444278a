package org.ampay.app;

import java.time.Duration;
import org.ampay.access.TokenSource;
import org.ampay.ocpi.Partners;
import org.ampay.ocpi.client.PartnerClient;
import org.ampay.ocpi.location.PlaceBook;
import org.ampay.ocpi.token.RealTimeRule;
import org.ampay.ocpi.token.RoamingTokens;
import org.ampay.ocpi.token.TokenPull;
import org.ampay.ocpi.token.TokenSearch;

/** What we ask partners about tokens, wired. */
final class PartnerTokenRooms {

  private static final Duration LOOK = Duration.ofSeconds(10);

  final TokenPull pull;

  PartnerTokenRooms(
      Foundation on,
      LateRule asked,
      Partners partners,
      PartnerClient client,
      PlaceBook places,
      RoamingTokens tokens) {
    asked.is(
        new RealTimeRule(tokens, partners, client, places, on.background(), on.time()),
        on.settings().partners().askUnknown()
            ? new TokenSearch(tokens, partners, client, places, on.background(), on.time())
            : TokenSource.NONE);
    pull =
        new TokenPull(
            partners, client, tokens, on.database().transactor(), on.background(), on.time());
  }

  void start(Threads threads) {
    threads.repeat("partners' tokens", LOOK, pull::tick);
  }
}
