package org.ampay.access;

import java.util.Locale;

/**
 * A token as a station sent it.
 *
 * @param uid up to 36 characters (1.6: 20), kept as sent
 * @param type {@code ISO14443}, {@code ISO15693}, {@code eMAID}, {@code Central}, {@code KeyCode},
 *     {@code Local}, {@code MacAddress}, {@code NoAuthorization}; OCPP 1.6 knows no types: empty
 */
public record IdToken(String uid, String type) {

  /** A token of OCPP 1.6. */
  public static IdToken untyped(String uid) {
    return new IdToken(uid, "");
  }

  /** By this tokens are compared: without case. */
  public String key() {
    return uid.toLowerCase(Locale.ROOT);
  }
}
