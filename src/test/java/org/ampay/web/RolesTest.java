package org.ampay.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.ampay.station.CommandOutcome;
import org.ampay.store.TestDatabase;
import org.ampay.web.people.Permission;
import org.ampay.web.people.Role;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Every call of the OpenAPI document, made by every role. */
class RolesTest {

  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private static WebFixture web;

  @BeforeAll
  static void start() {
    web = new WebFixture(DATABASE.database());
  }

  @AfterAll
  static void stop() {
    web.close();
  }

  /** A call as the document has it. */
  private record Documented(String method, String path, Permission permission, JsonNode node) {}

  private static List<Documented> documented() {
    JsonNode document = web.get(null, "/openapi.json").body();
    List<Documented> calls = new ArrayList<>();
    document
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        method ->
                            calls.add(
                                new Documented(
                                    method.getKey().toUpperCase(java.util.Locale.ROOT),
                                    path.getKey().substring("/api/v1".length()),
                                    permission(method.getValue()),
                                    method.getValue()))));
    return calls;
  }

  private static Permission permission(JsonNode operation) {
    String text = operation.path("description").asText();
    String name = text.replaceAll("(?s).*Needs the permission `([A-Z_]+)`.*", "$1");
    return Permission.valueOf(name);
  }

  @Test
  void rawCommand_changesSecurityOnlyForThoseWhoMayChangeStations() {
    String own = web.key(Role.OPERATOR_ADMIN, 1L);
    web.post(own, "/stations", "{\"id\":\"SEC\"}");
    web.stations.answer(new CommandOutcome.Answered("{\"status\":\"Accepted\"}"));
    String support = web.key(Role.SUPPORT, 1L);
    String path = "/stations/SEC/commands/";
    String key = "{\"key\":\"authorizationKEY\",\"value\":\"0102030405060708090a\"}";
    String variable =
        "{\"setVariableData\":[{\"attributeValue\":\"x\",\"component\":{\"name\":\"C\"},"
            + "\"variable\":{\"name\":\"BasicAuthPassword\"}}]}";
    assertThat(web.post(support, path + "ChangeConfiguration", key).status()).isEqualTo(403);
    assertThat(web.post(support, path + "SetVariables", variable).status()).isEqualTo(403);
    assertThat(web.post(support, path + "SetNetworkProfile", "{}").status()).isEqualTo(403);
    assertThat(web.post(own, path + "ChangeConfiguration", key).status()).isEqualTo(200);
    String harmless = "{\"key\":\"HeartbeatInterval\",\"value\":\"60\"}";
    assertThat(web.post(support, path + "ChangeConfiguration", harmless).status()).isEqualTo(200);
  }

  @Test
  void everyRole_mayDoWhatItsPermissionsSay_andNothingElse() {
    Map<Role, String> keys = new EnumMap<>(Role.class);
    for (Role role : Role.values()) {
      keys.put(role, web.key(role, role == Role.ADMIN ? null : 1L));
    }
    for (Documented call : documented()) {
      String path = call.path().replaceAll("\\{[a-z]+\\}", "7");
      for (Role role : Role.values()) {
        int status = web.call(keys.get(role), call.method(), path, "{\"odd\":[]}").status();
        String what = role + " " + call.method() + " " + path + " " + status;
        if (role.may(call.permission())) {
          assertThat(status).as(what).isNotEqualTo(403).isLessThan(500);
        } else {
          assertThat(status).as(what).isEqualTo(403);
        }
      }
      assertThat(web.call(null, call.method(), path, "{}").status()).isEqualTo(401);
    }
  }

  @Test
  void everyContractCall_isDocumented() {
    List<String> calls =
        documented().stream().map(c -> c.method() + " " + c.path()).sorted().toList();
    assertThat(calls)
        .contains(
            "DELETE /stations/{id}",
            "GET /drivers",
            "GET /drivers/{id}/wallet",
            "GET /commands/{id}",
            "GET /ledger/accounts",
            "GET /ledger/journals",
            "GET /ledger/trial-balance",
            "GET /sessions",
            "GET /sessions/{id}",
            "GET /settlements",
            "GET /settlements/{id}",
            "GET /sites",
            "GET /stations",
            "GET /stations/{id}",
            "GET /stations/{id}/commands",
            "GET /stations/{id}/messages",
            "GET /tariffs",
            "GET /tariffs/{id}",
            "GET /tokens",
            "GET /tokens/{uid}",
            "PATCH /stations/{id}",
            "PATCH /tokens/{uid}",
            "GET /tiers",
            "GET /coupons",
            "GET /coupons/{id}",
            "GET /campaigns",
            "GET /points/programme",
            "PATCH /coupons/{id}",
            "POST /coupons/{id}/codes",
            "POST /drivers/{id}/coupons",
            "POST /drivers/{id}/membership",
            "POST /commands/{id}/cancel",
            "POST /drivers",
            "POST /drivers/{id}/wallet/top-ups",
            "POST /settlements/{id}/refunds",
            "POST /sites",
            "POST /stations",
            "POST /stations/{id}/commands/{action}",
            "POST /stations/{id}/password",
            "POST /tariffs",
            "POST /tariffs/price",
            "POST /tariffs/{id}/assignments",
            "POST /tariffs/{id}/versions",
            "POST /tokens",
            "PUT /tariffs/{id}");
  }

  @Test
  void everyReference_ofTheDocument_exists() {
    JsonNode document = web.get(null, "/openapi.json").body();
    document
        .findValuesAsText("$ref")
        .forEach(
            ref -> assertThat(document.at(ref.substring(1)).isMissingNode()).as(ref).isFalse());
  }

  @Test
  void auditorAndViewer_writeNothing() {
    for (Permission permission : Permission.values()) {
      if (!permission.name().endsWith("_READ")) {
        assertThat(Role.AUDITOR.may(permission)).isFalse();
        assertThat(Role.VIEWER.may(permission)).isFalse();
      }
    }
  }
}
