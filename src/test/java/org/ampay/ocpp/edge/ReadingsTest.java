package org.ampay.ocpp.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.ampay.base.Energy;
import org.ampay.charging.MeterReading;
import org.ampay.conformance.Proves;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReadingsTest {

  private static final Instant AT = Instant.parse("2026-03-02T08:00:00.123456789Z");

  @Test
  @Proves("1.6/MeterValues/2")
  void nothingSaid_isAWholeRegisterInWattHours() {
    MeterReading reading = only(sample("1500.25", null, null, null));

    assertThat(reading)
        .isEqualTo(
            new MeterReading(
                AT, "Sample.Periodic", new Energy(1_500_250), null, null, null, null, null));
  }

  @Test
  void kiloUnits_areScaledExactly() {
    MeterReading reading =
        only(
            sample("1.500251", "Energy.Active.Import.Register", null, "kWh"),
            sample("11.0000005", "Power.Active.Import", null, "kW"));

    assertThat(reading.register()).isEqualTo(new Energy(1_500_251));
    assertThat(reading.powerMw()).isEqualTo(11_000_001L);
    assertThat(reading.extra()).isEqualTo("[\"11.0000005\"]");
  }

  @Test
  void phases_areSummed_andKept() {
    MeterReading reading =
        only(
            sample("16.1", "Current.Import", "L1", "A"),
            sample("15.9", "Current.Import", "L2", "A"),
            sample("16", "Current.Import", "L3", "A"),
            sample("0.2", "Current.Import", "N", "A"));

    assertThat(reading.currentMa()).isEqualTo(48_000L);
    assertThat(reading.extra()).isEqualTo("[\"16.1\",\"15.9\",\"16\",\"0.2\"]");
  }

  @Test
  void wholeBesidePhases_isTheWhole() {
    MeterReading reading =
        only(
            sample("3000", "Power.Active.Import", "L1", "W"),
            sample("9001", "Power.Active.Import", null, "W"),
            sample("3000", "Power.Active.Import", "L2", "W"));

    assertThat(reading.powerMw()).isEqualTo(9_001_000L);
  }

  @Test
  void voltages_areAveraged_lineToLineOnlyKept() {
    MeterReading reading =
        only(
            sample("230", "Voltage", "L1-N", "V"),
            sample("231", "Voltage", "L2-N", "V"),
            sample("400", "Voltage", "L1-L2", "V"));

    assertThat(reading.voltageMv()).isEqualTo(230_500L);
  }

  @Test
  void stateOfCharge_inThousandthsOfAPercent() {
    assertThat(only(sample("87.5", "SoC", null, "Percent")).socMilli()).isEqualTo(87_500);
    assertThat(only(sample("1e9", "SoC", null, "Percent")).socMilli()).isNull();
  }

  @Test
  void otherMeasurandsUnitsAndPlaces_areOnlyKept() {
    MeterReading reading =
        only(
            sample("50", "Frequency", null, null),
            sample("7", "Energy.Active.Import.Register", null, "varh"),
            new Sample(new BigDecimal("9"), null, null, null, "Inlet", "Wh", false, source("9")));

    assertThat(reading.register()).isNull();
    assertThat(reading.extra()).isEqualTo("[\"50\",\"7\",\"9\"]");
  }

  @Test
  void signedValue_isReadAndKeptWhole() {
    MeterReading reading =
        only(
            new Sample(
                new BigDecimal("10"),
                "Transaction.End",
                null,
                null,
                null,
                "kWh",
                true,
                source("OCMF|{…}")));

    assertThat(reading.register()).isEqualTo(Energy.ofWh(10_000));
    assertThat(reading.context()).isEqualTo("Transaction.End");
    assertThat(reading.extra()).isEqualTo("[\"OCMF|{…}\"]");
  }

  @Test
  void contexts_makeReadingsOfTheirOwn() {
    List<MeterReading> readings =
        Readings.of(
            AT,
            List.of(
                new Sample(
                    BigDecimal.ONE, "Transaction.Begin", null, null, null, null, false, source("")),
                new Sample(
                    BigDecimal.TEN, "Transaction.End", null, null, null, null, false, source(""))));

    assertThat(readings)
        .extracting(MeterReading::context, MeterReading::register)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("Transaction.Begin", Energy.ofWh(1)),
            org.assertj.core.groups.Tuple.tuple("Transaction.End", Energy.ofWh(10)));
  }

  @Test
  void secondRegister_doesNotReplaceTheFirst() {
    MeterReading reading = only(sample("1", null, null, null), sample("2", null, null, null));

    assertThat(reading.register()).isEqualTo(Energy.ofWh(1));
    assertThat(reading.extra()).isEqualTo("[\"2\"]");
  }

  @Test
  void monstrousNumbers_costNothingAndAreKept() {
    assertThat(Sample.number("1E999999999")).isEmpty();
    assertThat(Sample.number("9".repeat(100_000))).isEmpty();
    assertThat(Sample.number("NaN")).isEmpty();
    assertThat(Sample.number(" 12 ")).contains(new BigDecimal("12"));
    assertThat(Sample.scaled(BigDecimal.ONE, 2_000_000_000)).isEmpty();
    assertThat(only(sample("1e30", null, null, null)).register()).isNull();
  }

  private static MeterReading only(Sample... samples) {
    List<MeterReading> readings = Readings.of(AT, List.of(samples));
    assertThat(readings).hasSize(1);
    return readings.getFirst();
  }

  private static Sample sample(
      String value, @Nullable String measurand, @Nullable String phase, @Nullable String unit) {
    return new Sample(
        Sample.number(value).orElse(null),
        null,
        measurand,
        phase,
        null,
        unit,
        false,
        source(value));
  }

  private static org.ampay.ocpp.wire.WireObject source(String text) {
    return out -> out.writeString(text);
  }
}
