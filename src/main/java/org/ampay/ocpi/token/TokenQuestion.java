package org.ampay.ocpi.token;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ampay.access.AuthorizationRequest;
import org.ampay.ocpi.InterfaceRole;
import org.ampay.ocpi.ModuleId;
import org.ampay.ocpi.Partner;
import org.ampay.ocpi.client.PartnerClient;
import org.ampay.ocpi.client.PartnerReply;
import org.ampay.ocpi.client.PartnerRequest;
import org.ampay.ocpi.json.OcpiJson;
import org.ampay.ocpi.location.PlaceBook;
import org.ampay.station.EvseRef;
import org.ampay.station.StationInfo;

/** Asks a partner whether a token may charge, OCPI 2.2.1 §12.2.2.2. */
final class TokenQuestion {

  private static final int UNKNOWN_TOKEN = 2004;
  private static final int NOT_ENOUGH = 2002;
  private static final int SERVER_PROBLEM = 3000;
  private static final int HTTP_NOT_FOUND = 404;
  private static final int HTTP_SERVER_PROBLEM = 500;
  private static final int MAX_REFERENCE = 36;

  private final PartnerClient client;
  private final PlaceBook places;

  TokenQuestion(PartnerClient client, PlaceBook places) {
    this.client = client;
    this.places = places;
  }

  /** What a partner says. */
  sealed interface Said {

    /**
     * AuthorizationInfo, not checked.
     *
     * @param allowed an AllowedType, or something else
     */
    record Info(String allowed, JsonNode body) implements Said {

      /** What it gave with its consent; empty: nothing that can be told. */
      Optional<String> reference() {
        String text = body.path("authorization_reference").asText("");
        return text.isEmpty() || text.length() > MAX_REFERENCE
            ? Optional.empty()
            : Optional.of(text);
      }
    }

    /** It does not know the token, or needs more than there is to tell. */
    record No() implements Said {}

    /** It is away, or not well. */
    record Nothing() implements Said {}
  }

  /** Asks; blocks. */
  Said ask(Partner partner, String uid, String type, AuthorizationRequest request) {
    PartnerReply reply =
        client.send(
            partner,
            new PartnerRequest(
                ModuleId.TOKENS,
                InterfaceRole.SENDER,
                "POST",
                List.of(uid, "authorize"),
                Map.of("type", type),
                where(request).orElse(null),
                null));
    return switch (reply) {
      case PartnerReply.Done done ->
          new Said.Info(done.data().path("allowed").asText(), done.data());
      case PartnerReply.Refused refused -> isNo(refused) ? new Said.No() : new Said.Nothing();
      case PartnerReply.Failed _, PartnerReply.NoEndpoint _ -> new Said.Nothing();
    };
  }

  /** 401 or 405 say nothing of the token. */
  private static boolean isNo(PartnerReply.Refused refused) {
    if (refused.http() >= HTTP_SERVER_PROBLEM || refused.status() >= SERVER_PROBLEM) {
      return false;
    }
    return refused.http() == HTTP_NOT_FOUND
        || refused.status() == UNKNOWN_TOKEN
        || refused.status() == NOT_ENOUGH;
  }

  /** LocationReferences; empty where partners know no location. */
  private Optional<JsonNode> where(AuthorizationRequest request) {
    List<PlaceBook.Found> asked = found(request.station(), request.evses());
    List<PlaceBook.Found> here =
        asked.isEmpty()
            ? found(
                request.station(),
                request.station().evses().stream().map(StationInfo.EvseInfo::evseNo).toList())
            : asked;
    if (here.isEmpty()) {
      return Optional.empty();
    }
    ObjectNode body = OcpiJson.object().put("location_id", here.getFirst().place().head().id());
    if (!asked.isEmpty()) {
      ArrayNode uids = body.putArray("evse_uids");
      asked.forEach(found -> uids.add(found.evse().uid()));
    }
    return Optional.of(body);
  }

  private List<PlaceBook.Found> found(StationInfo station, List<Integer> evses) {
    return evses.stream()
        .flatMap(evse -> places.find(station.id(), new EvseRef(evse, 0)).stream())
        .filter(found -> found.place().everShown())
        .toList();
  }
}
