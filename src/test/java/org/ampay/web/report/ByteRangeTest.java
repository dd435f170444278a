package org.ampay.web.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangeTest {

  @ParameterizedTest
  @CsvSource({
    "bytes=0-9,0,10",
    "bytes=5-,5,95",
    "bytes=-10,90,10",
    "bytes=90-200,90,10",
    "bytes=-500,0,100"
  })
  void range_staysWithinTheFile(String header, long from, long length) {
    assertThat(ByteRange.of(header, 100)).contains(new ByteRange(from, length));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "bytes=", "bytes=-", "bytes=-0", "bytes=9-5", "bytes=100-", "bytes=1-2,4-5"})
  void senselessRange_isTheWholeFile(String header) {
    assertThat(ByteRange.of(header, 100)).isEqualTo(Optional.empty());
  }

  @Test
  void emptyFile_hasNoRange() {
    assertThat(ByteRange.of("bytes=0-1", 0)).isEqualTo(Optional.empty());
  }
}
