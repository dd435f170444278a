package org.ampay.ocpi.facts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.ampay.ocpi.OcpiVersion;
import org.ampay.ocpi.facts.Complaint.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every field of every object in both versions, broken in every way that its facts allow. */
class FactsTest {

  private record Place(OcpiVersion version, String object) {
    @Override
    public String toString() {
      return version.wire() + " " + object;
    }
  }

  private static Stream<Place> places() {
    return Stream.of(OcpiVersion.values())
        .flatMap(v -> Facts.of(v).objects().stream().map(object -> new Place(v, object)));
  }

  private static List<Kind> kinds(Place at, ObjectNode value, Strictness strictness) {
    return Facts.of(at.version()).check(at.object(), value, strictness).stream()
        .map(Complaint::kind)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("places")
  void anObjectWithAllOrLeastFields_passes(Place at) {
    ObjectNode full = Examples.full(at.version(), at.object());
    ObjectNode least = Examples.least(at.version(), at.object());
    for (Strictness strictness : Strictness.values()) {
      assertThat(Facts.of(at.version()).check(at.object(), full, strictness)).isEmpty();
      assertThat(Facts.of(at.version()).check(at.object(), least, strictness)).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("places")
  void aFieldThatIsNotThere_isMissedWhereRequired(Place at) {
    for (FieldFacts field : Facts.of(at.version()).fields(at.object()).values()) {
      ObjectNode without = Examples.full(at.version(), at.object());
      without.remove(field.name());
      ObjectNode nothing = Examples.full(at.version(), at.object());
      nothing.putNull(field.name());
      boolean required = field.cardinality().isRequired();
      List<Kind> missing = required ? List.of(Kind.MISSING) : List.of();
      assertThat(kinds(at, without, Strictness.SENT)).as(field.name()).isEqualTo(missing);
      assertThat(kinds(at, nothing, Strictness.RECEIVED)).as(field.name()).isEqualTo(missing);
      assertThat(kinds(at, nothing, Strictness.SENT))
          .as(field.name())
          .containsExactly(required ? Kind.MISSING : Kind.NULL);
    }
  }

  @ParameterizedTest
  @MethodSource("places")
  void anUnknownField_isReportedInWhatWeSendOnly(Place at) {
    ObjectNode more = Examples.full(at.version(), at.object()).put("colour", "red");
    assertThat(kinds(at, more, Strictness.SENT)).containsExactly(Kind.UNKNOWN_FIELD);
    assertThat(kinds(at, more, Strictness.RECEIVED)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("places")
  void aWrongType_isReportedForEveryField(Place at) {
    for (FieldFacts field : Facts.of(at.version()).fields(at.object()).values()) {
      if (field.type().equals("any")) {
        continue;
      }
      boolean textual = Examples.full(at.version(), at.object()).at("/" + field.name()).isTextual();
      ObjectNode broken = Examples.full(at.version(), at.object());
      if (textual) {
        broken.put(field.name(), 7);
      } else {
        broken.put(field.name(), "seven");
      }
      assertThat(kinds(at, broken, Strictness.RECEIVED))
          .as(field.name())
          .containsExactly(Kind.WRONG_TYPE);
    }
  }

  @ParameterizedTest
  @MethodSource("places")
  void listsAndTheirElements_areChecked(Place at) {
    for (FieldFacts field : Facts.of(at.version()).fields(at.object()).values()) {
      if (!field.cardinality().isList()) {
        continue;
      }
      ObjectNode empty = Examples.full(at.version(), at.object());
      empty.putArray(field.name());
      assertThat(kinds(at, empty, Strictness.RECEIVED))
          .as(field.name())
          .isEqualTo(field.cardinality() == Cardinality.SOME ? List.of(Kind.TOO_SHORT) : List.of());
      ObjectNode second = Examples.full(at.version(), at.object());
      ((ArrayNode) second.get(field.name())).add(true);
      List<Complaint> found =
          Facts.of(at.version()).check(at.object(), second, Strictness.RECEIVED);
      assertThat(found).as(field.name()).hasSize(1);
      assertThat(found.getFirst().path()).isEqualTo(at.object() + "." + field.name() + "[1]");
    }
  }

  @ParameterizedTest
  @MethodSource("places")
  void aTextThatIsTooLong_isReported(Place at) {
    for (FieldFacts field : Facts.of(at.version()).fields(at.object()).values()) {
      if (field.maxLength() == 0 || field.type().equals("int")) {
        continue;
      }
      assertThat(kinds(at, with(at, field, "y".repeat(field.maxLength() + 1)), Strictness.RECEIVED))
          .as(field.name())
          .contains(Kind.TOO_LONG);
      assertThat(kinds(at, with(at, field, "y".repeat(field.maxLength())), Strictness.RECEIVED))
          .as(field.name())
          .doesNotContain(Kind.TOO_LONG);
    }
  }

  @ParameterizedTest
  @MethodSource("places")
  void wrongCodesTimesAddressesNumbersAndCharacters_areReported(Place at) {
    for (FieldFacts field : Facts.of(at.version()).fields(at.object()).values()) {
      for (Broken broken : broken(at.version(), field)) {
        ObjectNode value = Examples.full(at.version(), at.object());
        set(value, field, broken.value());
        assertThat(kinds(at, value, Strictness.SENT))
            .as(field.name() + " " + broken)
            .contains(broken.kind());
      }
    }
  }

  private record Broken(JsonNode value, Kind kind) {}

  private static List<Broken> broken(OcpiVersion version, FieldFacts field) {
    var nodes = Facts.JSON.getNodeFactory();
    List<Broken> all = new ArrayList<>();
    switch (field.type()) {
      case "DateTime" -> {
        for (String text :
            List.of(
                "2026-01-31T10:00:00",
                "2026-01-31T10:00:00+00:00",
                "2026-01-31 10:00:00Z",
                "2026-02-30T10:00:00Z",
                "2026-01-31T10:00:00.1234Z",
                "2026-01-31")) {
          all.add(new Broken(nodes.textNode(text), Kind.TIME_FORM));
        }
      }
      case "URL" -> {
        all.add(new Broken(nodes.textNode("/relative"), Kind.URL_FORM));
        all.add(new Broken(nodes.textNode("ftp://a.example"), Kind.URL_FORM));
        all.add(new Broken(nodes.textNode("https://a.example/a b"), Kind.URL_FORM));
        String far = "https://a.example/" + "a".repeat(240);
        all.add(new Broken(nodes.textNode(far), Kind.TOO_LONG));
      }
      case "number" ->
          all.add(new Broken(nodes.numberNode(new BigDecimal("1.00001")), Kind.NUMBER_FORM));
      case "int" -> {
        all.add(new Broken(nodes.numberNode(3_000_000_000L), Kind.NUMBER_FORM));
        all.add(new Broken(nodes.numberNode(new BigDecimal("1.5")), Kind.WRONG_TYPE));
      }
      case "string" -> {
        all.add(new Broken(nodes.textNode("a\nb"), Kind.CHARACTERS));
        all.add(new Broken(nodes.textNode(""), Kind.TOO_SHORT));
      }
      case "CiString" -> all.add(new Broken(nodes.textNode("é"), Kind.CHARACTERS));
      default -> {
        if (Facts.of(version).enumOf(field.type()).isPresent()) {
          all.add(new Broken(nodes.textNode("no such code!"), Kind.NOT_IN_ENUM));
        }
      }
    }
    return all;
  }

  private static ObjectNode with(Place at, FieldFacts field, String text) {
    ObjectNode value = Examples.full(at.version(), at.object());
    set(value, field, value.textNode(text));
    return value;
  }

  private static void set(ObjectNode value, FieldFacts field, JsonNode one) {
    if (field.cardinality().isList()) {
      value.putArray(field.name()).add(one);
    } else {
      value.set(field.name(), one);
    }
  }

  @ParameterizedTest
  @EnumSource(OcpiVersion.class)
  void patterns_areChecked(OcpiVersion version) {
    ObjectNode geo = Examples.full(version, "GeoLocation").put("latitude", "31,23040");
    assertThat(kinds(new Place(version, "GeoLocation"), geo, Strictness.RECEIVED))
        .containsExactly(Kind.PATTERN);
    ObjectNode rules = Examples.full(version, "TariffRestrictions").put("start_time", "24:00");
    assertThat(kinds(new Place(version, "TariffRestrictions"), rules, Strictness.RECEIVED))
        .containsExactly(Kind.PATTERN);
  }

  @ParameterizedTest
  @EnumSource(OcpiVersion.class)
  void aPatch_needsLastUpdatedOnly(OcpiVersion version) {
    ObjectNode patch = Facts.JSON.createObjectNode().put("status", "ACTIVE");
    Facts facts = Facts.of(version);
    assertThat(facts.checkPatch("Session", patch, Strictness.SENT))
        .singleElement()
        .matches(c -> c.kind() == Kind.MISSING && c.path().equals("Session.last_updated"));
    patch.put("last_updated", "2026-01-31T10:00:00Z");
    assertThat(facts.checkPatch("Session", patch, Strictness.SENT)).isEmpty();
  }

  @Test
  void whatOthersSend_mayBeInOtherForms() {
    for (String time :
        List.of(
            "2026-01-31T10:00:00",
            "2026-01-31T10:00:00.123456Z",
            "2026-01-31T10:00:00+00:00",
            "2026-01-31T12:00:00+02:00")) {
      assertThat(TimeForm.read(time)).as(time).isPresent();
    }
    assertThat(TimeForm.read("2026-01-31T12:00:00+02:00"))
        .hasValue(java.time.Instant.parse("2026-01-31T10:00:00Z"));
    assertThat(TimeForm.read("yesterday")).isEmpty();
  }

  @Test
  void versions_haveTheirOwnShapes() {
    assertThat(Facts.of(OcpiVersion.V2_2_1).fields("Price")).containsKeys("excl_vat", "incl_vat");
    assertThat(Facts.of(OcpiVersion.V2_3_0).fields("Price")).containsKeys("before_taxes", "taxes");
    assertThat(Facts.of(OcpiVersion.V2_3_0).fields("Tariff")).containsKey("preauthorize_amount");
    assertThat(Facts.of(OcpiVersion.V2_2_1).has("Terminal")).isFalse();
    assertThat(Facts.of(OcpiVersion.V2_2_1).enumFacts("TokenType").open()).isFalse();
    assertThat(Facts.of(OcpiVersion.V2_3_0).enumFacts("TokenType").open()).isTrue();
  }
}
