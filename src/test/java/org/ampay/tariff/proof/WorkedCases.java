package org.ampay.tariff.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.ampay.tariff.TariffJson;

/** The worked prices of tariff-cases.json, and whether an answer of the API is one of them. */
public final class WorkedCases {

  /** What the file says of a price that the answer does not have in the same form. */
  private static final Set<String> OTHER_FORM =
      Set.of("rounded_2dp_half_up", "rounded_4dp_half_up", "step_size_applied");

  private WorkedCases() {}

  /** A case: the body of {@code POST /tariffs/price} and what comes of it. */
  public record Case(String id, JsonNode json) {
    @Override
    public String toString() {
      return id + " " + json.get("title").asText();
    }
  }

  /** In the order of the file. */
  public static Stream<Case> all() {
    try (InputStream in = WorkedCases.class.getResourceAsStream("/tariff-cases.json")) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      return StreamSupport.stream(TariffJson.readTree(text).get("cases").spliterator(), false)
          .map(c -> new Case(c.get("id").asText(), c));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Fails unless the answer says all that is expected, to six digits, and rounds it so. */
  public static void check(Case worked, JsonNode answer) {
    JsonNode expected = worked.json.get("expected");
    Set<String> names = names(expected);
    names.removeAll(OTHER_FORM);
    for (String name : names) {
      same(name, expected.get(name), answer.get(name));
    }
    assertThat(answer.has("before_price_limits")).isEqualTo(names.contains("before_price_limits"));
    same("rounded", expected.get("rounded_2dp_half_up"), answer.get("rounded"));
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
