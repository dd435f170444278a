package org.ampay.station;

/** The code behind the QR code on an EVSE: short, without letters that look alike, no words. */
public final class PayCode {

  private static final String DIGITS = "23456789BCDFGHJKLMNPQRSTVWXYZ";
  private static final int MIN_LENGTH = 6;

  private PayCode() {}

  /** The code of the EVSE with that id. */
  public static String of(long evseId) {
    StringBuilder code = new StringBuilder();
    for (long rest = evseId; rest > 0 || code.length() < MIN_LENGTH; rest /= DIGITS.length()) {
      code.append(DIGITS.charAt((int) (rest % DIGITS.length())));
    }
    return code.reverse().toString();
  }
}
