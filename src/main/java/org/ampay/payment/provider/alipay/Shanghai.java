package org.ampay.payment.provider.alipay;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** Alipay's times: without a zone, always those of China. */
final class Shanghai {

  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  private static final DateTimeFormatter FORM = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

  private Shanghai() {}

  static String text(Instant instant) {
    return FORM.format(instant.atZone(ZONE));
  }

  /**
   * A time of the wire.
   *
   * @throws java.time.DateTimeException when it is none
   */
  static Instant parse(String text) {
    return LocalDateTime.parse(text.strip(), FORM).atZone(ZONE).toInstant();
  }
}
