package org.ampay.ocpi.profile;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.ampay.ocpi.InterfaceRole;
import org.ampay.ocpi.ModuleId;
import org.ampay.ocpi.OcpiVersion;
import org.ampay.ocpi.command.ResultPost;
import org.ampay.ocpi.command.SessionFinder.Running;
import org.ampay.ocpi.facts.Complaint;
import org.ampay.ocpi.facts.Facts;
import org.ampay.ocpi.facts.Strictness;
import org.ampay.ocpi.http.OcpiAnswer;
import org.ampay.ocpi.http.OcpiModule;
import org.ampay.ocpi.http.OcpiProblem;
import org.ampay.ocpi.http.OcpiStatus;
import org.ampay.ocpi.http.PartnerCall;
import org.ampay.ocpi.json.OcpiJson;
import org.ampay.ocpi.profile.SessionProfiles.Answer;
import org.ampay.power.Schedule;

/**
 * ChargingProfiles as receiver, OCPI 2.2.1 §14.3.1: {@code {session_id}}. The answer says whether
 * it is tried, the result goes to the {@code response_url}.
 */
public final class ProfilesModule implements OcpiModule {

  private static final int LONGEST_SECONDS = 7 * 24 * 3600;

  private final SessionProfiles profiles;
  private final ResultPost results;

  public ProfilesModule(SessionProfiles profiles, ResultPost results) {
    this.profiles = profiles;
    this.results = results;
  }

  @Override
  public ModuleId id() {
    return ModuleId.CHARGINGPROFILES;
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
    if (!Set.of("GET", "PUT", "DELETE").contains(call.method())) {
      throw OcpiProblem.notAllowed("takes GET, PUT and DELETE");
    }
    if (call.path().size() != 1) {
      throw OcpiProblem.notFound(OcpiStatus.CLIENT_ERROR, "takes {session_id}");
    }
    return switch (call.method()) {
      case "GET" -> active(call);
      case "PUT" -> set(call);
      default -> clear(call);
    };
  }

  private OcpiAnswer set(PartnerCall call) {
    ObjectNode body = call.object();
    List<Complaint> wrong =
        Facts.of(call.version()).check("SetChargingProfile", body, Strictness.RECEIVED);
    if (!wrong.isEmpty()) {
      throw OcpiProblem.invalid(wrong.getFirst().toString());
    }
    ResultPost.Target to = target(call, body.path("response_url").asText());
    Optional<Running> session = session(call);
    if (session.isEmpty()) {
      return response("UNKNOWN_SESSION");
    }
    long id = Long.parseLong(call.path().getFirst());
    return begin(
        to,
        Answer.REJECTED,
        () ->
            result(profiles.set(call.partner(), id, session.get(), body.path("charging_profile"))));
  }

  private OcpiAnswer clear(PartnerCall call) {
    ResultPost.Target to = target(call, call.query("response_url").orElse(""));
    Optional<Running> session = session(call);
    if (session.isEmpty()) {
      return response("UNKNOWN_SESSION");
    }
    long id = Long.parseLong(call.path().getFirst());
    return begin(
        to, Answer.REJECTED, () -> result(profiles.clear(call.partner(), id, session.get())));
  }

  private OcpiAnswer active(PartnerCall call) {
    int seconds = seconds(call);
    ResultPost.Target to = target(call, call.query("response_url").orElse(""));
    Optional<Running> session = session(call);
    if (session.isEmpty()) {
      return response("UNKNOWN_SESSION");
    }
    return begin(
        to,
        Answer.UNKNOWN,
        () ->
            profiles
                .active(call.partner(), session.get(), seconds)
                .map(schedule -> found(schedule, profiles.now()))
                .orElseGet(() -> result(Answer.REJECTED)));
  }

  private static ObjectNode found(Schedule schedule, Instant now) {
    ObjectNode body = result(Answer.ACCEPTED);
    body.set("profile", PartnerProfile.active(schedule, now));
    return body;
  }

  private static int seconds(PartnerCall call) {
    String text = call.query("duration").orElse("");
    if (!text.matches("[0-9]{1,9}") || Integer.parseInt(text) == 0) {
      throw OcpiProblem.invalid("duration: takes seconds");
    }
    return Math.min(Integer.parseInt(text), LONGEST_SECONDS);
  }

  private ResultPost.Target target(PartnerCall call, String url) {
    return results.target(call.partner(), id(), url);
  }

  private Optional<Running> session(PartnerCall call) {
    return profiles.running(call.partner(), call.path().getFirst());
  }

  private OcpiAnswer begin(ResultPost.Target to, Answer lost, Supplier<ObjectNode> work) {
    return response(results.begin(to, result(lost), work) ? "ACCEPTED" : "TOO_OFTEN");
  }

  private static ObjectNode result(Answer answer) {
    return OcpiJson.object().put("result", answer.name());
  }

  private static OcpiAnswer response(String result) {
    return OcpiAnswer.ok(
        OcpiJson.object().put("result", result).put("timeout", ResultPost.TIMEOUT_SECONDS));
  }
}
