package org.ampay.ocpi.client;

import java.net.URI;
import java.util.Optional;
import org.ampay.ocpi.Partner;

/** Calls partners: token, ids, routing headers, limits and the log are its concern. */
public interface PartnerClient {

  /** Sends and waits for the answer, for a bounded time. Blocks; throws nothing expected. */
  PartnerReply send(Partner partner, PartnerRequest request);

  /** Why an address that a partner gave is never called; empty: it may be. May block. */
  default Optional<String> objection(URI url) {
    return Optional.empty();
  }
}
