package org.ampay.ocpi.push;

import java.util.Optional;
import org.ampay.ocpi.Partner;
import org.ampay.ocpi.client.PartnerReply;
import org.ampay.ocpi.client.PartnerRequest;

/** Makes what is sent of one kind of object, from its newest state. */
public interface PushSource {

  PushKind kind();

  /** What to send now; empty: nothing any more. Blocks. */
  Optional<PartnerRequest> request(Partner partner, String key);

  /** The partner has taken it. Blocks. */
  default void taken(Partner partner, String key, PartnerReply.Done reply) {}
}
