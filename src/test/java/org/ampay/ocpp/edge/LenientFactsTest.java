package org.ampay.ocpp.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.ampay.base.Energy;
import org.ampay.charging.SessionCommand;
import org.ampay.charging.SessionReply;
import org.ampay.conformance.Proves;
import org.ampay.ocpp.v16.Calls16;
import org.ampay.station.EvseRef;
import org.ampay.station.Protocol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** OCPP 1.6: a broken stop is confirmed and stored for review. */
class LenientFactsTest {

  private final EdgeTester edge =
      new EdgeTester(Protocol.OCPP_16, rooms -> new Calls16(rooms, EdgeSettings.defaults()));

  @Test
  @Proves("1.6/StopTransaction/1")
  void brokenStop_isConfirmedAndStoredWithTheField() {
    edge.rooms.answer(new SessionReply.Stopped(Optional.empty()));

    String doubt =
        edge.doubt(
            "StopTransaction",
            """
            {"transactionId":"42","meterStop":"9000.5","timestamp":"2026-03-02T07:00:00",
             "reason":"Because","idTag":"A","transactionData":[{"timestamp":"yesterday",
             "sampledValue":[{"value":12.5,"unit":"kWh","context":"Transaction.End"},
                             {"value":"1","measurand":7}]}]}\
            """);

    assertThat(doubt).startsWith("transactionId");
    SessionCommand.Stop stop = (SessionCommand.Stop) edge.command();
    assertThat(stop.transactionId()).isEqualTo("42");
    assertThat(stop.meterStop()).isEqualTo(new Energy(9_000_500));
    assertThat(stop.at()).isEqualTo(Instant.parse("2026-03-02T07:00:00Z"));
    assertThat(stop.reason()).isEqualTo("Because");
    assertThat(stop.broken()).isEqualTo(doubt);
    assertThat(stop.readings()).hasSize(2);
    assertThat(stop.readings().getFirst().register()).isEqualTo(Energy.ofWh(12_500));
    assertThat(stop.readings().getFirst().at()).isEqualTo(EdgeTester.NOW);
    assertThat(stop.readings().getLast().extra()).isEqualTo("[{\"value\":\"1\",\"measurand\":7}]");
  }

  @Test
  void stopWithoutMeter_hasNone() {
    edge.rooms.answer(new SessionReply.Stopped(Optional.empty()));

    assertThat(edge.call("StopTransaction", "{\"transactionId\":0,\"idTag\":7}"))
        .isEqualTo("result {}");
    SessionCommand.Stop stop = (SessionCommand.Stop) edge.command();
    assertThat(stop.meterStop()).isNull();
    assertThat(stop.token()).isNull();
    assertThat(stop.at()).isEqualTo(EdgeTester.NOW);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "7",
        "{\"transactionId\":\"\"}",
        "{\"transactionId\":1E999999999}",
        "{\"transactionId\":{}}"
      })
  void stopWithoutReadableTransaction_isRefused(String payload) {
    assertThat(edge.call("StopTransaction", payload)).startsWith("error ");
    assertThat(edge.rooms.reports).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "1.5, 1.5",
    "99999999999, 99999999999",
    "-2147483649, -2147483649",
    "7.0, 7",
    "1E3, 1000"
  })
  @Proves("1.6/StopTransaction/1")
  void stopOfANumberThatNoTransactionHas_isConfirmedAndStored(String sent, String kept) {
    edge.rooms.answer(new SessionReply.Stopped(Optional.empty()));

    assertThat(edge.call("StopTransaction", "{\"transactionId\":" + sent + ",\"meterStop\":5}"))
        .isEqualTo("result {}");
    assertThat(((SessionCommand.Stop) edge.command()).transactionId()).isEqualTo(kept);
  }

  @Test
  @Proves("1.6/MeterValues/1")
  void brokenMeterValues_areConfirmedAndStored() {
    assertThat(
            edge.call(
                "MeterValues",
                """
                {"connectorId":1,"transactionId":42,"meterValue":[
                  {"timestamp":"2026-03-02T07:00:00Z","sampledValue":[
                    {"value":"77","measurand":"Energy.Active.Import.Registr"},{"value":"78"}]},
                  "nonsense"]}\
                """))
        .isEqualTo("result {}");
    SessionCommand.Readings readings = (SessionCommand.Readings) edge.command();
    assertThat(readings.transactionId()).contains("42");
    assertThat(readings.broken()).contains("measurand");
    assertThat(readings.readings()).hasSize(1);
    assertThat(readings.readings().getFirst().register()).isEqualTo(Energy.ofWh(78));
    assertThat(readings.readings().getFirst().extra()).contains("Registr");
  }

  @Test
  void meterValuesOfNoOne_areRefused_ofATransactionAlone_not() {
    assertThat(edge.call("MeterValues", "{\"meterValue\":[]}")).startsWith("error ");
    assertThat(edge.call("MeterValues", "{\"connectorId\":1,\"transactionId\":\"x\"}"))
        .startsWith("error ");
    assertThat(edge.call("MeterValues", "{\"transactionId\":42}")).isEqualTo("result {}");
    assertThat(((SessionCommand.Readings) edge.command()).evse()).isEqualTo(new EvseRef(0, 0));
  }
}
