package org.ampay.payment.order;

import java.time.Duration;

/**
 * How long an order waits for what.
 *
 * @param payIn from the order until it cannot be paid any more
 * @param answerIn until a station's answer to the start is not waited for any more
 * @param plugIn from the station's promise until its session must have come
 * @param soon the pause before a provider is asked again, at first
 * @param atMost the longest such pause
 * @param look between two looks at a session that runs
 * @param stopAgain before a station is asked again to stop
 * @param backIn after so long, money that is not given back raises an alarm
 * @param before a hold expires, its session is stopped so much before
 */
public record OrderSettings(
    Duration payIn,
    Duration answerIn,
    Duration plugIn,
    Duration soon,
    Duration atMost,
    Duration look,
    Duration stopAgain,
    Duration backIn,
    Duration before) {

  /** 10 min, 45 s, 3 min, 2 s, 20 s, 30 s, 30 s, 1 h, 1 h. */
  public static final OrderSettings DEFAULT =
      new OrderSettings(
          Duration.ofMinutes(10),
          Duration.ofSeconds(45),
          Duration.ofMinutes(3),
          Duration.ofSeconds(2),
          Duration.ofSeconds(20),
          Duration.ofSeconds(30),
          Duration.ofSeconds(30),
          Duration.ofHours(1),
          Duration.ofHours(1));

  /** The same with what is set. */
  public OrderSettings with(Duration paid, Duration plugged) {
    return new OrderSettings(
        paid, answerIn, plugged, soon, atMost, look, stopAgain, backIn, before);
  }
}
