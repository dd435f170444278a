package org.ampay.ocpi.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ampay.ocpi.InterfaceRole;
import org.ampay.ocpi.ModuleId;
import org.ampay.ocpi.OcpiVersion;
import org.ampay.ocpi.facts.Complaint;
import org.ampay.ocpi.facts.Facts;
import org.ampay.ocpi.facts.Strictness;
import org.ampay.ocpi.http.OcpiAnswer;
import org.ampay.ocpi.http.OcpiModule;
import org.ampay.ocpi.http.OcpiProblem;
import org.ampay.ocpi.http.OcpiStatus;
import org.ampay.ocpi.http.PartnerCall;
import org.ampay.ocpi.json.OcpiJson;

/**
 * Commands as receiver, OCPI 2.2.1 §13.2.1: the answer says whether it is tried, the result goes to
 * the {@code response_url}.
 */
public final class CommandsModule implements OcpiModule {

  private static final Map<String, String> OBJECTS =
      Map.of(
          "START_SESSION", "StartSession",
          "STOP_SESSION", "StopSession",
          "RESERVE_NOW", "ReserveNow",
          "CANCEL_RESERVATION", "CancelReservation",
          "UNLOCK_CONNECTOR", "UnlockConnector");

  private static final Word LOST =
      new Word("TIMEOUT", "it is not known whether the station did it");

  private final Commands commands;
  private final PartnerReservations reservations;
  private final ResultPost results;

  public CommandsModule(Commands commands, PartnerReservations reservations, ResultPost results) {
    this.commands = commands;
    this.reservations = reservations;
    this.results = results;
  }

  @Override
  public ModuleId id() {
    return ModuleId.COMMANDS;
  }

  @Override
  public InterfaceRole role() {
    return InterfaceRole.RECEIVER;
  }

  @Override
  public Set<OcpiVersion> versions() {
    return EnumSet.allOf(OcpiVersion.class);
  }

  @Override
  public OcpiAnswer handle(PartnerCall call) {
    if (!call.method().equals("POST")) {
      throw OcpiProblem.notAllowed("takes POST");
    }
    String command = call.path().size() == 1 ? call.path().getFirst() : "";
    String object = OBJECTS.get(command);
    if (object == null) {
      throw OcpiProblem.notFound(OcpiStatus.CLIENT_ERROR, "there is no such command");
    }
    ObjectNode body = call.object();
    List<Complaint> wrong = Facts.of(call.version()).check(object, body, Strictness.RECEIVED);
    if (!wrong.isEmpty()) {
      throw OcpiProblem.invalid(wrong.getFirst().toString());
    }
    ResultPost.Target to = results.target(call.partner(), id(), body.path("response_url").asText());
    return answer(to, verdict(call, command, body));
  }

  private Verdict verdict(PartnerCall call, String command, ObjectNode body) {
    return switch (command) {
      case "START_SESSION" -> commands.start(call.partner(), body);
      case "STOP_SESSION" -> commands.stop(call.partner(), body);
      case "UNLOCK_CONNECTOR" -> commands.unlock(call.partner(), body);
      case "RESERVE_NOW" -> reservations.reserve(call.partner(), body);
      default -> reservations.cancel(call.partner(), body);
    };
  }

  private OcpiAnswer answer(ResultPost.Target to, Verdict verdict) {
    return switch (verdict) {
      case Verdict.Refused(String response, String message) ->
          OcpiAnswer.ok(response(response, message));
      case Verdict.Tried tried ->
          OcpiAnswer.ok(
              results.begin(to, result(LOST), () -> result(tried.work().get()))
                  ? response("ACCEPTED", "")
                  : response("REJECTED", "too many commands are being done"));
    };
  }

  private static ObjectNode response(String result, String message) {
    ObjectNode body = OcpiJson.object().put("result", result);
    body.put("timeout", ResultPost.TIMEOUT_SECONDS);
    return say(body, message);
  }

  private static ObjectNode result(Word word) {
    return say(OcpiJson.object().put("result", word.result()), word.message());
  }

  private static ObjectNode say(ObjectNode body, String message) {
    if (!message.isEmpty()) {
      body.putArray("message").addObject().put("language", "en").put("text", message);
    }
    return body;
  }
}
