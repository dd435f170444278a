package org.ampay.web.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Set;
import org.ampay.web.http.Problem;
import org.ampay.web.people.Permission;
import org.ampay.web.people.Role;

/**
 * Commands that change how a station is secured: a password, a security profile, whom it connects
 * to. Whoever may not do that by a call of its own may not do it by the raw command either.
 */
public final class SecurityChanges {

  private static final Set<String> NAMES =
      Set.of("authorizationkey", "securityprofile", "basicauthpassword", "securityctrlr");

  private SecurityChanges() {}

  /**
   * Refuses what the role may not change.
   *
   * @throws org.ampay.web.http.ProblemException 403
   */
  public static void check(Role role, String action, JsonNode payload) {
    if (isOne(action, payload) && !role.may(Permission.STATIONS_WRITE)) {
      throw Problem.forbidden(
              "the security of a station is changed by those who may change stations")
          .exception();
    }
  }

  static boolean isOne(String action, JsonNode payload) {
    return switch (action) {
      case "SetNetworkProfile" -> true;
      case "ChangeConfiguration" -> isName(payload.path("key"));
      case "SetVariables" -> {
        for (JsonNode one : payload.path("setVariableData")) {
          if (isName(one.at("/variable/name")) || isName(one.at("/component/name"))) {
            yield true;
          }
        }
        yield false;
      }
      default -> false;
    };
  }

  private static boolean isName(JsonNode name) {
    return NAMES.contains(name.asText().toLowerCase(Locale.ROOT));
  }
}
