package org.ampay.ocpi.cdr;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ampay.ocpi.InterfaceRole;
import org.ampay.ocpi.ModuleId;
import org.ampay.ocpi.OcpiVersion;
import org.ampay.ocpi.Partner;
import org.ampay.ocpi.client.PartnerReply;
import org.ampay.ocpi.client.PartnerRequest;
import org.ampay.ocpi.push.PushKind;
import org.ampay.ocpi.push.PushSource;
import org.ampay.store.Transactor;

/** Sends CDRs; the key is the CDR's id. */
public final class CdrPushSource implements PushSource {

  private static final int MOST_KEYS = 10_000;

  private final Transactor transactor;
  private final CdrStore store;

  public CdrPushSource(Transactor transactor, CdrStore store) {
    this.transactor = transactor;
    this.store = store;
  }

  @Override
  public PushKind kind() {
    return PushKind.CDR;
  }

  @Override
  public Optional<PartnerRequest> request(Partner partner, String key) {
    OcpiVersion version = partner.version();
    if (version == null) {
      return Optional.empty();
    }
    return transactor
        .call(tx -> store.text(tx, partner.id(), key, version))
        .<JsonNode>map(CdrTexts::tree)
        .map(body -> PartnerRequest.toReceiver(ModuleId.CDRS, "POST", List.of(), body));
  }

  @Override
  public List<String> keys(Partner partner, Instant since) {
    return transactor.call(tx -> store.since(tx, partner.id(), since, MOST_KEYS));
  }

  /**
   * A CDR is where the partner said; our token is not sent to another host than its own. One that
   * it never told about is on its way, or was refused.
   */
  @Override
  public Optional<PartnerRequest> lookup(Partner partner, String key) {
    return transactor
        .call(tx -> store.location(tx, partner.id(), key))
        .flatMap(location -> partner.beside(ModuleId.CDRS, InterfaceRole.RECEIVER, location))
        .map(
            url ->
                new PartnerRequest(
                    ModuleId.CDRS, InterfaceRole.RECEIVER, "GET", List.of(), Map.of(), null, url));
  }

  /** A credit follows what it takes back, and the new CDR follows the credit. */
  @Override
  public Optional<String> before(Partner partner, String key) {
    return transactor.call(tx -> store.before(tx, partner.id(), key));
  }

  @Override
  public void taken(Partner partner, String key, PartnerReply.Done reply) {
    String location = reply.headers().get("location");
    if (location != null && !location.isBlank()) {
      transactor.run(tx -> store.keptAt(tx, partner.id(), key, location));
    }
  }
}
