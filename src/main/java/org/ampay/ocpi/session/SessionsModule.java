package org.ampay.ocpi.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.EnumSet;
import java.util.Set;
import org.ampay.ocpi.InterfaceRole;
import org.ampay.ocpi.ModuleId;
import org.ampay.ocpi.OcpiVersion;
import org.ampay.ocpi.http.OcpiAnswer;
import org.ampay.ocpi.http.OcpiModule;
import org.ampay.ocpi.http.OcpiProblem;
import org.ampay.ocpi.http.OcpiStatus;
import org.ampay.ocpi.http.PartnerCall;
import org.ampay.store.Transactor;

/**
 * Sessions, sender interface: a partner pulls those of its own tokens, and says what their drivers
 * prefer. Charging is not planned by preferences: {@code REGULAR} is what happens anyway, all else
 * is answered with {@code PROFILE_TYPE_NOT_SUPPORTED}, and a session that is over with {@code
 * NOT_POSSIBLE}.
 */
public final class SessionsModule implements OcpiModule {

  private static final int METHOD_NOT_ALLOWED = 405;
  private static final int MAX_DIGITS = 18;
  private static final Set<String> PROFILES = Set.of("CHEAP", "FAST", "GREEN", "REGULAR");

  private final Transactor transactor;
  private final OcpiSessionStore store;

  public SessionsModule(Transactor transactor, OcpiSessionStore store) {
    this.transactor = transactor;
    this.store = store;
  }

  @Override
  public ModuleId id() {
    return ModuleId.SESSIONS;
  }

  @Override
  public InterfaceRole role() {
    return InterfaceRole.SENDER;
  }

  @Override
  public Set<OcpiVersion> versions() {
    return EnumSet.allOf(OcpiVersion.class);
  }

  @Override
  public OcpiAnswer handle(PartnerCall call) {
    return switch (call.path().size()) {
      case 0 -> list(call);
      case 2 -> preferences(call);
      default -> throw OcpiProblem.notFound(OcpiStatus.CLIENT_ERROR, "there is no such resource");
    };
  }

  private OcpiAnswer list(PartnerCall call) {
    method(call, "GET");
    if (call.query("date_from").isEmpty()) {
      throw OcpiProblem.invalid("date_from: is required");
    }
    OcpiSessionStore.Page page =
        transactor.call(tx -> store.page(tx, call.partner().id(), call.version(), call.page()));
    return new OcpiAnswer.Page(page.texts(), page.total());
  }

  private OcpiAnswer preferences(PartnerCall call) {
    if (!call.path().get(1).equals("charging_preferences")) {
      throw OcpiProblem.notFound(OcpiStatus.CLIENT_ERROR, "there is no such resource");
    }
    method(call, "PUT");
    String profile = profile(call.object());
    long id = sessionId(call.path().getFirst());
    long partner = call.partner().id();
    return transactor.call(
        tx -> {
          RoamingState.Status status =
              store.status(tx, partner, id).orElseThrow(SessionsModule::unknown);
          if (status != RoamingState.Status.ACTIVE) {
            return answer("NOT_POSSIBLE");
          }
          if (!profile.equals("REGULAR")) {
            return answer("PROFILE_TYPE_NOT_SUPPORTED");
          }
          store.prefer(tx, partner, id, profile);
          return answer("ACCEPTED");
        });
  }

  private static OcpiAnswer answer(String response) {
    return OcpiAnswer.ok(JsonNodeFactory.instance.textNode(response));
  }

  private static String profile(ObjectNode body) {
    JsonNode profile = body.path("profile_type");
    if (!profile.isTextual() || !PROFILES.contains(profile.textValue())) {
      throw OcpiProblem.invalid("profile_type: is one of CHEAP, FAST, GREEN, REGULAR");
    }
    number(body, "energy_need");
    JsonNode discharge = body.path("discharge_allowed");
    if (!discharge.isMissingNode() && !discharge.isNull() && !discharge.isBoolean()) {
      throw OcpiProblem.invalid("discharge_allowed: is true or false");
    }
    JsonNode departure = body.path("departure_time");
    if (!departure.isMissingNode() && !departure.isNull() && !departure.isTextual()) {
      throw OcpiProblem.invalid("departure_time: is a time");
    }
    return profile.textValue();
  }

  private static void number(ObjectNode body, String field) {
    JsonNode value = body.path(field);
    if (!value.isMissingNode() && !value.isNull() && !value.isNumber()) {
      throw OcpiProblem.invalid(field + ": is a number");
    }
  }

  private static long sessionId(String text) {
    boolean digits =
        !text.isEmpty()
            && text.length() <= MAX_DIGITS
            && text.chars().allMatch(c -> c >= '0' && c <= '9');
    if (!digits) {
      throw unknown();
    }
    return Long.parseLong(text);
  }

  private static OcpiProblem unknown() {
    return OcpiProblem.notFound(OcpiStatus.CLIENT_ERROR, "there is no such session");
  }

  private static void method(PartnerCall call, String only) {
    if (!call.method().equals(only)) {
      throw new OcpiProblem(
          METHOD_NOT_ALLOWED, OcpiStatus.CLIENT_ERROR, "only " + only + " is possible here");
    }
  }
}
