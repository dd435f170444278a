package org.ampay.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class EnergyTest {

  @Test
  void decimalsOfAWattHour_areExactToAThousandth() {
    assertThat(Energy.ofWh(new BigDecimal("1234.5675"))).isEqualTo(new Energy(1_234_568));
    assertThat(Energy.ofWh(new BigDecimal("0.1")).plus(Energy.ofWh(new BigDecimal("0.2"))))
        .isEqualTo(Energy.ofWh(new BigDecimal("0.3")));
  }

  @Test
  void wattHours_areShownWithoutTrailingZeros() {
    assertThat(Energy.ofWh(1500)).hasToString("1500 Wh");
    assertThat(new Energy(250)).hasToString("0.25 Wh");
    assertThat(Energy.ZERO).hasToString("0 Wh");
  }

  @Test
  void kilowattHours_areExact() {
    assertThat(new Energy(1_234_567).toKwh()).isEqualByComparingTo("1.234567");
  }
}
