package org.ampay.ocpi.session;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.ampay.ocpi.ModuleId;
import org.ampay.ocpi.OcpiVersion;
import org.ampay.ocpi.Partner;
import org.ampay.ocpi.cdr.CdrTexts;
import org.ampay.ocpi.client.PartnerRequest;
import org.ampay.ocpi.push.PushKind;
import org.ampay.ocpi.push.PushSource;
import org.ampay.store.Transactor;

/** Sends sessions as a whole, by PUT; the key is the session's id. */
public final class SessionPushSource implements PushSource {

  private static final int MOST_KEYS = 10_000;

  private final Transactor transactor;
  private final OcpiSessionStore store;

  public SessionPushSource(Transactor transactor, OcpiSessionStore store) {
    this.transactor = transactor;
    this.store = store;
  }

  @Override
  public PushKind kind() {
    return PushKind.SESSION;
  }

  @Override
  public List<String> keys(Partner partner, Instant since) {
    return transactor.call(tx -> store.since(tx, partner.id(), since, MOST_KEYS)).stream()
        .map(String::valueOf)
        .toList();
  }

  @Override
  public Optional<PartnerRequest> request(Partner partner, String key) {
    OcpiVersion version = partner.version();
    if (version == null) {
      return Optional.empty();
    }
    long id = Long.parseLong(key);
    return transactor
        .call(tx -> store.text(tx, partner.id(), id, version))
        .<JsonNode>map(CdrTexts::tree)
        .map(
            body ->
                PartnerRequest.toReceiver(
                    ModuleId.SESSIONS,
                    "PUT",
                    List.of(partner.ours().countryCode(), partner.ours().partyId(), key),
                    body));
  }
}
