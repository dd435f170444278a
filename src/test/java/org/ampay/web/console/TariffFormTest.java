package org.ampay.web.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.ampay.station.Operator;
import org.ampay.tariff.Tariff;
import org.ampay.tariff.TariffJson;
import org.ampay.tariff.proof.WorkedCases;
import org.ampay.web.http.Assets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A tariff in a form says the same as before, or it is not shown in one. */
class TariffFormTest {

  private static final Ui UI =
      new Ui(
          Language.of("en").orElseThrow(),
          null,
          "",
          "/",
          new Ui.Place(
              new Operator(1, "Op", "CN", "AMP", "CNY", 0),
              List.of(),
              ZoneId.of("Asia/Shanghai"),
              Instant.parse("2026-03-02T08:00:00Z")),
          new Assets());

  private static Tariff tariff(String json) {
    return TariffJson.read(TariffJson.readTree(json));
  }

  private static String again(TypedForm form) {
    return TariffJson.write(TariffJson.read(TariffFormReader.read(form, UI).json()));
  }

  static Stream<Tariff> workedTariffs() {
    return WorkedCases.all()
        .flatMap(
            worked ->
                worked.json().has("tariff")
                    ? Stream.of(worked.json().get("tariff"))
                    : StreamSupport.stream(worked.json().path("tariffs").spliterator(), false))
        .map(TariffJson::read);
  }

  @ParameterizedTest
  @MethodSource("workedTariffs")
  void everyWorkedTariff_comesBackAsItWas(Tariff tariff) {
    TypedForm form = TariffFormWriter.of(UI, tariff).orElseThrow();
    assertThat(TariffFields.normal(TariffJson.readTree(again(form))))
        .isEqualTo(TariffFields.normal(TariffFormWriter.json(tariff)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // a grace of no whole fraction of a minute, which a form in minutes does not show
        """
        {"currency":"CNY","elements":[{"price_components":[{"type":"ENERGY","price":1,"step_size":1}]}],
         "occupancy":{"price":6,"step_size":60,"grace_seconds":100}}
        """,
        // two prices of one dimension in one element
        """
        {"currency":"CNY","elements":[{"price_components":[{"type":"ENERGY","price":1,"step_size":1},
         {"type":"ENERGY","price":2,"step_size":1}]}]}
        """
      })
  void whatNoFormShows_isLeftToTheJson(String json) {
    assertThat(TariffFormWriter.of(UI, tariff(json))).isEmpty();
  }
}
