package org.ampay.ocpp.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DateTimesTest {

  @ParameterizedTest
  @CsvSource({
    "2026-07-01T12:00:00Z, 2026-07-01T12:00:00Z",
    "2026-07-01t12:00:00z, 2026-07-01T12:00:00Z",
    "2026-07-01T12:00:00.5Z, 2026-07-01T12:00:00.500Z",
    "2026-07-01T12:00:00.123456789Z, 2026-07-01T12:00:00.123456789Z",
    "2026-07-01T12:00:00.1234567899999Z, 2026-07-01T12:00:00.123456789Z",
    "2026-07-01T20:00:00+08:00, 2026-07-01T12:00:00Z",
    "2026-07-01T06:30:00-05:30, 2026-07-01T12:00:00Z",
    "2026-07-01T12:00:00-00:00, 2026-07-01T12:00:00Z",
    "2024-02-29T00:00:00Z, 2024-02-29T00:00:00Z",
    "2016-12-31T23:59:60Z, 2017-01-01T00:00:00Z",
    "2017-01-01T07:59:60.25+08:00, 2017-01-01T00:00:00.250Z",
    "0000-01-01T00:00:00Z, 0000-01-01T00:00:00Z",
    "9999-12-31T23:59:59.999Z, 9999-12-31T23:59:59.999Z",
  })
  void rfc3339_isReadInBothWays(String text, String instant) {
    assertThat(DateTimes.parse(text, false)).contains(Instant.parse(instant));
    assertThat(DateTimes.parse(text, true)).contains(Instant.parse(instant));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-07-01T12:00:00, 2026-07-01T12:00:00Z",
    "2026-07-01T12:00:00.123, 2026-07-01T12:00:00.123Z",
    "2026-07-01T12:00, 2026-07-01T12:00:00Z",
    "2026-07-01T12:00Z, 2026-07-01T12:00:00Z",
    "2026-07-01T20:00:00+0800, 2026-07-01T12:00:00Z",
    "2026-07-01T20:00:00+08, 2026-07-01T12:00:00Z",
  })
  void looseForms_areReadLenientlyOnly(String text, String instant) {
    assertThat(DateTimes.parse(text, false)).isEmpty();
    assertThat(DateTimes.parse(text, true)).contains(Instant.parse(instant));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2026",
        "2026-07-01",
        "2026-07-01 12:00:00Z",
        "2026-07-01T12:00:00.Z",
        "2026-07-01T12:00:00ZZ",
        "2026-07-01T12:00:00Z ",
        " 2026-07-01T12:00:00Z",
        "2026-13-01T12:00:00Z",
        "2026-00-01T12:00:00Z",
        "2026-02-29T12:00:00Z",
        "2026-04-31T12:00:00Z",
        "2026-07-00T12:00:00Z",
        "2026-07-01T24:00:00Z",
        "2026-07-01T12:60:00Z",
        "2026-07-01T12:00:61Z",
        "2026-07-01T12:00:60Z",
        "2026-07-01T12:00:00+24:00",
        "2026-07-01T12:00:00+08:60",
        "2026-07-01T12:00:00+8:00",
        "2026-07-01T12:00:00,5Z",
        "26-07-01T12:00:00Z",
        "+2026-07-01T12:00:00Z",
        "12026-07-01T12:00:00Z",
        "２０２６-07-01T12:00:00Z",
        "1782900000",
      })
  void otherText_isRefusedInBothWays(String text) {
    assertThat(DateTimes.parse(text, false)).isEmpty();
    assertThat(DateTimes.parse(text, true)).isEmpty();
  }

  @Test
  void randomInstants_areReadAndWrittenAsTheJdkDoes() {
    Random random = new Random(7);
    DateTimeFormatter millis = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'");
    for (int i = 0; i < 20_000; i++) {
      long second = random.nextLong(-62_167_219_200L, 253_402_300_800L);
      Instant instant = Instant.ofEpochSecond(second, random.nextInt(1_000_000_000));
      assertThat(DateTimes.parse(instant.toString(), false)).contains(instant);
      OffsetDateTime utc = instant.atOffset(ZoneOffset.UTC);
      assertThat(DateTimes.format(instant)).isEqualTo(utc.format(millis));
      assertThat(DateTimes.parse(DateTimes.format(instant), false))
          .contains(instant.truncatedTo(ChronoUnit.MILLIS));
    }
  }
}
