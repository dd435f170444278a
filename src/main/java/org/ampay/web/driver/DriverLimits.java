package org.ampay.web.driver;

import java.time.Duration;
import org.ampay.base.TimeSource;
import org.ampay.web.http.Call;
import org.ampay.web.http.Problem;
import org.ampay.web.people.Throttle;

/**
 * How much one address may ask for. Many phones share an address of their network, so pages are
 * many; an order keeps an EVSE from others, so those are few.
 */
final class DriverLimits {

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

  private static final int VIEWS_A_MINUTE = 3_000;
  private static final int CODES_UNKNOWN = 60;
  private static final int ORDERS = 100;
  private static final int ORDERS_AT_A_POINT = 10;
  private static final int WALLET_TRIES = 30;

  private final Throttle views;
  private final Throttle unknown;
  private final Throttle orders;
  private final Throttle ordersAtPoint;
  private final Throttle walletTries;

  DriverLimits(TimeSource time) {
    this.views = new Throttle(time, VIEWS_A_MINUTE, MINUTE);
    this.unknown = new Throttle(time, CODES_UNKNOWN, MINUTE);
    this.orders = new Throttle(time, ORDERS, TEN_MINUTES);
    this.ordersAtPoint = new Throttle(time, ORDERS_AT_A_POINT, TEN_MINUTES);
    this.walletTries = new Throttle(time, WALLET_TRIES, TEN_MINUTES);
  }

  /** Counts a request. */
  void view(Call call) {
    check(views.take(call.address()));
  }

  /** Counts a code that nobody has: whoever tries many is looking for something. */
  void unknownCode(Call call) {
    check(unknown.take(call.address()));
  }

  /** Counts a wish for an order. */
  void order(Call call, String payCode) {
    check(orders.take(call.address()) && ordersAtPoint.take(call.address() + " " + payCode));
  }

  /** Counts a card with a PIN. */
  void wallet(Call call) {
    check(walletTries.take(call.address()));
  }

  private static void check(boolean granted) {
    if (!granted) {
      throw Problem.tooMany("too many requests from this address").exception();
    }
  }
}
