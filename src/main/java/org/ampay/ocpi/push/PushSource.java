package org.ampay.ocpi.push;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.ampay.ocpi.Partner;
import org.ampay.ocpi.client.PartnerReply;
import org.ampay.ocpi.client.PartnerRequest;

/** Makes what is sent of one kind of object, from its newest state. */
public interface PushSource {

  PushKind kind();

  /** What to send now; empty: nothing any more. Blocks. */
  Optional<PartnerRequest> request(Partner partner, String key);

  /**
   * The key of what the partner should get before, of the same kind: a credit CDR follows the one
   * that it takes back. It is not waited for when it was given up. Blocks.
   */
  default Optional<String> before(Partner partner, String key) {
    return Optional.empty();
  }

  /**
   * The keys of what the partner should have. Blocks.
   *
   * @param since of what comes and goes, only what changed after that
   */
  default List<String> keys(Partner partner, Instant since) {
    return List.of();
  }

  /**
   * How to ask for what the partner has of it; empty: that cannot be asked. Here: where it is put.
   * Blocks.
   */
  default Optional<PartnerRequest> lookup(Partner partner, String key) {
    return request(partner, key)
        .filter(request -> request.method().equals("PUT"))
        .map(request -> PartnerRequest.toReceiver(request.module(), "GET", request.path(), null));
  }

  /** The partner has taken it. Blocks. */
  default void taken(Partner partner, String key, PartnerReply.Done reply) {}
}
