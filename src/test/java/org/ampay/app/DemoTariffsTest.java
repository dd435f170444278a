package org.ampay.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.ampay.app.DemoWorld.Place;
import org.ampay.tariff.CalendarJson;
import org.ampay.tariff.Pricing;
import org.ampay.tariff.Segment;
import org.ampay.tariff.SegmentState;
import org.ampay.tariff.SessionFacts;
import org.ampay.tariff.Tariff;
import org.ampay.tariff.TariffJson;
import org.ampay.tariff.TariffSnapshot;
import org.ampay.tariff.TariffWarnings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The demo's tariffs can be stored, and cost what a person would work out. */
class DemoTariffsTest {

  private static Tariff tariff(Place place) {
    String text = String.format(Locale.ROOT, place.tariff(), 7);
    Tariff tariff = TariffJson.read(TariffJson.readTree(text));
    return place
        .calendar()
        .map(json -> tariff.withCalendar(CalendarJson.read(TariffJson.readTree(json))))
        .orElse(tariff);
  }

  @Test
  void allOfThem_mayBeStored_andRaiseNoDoubt() {
    for (Place place : DemoWorld.places()) {
      Tariff tariff = tariff(place);
      tariff.requireSteps();
      assertThat(TariffWarnings.of(tariff)).as(place.tariffName()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "2026-07-15T12:00,22.20", // 尖 1.62 + 0.60
    "2026-07-15T08:00,17.80", // 峰 1.18 + 0.60
    "2026-07-15T15:00,13.20", // 平 0.72 + 0.60
    "2026-07-15T23:00,9.40", // 谷 0.34 + 0.60
    "2026-10-01T11:00,8.00", // 深谷 0.20 + 0.60
    "2026-03-03T19:30,22.20", // a Tuesday's evening
    "2026-03-07T19:30,13.20", // a Saturday's
  })
  void timeOfUse_costsElectricityAndService(String local, String total) {
    Instant from = java.time.LocalDateTime.parse(local).atZone(zone()).toInstant();
    assertThat(price(charging(from, Duration.ofMinutes(30), "10"))).isEqualTo(total);
  }

  @Test
  void occupancy_isDueAfterAQuarterOfAnHour_andTheFirstMomentIsFree() {
    Instant morning = Instant.parse("2026-03-03T01:00:00Z");
    Segment charging = charging(morning, Duration.ofMinutes(30), "10");
    Segment parked =
        new Segment(
            charging.to(),
            charging.to().plusSeconds(45 * 60),
            SegmentState.PARKING,
            BigDecimal.ZERO,
            null,
            null,
            null);
    assertThat(price(charging, parked)).isEqualTo("23.80"); // 17.80 + half an hour of 12.00
    assertThat(price(charging(morning, Duration.ofSeconds(30), "0.05"))).isEqualTo("0.00");
  }

  private static ZoneId zone() {
    return ZoneId.of("Asia/Shanghai");
  }

  private static Segment charging(Instant from, Duration length, String kwh) {
    return new Segment(
        from, from.plus(length), SegmentState.CHARGING, new BigDecimal(kwh), null, null, null);
  }

  private static String price(Segment... segments) {
    TariffSnapshot snapshot =
        TariffSnapshot.adHoc(
            List.of(tariff(DemoWorld.places().getFirst())), zone(), RoundingMode.HALF_UP);
    return Pricing.price(snapshot, new SessionFacts(List.of(segments)))
        .payable()
        .toDecimal()
        .toPlainString();
  }
}
