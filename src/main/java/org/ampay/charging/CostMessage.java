package org.ampay.charging;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.ampay.base.Energy;
import org.ampay.base.Money;
import org.jspecify.annotations.Nullable;

/**
 * What a station of OCPP 1.6 is told for its display, after the Open Charge Alliance's paper "OCPP
 * &amp; California Pricing Requirements": by DataTransfer, since 1.6 has no messages of its own.
 */
public sealed interface CostMessage {

  /**
   * The price of whoever shows this token.
   *
   * @param texts the first in the language that fits best; at least one
   */
  record UserPrice(String idToken, List<PriceMessage> texts) implements CostMessage {
    public UserPrice {
      texts = List.copyOf(texts);
    }
  }

  /**
   * What a running session costs, and what makes it cost more.
   *
   * @param at of the cost
   * @param meter the last register
   * @param charging whether the EV asks for power
   * @param next what holds from another time on; null: not known or never
   * @param trigger when the station sends a reading by itself
   */
  record Running(
      String transactionId,
      Instant at,
      Energy meter,
      Money cost,
      boolean charging,
      Prices prices,
      @Nullable Next next,
      Trigger trigger)
      implements CostMessage {}

  /**
   * What a session that is over costs.
   *
   * @param qrCode an address for more; null: none
   */
  record Final(String transactionId, Money cost, List<PriceMessage> texts, @Nullable String qrCode)
      implements CostMessage {
    public Final {
      texts = List.copyOf(texts);
    }
  }

  /**
   * Unit prices with tax, in major units; null: not asked.
   *
   * @param idleHour for an hour in which the EV asks for no power
   * @param graceMinutes of such time that are free
   */
  record Prices(
      @Nullable BigDecimal kwh,
      @Nullable BigDecimal hour,
      @Nullable BigDecimal flat,
      @Nullable BigDecimal idleHour,
      int graceMinutes) {}

  /** Prices that hold from then on. */
  record Next(Instant at, Prices prices) {}

  /**
   * When a reading is wanted.
   *
   * @param at at that time; null: at none
   * @param kwh when the session has taken so much; null: never
   * @param powerKw when the power passes it; null: never
   * @param phases when the EV stops or begins to ask for power
   */
  record Trigger(
      @Nullable Instant at,
      @Nullable BigDecimal kwh,
      @Nullable BigDecimal powerKw,
      boolean phases) {}
}
