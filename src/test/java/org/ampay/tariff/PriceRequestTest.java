package org.ampay.tariff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.RoundingMode;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriceRequestTest {

  private static final String TARIFF =
      """
      {"currency":"EUR","elements":[{"price_components":[\
      {"type":"ENERGY","price":0.5,"vat":10,"step_size":1}]}]}\
      """;

  private static final String SEGMENT =
      """
      {"from":"2025-06-03T10:00:00Z","to":"2025-06-03T11:00:00Z","state":"CHARGING","kwh":20}\
      """;

  private static PriceRequest parse(String json) {
    TariffSnapshot stored =
        TariffSnapshot.of(
            7,
            3,
            TariffJson.read(TariffJson.readTree(TARIFF)),
            ZoneId.of("Asia/Shanghai"),
            RoundingMode.HALF_UP);
    return PriceRequest.parse(
        TariffJson.readTree(json), id -> id.equals("7") ? Optional.of(stored) : Optional.empty());
  }

  private static String session(String segments) {
    return "\"session\":{\"time_zone\":\"Europe/Berlin\",\"segments\":[" + segments + "]}";
  }

  @Test
  void storedTariff_isFoundByItsId() {
    PriceRequest request = parse("{\"tariff_id\":\"7\"," + session(SEGMENT) + "}");

    assertThat(request.snapshot().version()).isEqualTo(3);
    assertThat(request.snapshot().zone()).isEqualTo(ZoneId.of("Europe/Berlin"));
    assertThat(Pricing.price(request.snapshot(), request.facts()).payable())
        .hasToString("11.00 EUR");
  }

  @Test
  void storedTariff_keepsItsZoneWhenNoneIsGiven() {
    PriceRequest request =
        parse("{\"tariff_id\":\"7\",\"session\":{\"segments\":[" + SEGMENT + "]}}");

    assertThat(request.snapshot().zone()).isEqualTo(ZoneId.of("Asia/Shanghai"));
  }

  @Test
  void wrongTariff_isNamedByItsPath() {
    String broken = TARIFF.replace("0.5", "-0.5");

    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> parse("{\"tariff\":" + broken + "," + session(SEGMENT) + "}"))
        .withMessage(
            "tariff.elements[0].price_components[0].price: must not be negative without"
                + " negative_prices");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> parse("{\"tariffs\":[" + broken + "]," + session(SEGMENT) + "}"))
        .withMessage(
            "tariffs[0].elements[0].price_components[0].price: must not be negative without"
                + " negative_prices");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
"""
"state":"CHARGING"  |"state":"FLYING"   |session.segments[0].state: must be one of [CHARGING
"kwh":20            |"kwh":-1           |session.segments[0].kwh: must not be negative
"kwh":20            |"kwh":"20"         |session.segments[0].kwh: must be a number
"kwh":20            |"wh":20            |session.segments[0].wh: unknown field
"kwh":20            |"power_kw":-1      |session.segments[0].power_kw: must not be negative
T11:00              |T09:00             |session.segments[0].to: must not be before from
2025-06-03T11:00:00Z|tomorrow           |session.segments[0].to: must be a time like
2025-06-03T10       |1025-06-03T10      |session.segments[0].from: must not be before 2000
"kwh":20            |"tariff_id":"X"    |session.segments[0].tariff_id: must be one of
CHARGING            |RESERVATION        |session.segments[0].kwh: must be 0 in a reservation
""")
  void wrongSegment_isNamedByItsPath(String part, String broken, String message) {
    String segment = SEGMENT.replace(part, broken);

    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> parse("{\"tariff\":" + TARIFF + "," + session(segment) + "}"))
        .withMessageStartingWith(message);
  }

  @Test
  void overlappingSegments_areRefused() {
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(
            () -> parse("{\"tariff\":" + TARIFF + "," + session(SEGMENT + "," + SEGMENT) + "}"))
        .withMessageStartingWith("session.segments[1].from: must not be before the end");
  }

  @Test
  void incompleteBodies_areRefused() {
    String good = session(SEGMENT);
    for (List<String> wrong :
        List.of(
            List.of("{" + good + "}", "exactly one of tariff, tariffs and tariff_id"),
            List.of(
                "{\"tariff_id\":\"7\",\"tariff\":" + TARIFF + "," + good + "}",
                "exactly one of tariff, tariffs and tariff_id"),
            List.of("{\"tariff_id\":\"8\"," + good + "}", "tariff_id: there is no such tariff"),
            List.of("{\"tariffs\":[]," + good + "}", "tariffs: must not be empty"),
            List.of("{\"tariff\":" + TARIFF + "}", "session: is required"),
            List.of(
                "{\"tariff\":" + TARIFF + ",\"session\":{\"segments\":[" + SEGMENT + "]}}",
                "session.time_zone: is required"),
            List.of(
                "{\"tariff\":" + TARIFF + "," + good.replace("Europe/Berlin", "Mars") + "}",
                "session.time_zone: must be a time zone"),
            List.of(
                "{\"tariff\":" + TARIFF + "," + session("") + "}",
                "session.segments: must not be empty"),
            List.of("[]", "must be an object"))) {
      assertThatExceptionOfType(InvalidInputException.class)
          .isThrownBy(() -> parse(wrong.get(0)))
          .withMessageStartingWith(wrong.get(1));
    }
  }
}
