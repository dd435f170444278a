package org.ampay.ocpi.client;

import org.ampay.ocpi.Partner;

/** Calls partners: token, ids, routing headers, limits and the log are its concern. */
public interface PartnerClient {

  /** Sends and waits for the answer, for a bounded time. Blocks; throws nothing expected. */
  PartnerReply send(Partner partner, PartnerRequest request);
}
