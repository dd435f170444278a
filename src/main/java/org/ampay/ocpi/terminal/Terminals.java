package org.ampay.ocpi.terminal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.ampay.base.TimeSource;
import org.ampay.ocpi.InterfaceRole;
import org.ampay.ocpi.ModuleId;
import org.ampay.ocpi.Partner;
import org.ampay.ocpi.client.PartnerClient;
import org.ampay.ocpi.client.PartnerReply;
import org.ampay.ocpi.client.PartnerRequest;
import org.ampay.store.Transactor;

/** Card terminals: told by their services, assigned to places by us. */
public final class Terminals {

  /** Of one list, for which it is enough. */
  public static final int MOST = 1_000;

  private final Transactor transactor;
  private final PartnerClient client;
  private final TimeSource time;

  public Terminals(Transactor transactor, PartnerClient client, TimeSource time) {
    this.transactor = transactor;
    this.client = client;
    this.time = time;
  }

  /**
   * Stores what a service tells of a terminal; a word that is older than the last changes nothing.
   */
  public void told(Partner partner, ObjectNode terminal, Instant lastUpdated) {
    String id = key(terminal.path("terminal_id").textValue());
    transactor.run(
        tx ->
            TerminalStore.put(
                tx,
                new TerminalStore.Row(
                    partner.id(), id, partner.operatorId(), terminal.toString(), lastUpdated)));
  }

  private static String key(String id) {
    return id.toLowerCase(Locale.ROOT);
  }

  /** One of a partner's terminals, as JSON. */
  public Optional<String> find(Partner partner, String id) {
    return transactor.call(tx -> TerminalStore.body(tx, partner.id(), key(id)));
  }

  /** A partner's terminals, as JSON, in the order of their ids. */
  public List<String> list(Partner partner) {
    return transactor.call(tx -> TerminalStore.bodies(tx, partner.id(), MOST));
  }

  /** What came of an assignment. */
  public sealed interface Assigned {

    /** The service has taken it. */
    record Done(String terminal) implements Assigned {}

    /** The partner has no such terminal. */
    record Unknown() implements Assigned {}

    /** The service did not take it: nothing is changed here either. */
    record Refused(String reason) implements Assigned {}
  }

  /**
   * Says at which locations and EVSEs a terminal takes payments: the service is told first. Blocks
   * for as long as a call of a partner may take.
   */
  public Assigned assign(
      Partner partner, String id, List<String> locationIds, List<String> evseUids) {
    Optional<String> known = find(partner, id);
    if (known.isEmpty()) {
      return new Assigned.Unknown();
    }
    Instant now = time.now().truncatedTo(ChronoUnit.SECONDS);
    ObjectNode patch = Json.MAPPER.createObjectNode();
    texts(patch.putArray("location_ids"), locationIds);
    texts(patch.putArray("evse_uids"), evseUids);
    patch.put("last_updated", now.toString());
    ObjectNode terminal = Json.object(known.get());
    PartnerReply reply =
        client.send(
            partner,
            new PartnerRequest(
                ModuleId.PAYMENTS,
                InterfaceRole.SENDER,
                "PATCH",
                List.of("terminals", terminal.path("terminal_id").textValue()),
                Map.of(),
                patch,
                null));
    return switch (reply) {
      case PartnerReply.Done _ -> {
        terminal.setAll(patch);
        told(partner, terminal, now);
        yield new Assigned.Done(terminal.toString());
      }
      case PartnerReply.Refused(int http, int status, String message) ->
          new Assigned.Refused("answered " + http + "/" + status + ": " + message);
      case PartnerReply.Failed(String reason, boolean _) -> new Assigned.Refused(reason);
      case PartnerReply.NoEndpoint(String reason) -> new Assigned.Refused(reason);
    };
  }

  private static void texts(ArrayNode array, List<String> texts) {
    texts.forEach(array::add);
  }

  /** Stored texts are JSON: we wrote them. */
  private static final class Json {
    static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    static ObjectNode object(String text) {
      try {
        return (ObjectNode) MAPPER.readTree(text);
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("a stored terminal is no JSON", e);
      }
    }
  }
}
