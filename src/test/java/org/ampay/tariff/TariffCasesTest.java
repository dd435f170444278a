package org.ampay.tariff;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The worked prices of tariff-cases.json, through the request and the answer of the API. */
class TariffCasesTest {

  /** What the file says of a price that the answer does not have in the same form. */
  private static final Set<String> OTHER_FORM =
      Set.of("rounded_2dp_half_up", "rounded_4dp_half_up", "step_size_applied");

  record Case(String id, JsonNode json) {
    @Override
    public String toString() {
      return id + " " + json.get("title").asText();
    }
  }

  static Stream<Case> cases() throws IOException {
    try (InputStream in = TariffCasesTest.class.getResourceAsStream("/tariff-cases.json")) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      return StreamSupport.stream(TariffJson.readTree(text).get("cases").spliterator(), false)
          .map(c -> new Case(c.get("id").asText(), c));
    }
  }

  @Test
  void file_hasSixtyCases() throws IOException {
    assertThat(cases()).hasSize(60);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void price_equalsTheWorkedOne(Case worked) {
    JsonNode expected = worked.json.get("expected");

    JsonNode answer = PriceResponse.of(price(worked));

    Set<String> names = names(expected);
    names.removeAll(OTHER_FORM);
    for (String name : names) {
      same(name, expected.get(name), answer.get(name));
    }
    assertThat(answer.has("before_price_limits")).isEqualTo(names.contains("before_price_limits"));
    same("rounded", expected.get("rounded_2dp_half_up"), answer.get("rounded"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void runningPrice_endsAtTheSamePrice(Case worked) {
    PriceRequest request = request(worked);
    RunningPrice running = new RunningPrice(request.snapshot());
    request.facts().segments().forEach(running::add);

    assertThat(running.amount()).isEqualTo(price(worked).total());
    assertThat(running.amount()).isEqualTo(Pricing.total(request.snapshot(), request.facts()));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void stepSizes_areAppliedAsWorked(Case worked) {
    JsonNode expected = worked.json.get("expected").path("step_size_applied");

    assertThat(price(worked).steps()).hasSize(expected.size());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void stored_snapshotAndFactsPriceTheSame(Case worked) {
    PriceRequest request = request(worked);
    TariffSnapshot snapshot = TariffSnapshot.parse(request.snapshot().toJson());
    SessionFacts facts = SessionFacts.parse(request.facts().toJson());

    assertThat(snapshot.toJson()).isEqualTo(request.snapshot().toJson());
    assertThat(snapshot.hash()).isEqualTo(request.snapshot().hash());
    assertThat(facts).isEqualTo(request.facts());
    assertThat(facts.toJson()).isEqualTo(request.facts().toJson());
    assertThat(PriceResponse.of(Pricing.price(snapshot, facts)))
        .isEqualTo(PriceResponse.of(price(worked)));
  }

  private static PriceRequest request(Case worked) {
    return PriceRequest.parse(worked.json, id -> Optional.empty());
  }

  private static Price price(Case worked) {
    PriceRequest request = request(worked);
    return Pricing.price(request.snapshot(), request.facts());
  }

  /** Everything that is expected must be there; decimals are compared at 6 digits. */
  private static void same(String path, JsonNode expected, JsonNode actual) {
    assertThat(actual).as(path).isNotNull();
    if (expected.isObject()) {
      boolean closed = path.equals("costs") || path.endsWith("]");
      for (Map.Entry<String, JsonNode> field : expected.properties()) {
        same(path + "." + field.getKey(), field.getValue(), actual.get(field.getKey()));
      }
      if (closed && path.equals("costs")) {
        assertThat(names(actual)).as(path).isEqualTo(names(expected));
      }
    } else if (expected.isArray()) {
      assertThat(actual.size()).as(path).isEqualTo(expected.size());
      for (int i = 0; i < expected.size(); i++) {
        same(path + "[" + i + "]", expected.get(i), actual.get(i));
      }
    } else if (isDecimal(expected)) {
      assertThat(six(actual)).as(path).isEqualByComparingTo(six(expected));
    } else {
      assertThat(actual.asText()).as(path).isEqualTo(expected.asText());
    }
  }

  private static boolean isDecimal(JsonNode node) {
    return node.isNumber() || node.isTextual() && node.textValue().matches("-?\\d+(\\.\\d+)?");
  }

  private static BigDecimal six(JsonNode node) {
    return new BigDecimal(node.asText()).setScale(6, RoundingMode.HALF_UP);
  }

  private static Set<String> names(JsonNode node) {
    Set<String> names = new TreeSet<>();
    for (Iterator<String> i = node.fieldNames(); i.hasNext(); ) {
      names.add(i.next());
    }
    return names;
  }
}
