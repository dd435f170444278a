package org.ampay.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.stream.Stream;
import org.ampay.tariff.proof.WorkedCases;
import org.ampay.tariff.proof.WorkedCases.Case;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The worked prices of tariff-cases.json, asked of the running server by HTTP. */
class TariffCasesHttpTest {

  private final ScenarioApi api = ScenarioServer.shared().api();

  static Stream<Case> cases() {
    return WorkedCases.all();
  }

  /** Of one tariff that may be stored: a step of 0 seconds or Wh may not. */
  static Stream<Case> storable() {
    return WorkedCases.all()
        .filter(worked -> worked.json().has("tariff"))
        .filter(worked -> hasSteps(worked.json().get("tariff")));
  }

  private static boolean hasSteps(JsonNode tariff) {
    for (JsonNode element : tariff.get("elements")) {
      for (JsonNode component : element.get("price_components")) {
        if (component.get("step_size").asInt() == 0
            && !component.get("type").asText().equals("FLAT")) {
          return false;
        }
      }
    }
    return true;
  }

  @Test
  void file_hasSixtyCases() {
    assertThat(cases()).hasSize(60);
    assertThat(storable()).hasSizeGreaterThan(55);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void price_equalsTheWorkedOne(Case worked) {
    JsonNode answer = api.post("/tariffs/price", worked.json().toString()).expect(200);

    WorkedCases.check(worked, answer);
  }

  @ParameterizedTest
  @MethodSource("storable")
  void price_ofTheStoredTariffEqualsTheWorkedOne(Case worked) {
    ObjectNode tariff = worked.json().get("tariff").deepCopy();
    tariff.remove("id");
    long id = api.post("/tariffs", tariff.toString()).expect(201).get("id").asLong();
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("tariff_id", id);
    body.set("session", worked.json().get("session"));

    JsonNode answer = api.post("/tariffs/price", body.toString()).expect(200);

    // A stored tariff has an id of ours.
    for (JsonNode period : answer.get("charging_periods")) {
      assertThat(period.get("tariff_id").asText()).isEqualTo(Long.toString(id));
      ((ObjectNode) period).set("tariff_id", worked.json().at("/tariff/id"));
    }
    WorkedCases.check(worked, answer);
  }
}
