package org.ampay.power;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** The lowest limits that others have set where an EV charges; null: none. */
record Outside(@Nullable BigDecimal amperes, @Nullable BigDecimal watts) {

  static final Outside NONE = new Outside(null, null);
}
