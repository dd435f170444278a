package org.ampay.ocpi.terminal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.ampay.base.TimeSource;
import org.ampay.ocpi.InterfaceRole;
import org.ampay.ocpi.ModuleId;
import org.ampay.ocpi.Partner;
import org.ampay.ocpi.client.PartnerClient;
import org.ampay.ocpi.client.PartnerReply;
import org.ampay.ocpi.client.PartnerRequest;
import org.ampay.store.Transactor;
import org.ampay.store.Tx;
import org.jspecify.annotations.Nullable;

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
    transactor.run(tx -> TerminalStore.put(tx, row(partner, terminal, lastUpdated)));
  }

  private static TerminalStore.Row row(Partner partner, ObjectNode terminal, Instant lastUpdated) {
    return new TerminalStore.Row(
        partner.id(),
        key(terminal.path("terminal_id").textValue()),
        partner.operatorId(),
        terminal.toString(),
        lastUpdated);
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

  /**
   * Terminals of all partners, by partner and id.
   *
   * @param operatorId null: of all operators
   * @param afterPartner where the list goes on, with {@code afterId}; 0: from the beginning
   */
  public List<Terminal> known(
      @Nullable Long operatorId, long afterPartner, String afterId, int limit) {
    return transactor.call(
        tx ->
            TerminalStore.page(
                    tx, operatorId, afterPartner, key(afterId), Math.clamp(limit, 1, MOST + 1))
                .stream()
                .map(Terminals::terminal)
                .toList());
  }

  /** One of a partner's terminals. */
  public Optional<Terminal> known(Partner partner, String id) {
    return transactor
        .call(tx -> TerminalStore.row(tx, partner.id(), key(id)))
        .map(Terminals::terminal);
  }

  private static Terminal terminal(TerminalStore.Row row) {
    ObjectNode body = Json.object(row.body());
    return new Terminal(
        row.partnerId(),
        row.operatorId(),
        body.path("terminal_id").asText(row.terminalId()),
        new Terminal.Told(
            body.path("reference").asText(""),
            body.path("customer_reference").asText(""),
            body.path("address").asText(""),
            body.path("city").asText("")),
        Json.texts(body.path("location_ids")),
        Json.texts(body.path("evse_uids")),
        row.lastUpdated());
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
   *
   * @param alongside what is written in the transaction in which it is stored
   */
  public Assigned assign(
      Partner partner,
      String id,
      List<String> locationIds,
      List<String> evseUids,
      Consumer<Tx> alongside) {
    Optional<TerminalStore.Row> known =
        transactor.call(tx -> TerminalStore.row(tx, partner.id(), key(id)));
    if (known.isEmpty()) {
      return new Assigned.Unknown();
    }
    Instant now = later(time.now().truncatedTo(ChronoUnit.SECONDS), known.get().lastUpdated());
    ObjectNode patch = Json.MAPPER.createObjectNode();
    texts(patch.putArray("location_ids"), locationIds);
    texts(patch.putArray("evse_uids"), evseUids);
    patch.put("last_updated", now.toString());
    ObjectNode terminal = Json.object(known.get().body());
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
        transactor.run(
            tx -> {
              TerminalStore.put(tx, row(partner, terminal, now));
              alongside.accept(tx);
            });
        yield new Assigned.Done(terminal.toString());
      }
      case PartnerReply.Refused(int http, int status, String message) ->
          new Assigned.Refused("answered " + http + "/" + status + ": " + message);
      case PartnerReply.Failed(String reason, boolean _) -> new Assigned.Refused(reason);
      case PartnerReply.NoEndpoint(String reason) -> new Assigned.Refused(reason);
    };
  }

  /** The service's clock may be ahead of ours: what it has taken is stored all the same. */
  private static Instant later(Instant now, Instant told) {
    return now.isBefore(told) ? told : now;
  }

  private static void texts(ArrayNode array, List<String> texts) {
    texts.forEach(array::add);
  }

  /** Stored texts are JSON: we wrote them. */
  private static final class Json {
    static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    static List<String> texts(JsonNode array) {
      List<String> texts = new ArrayList<>();
      array.forEach(one -> texts.add(one.asText()));
      return texts;
    }

    static ObjectNode object(String text) {
      try {
        return (ObjectNode) MAPPER.readTree(text);
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("a stored terminal is no JSON", e);
      }
    }
  }
}
