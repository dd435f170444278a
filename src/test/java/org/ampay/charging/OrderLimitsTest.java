package org.ampay.charging;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.ampay.base.Energy;
import org.ampay.base.Money;
import org.ampay.charging.OrderLimits.Ahead;
import org.ampay.charging.OrderLimits.Kind;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OrderLimitsTest {

  private static final OrderLimits ALL =
      new OrderLimits(new Money("CNY", 5_000), Energy.ofWh(20_000), Duration.ofMinutes(60), 80);

  private static Ahead ahead(long minor, long wh, long minutes, @Nullable Integer soc) {
    return new Ahead(
        Duration.ofMinutes(minutes), Energy.ofWh(wh), Optional.of(new Money("CNY", minor)), soc);
  }

  @Test
  void belowAll_nothingIsReached() {
    assertThat(ALL.reached(ahead(4_999, 19_999, 59, 79))).isEmpty();
    assertThat(ALL.reached(ahead(4_999, 19_999, 59, null))).isEmpty();
  }

  @Test
  void atALimit_itIsReached() {
    assertThat(ALL.reached(ahead(5_000, 0, 0, 0))).contains(Kind.AMOUNT);
    assertThat(ALL.reached(ahead(0, 20_000, 0, 0))).contains(Kind.ENERGY);
    assertThat(ALL.reached(ahead(0, 0, 60, 0))).contains(Kind.TIME);
    assertThat(ALL.reached(ahead(0, 0, 0, 80))).contains(Kind.SOC);
  }

  @Test
  void withoutLimits_nothingIsEverReached() {
    OrderLimits none = new OrderLimits(null, null, null, null);
    assertThat(none.isEmpty()).isTrue();
    assertThat(none.reached(ahead(9_999_999, 9_999_999, 9_999, 100))).isEmpty();
  }

  @Test
  void unknownCostOrAnotherCurrency_reachesNoAmount() {
    OrderLimits amount = new OrderLimits(new Money("CNY", 1), null, null, null);
    Ahead unknown = new Ahead(Duration.ZERO, Energy.ZERO, Optional.empty(), null);
    Ahead euro = new Ahead(Duration.ZERO, Energy.ZERO, Optional.of(new Money("EUR", 10)), null);
    assertThat(amount.reached(unknown)).isEmpty();
    assertThat(amount.reached(euro)).isEmpty();
  }
}
