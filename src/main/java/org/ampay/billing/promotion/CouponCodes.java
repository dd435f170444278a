package org.ampay.billing.promotion;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.ampay.base.Digests;

/** Codes of coupons: made so that nobody guesses one, read as people type them. */
final class CouponCodes {

  /** Without 0 and O, 1 and I and L: 16 of these have 79 bits. */
  private static final String ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";

  private static final int LENGTH = 16;
  private static final int LONGEST = 30;
  private static final int SHORTEST_SHARED = 4;

  private CouponCodes() {}

  static List<String> make(int count, RandomGenerator random) {
    Set<String> codes = new LinkedHashSet<>(count * 2);
    StringBuilder code = new StringBuilder(LENGTH);
    while (codes.size() < count) {
      code.setLength(0);
      for (int i = 0; i < LENGTH; i++) {
        code.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
      }
      codes.add(code.toString());
    }
    return List.copyOf(codes);
  }

  /** A shared code as it is kept. */
  static String shared(String code) {
    String plain = plain(code);
    Rules.require(
        plain.length() >= SHORTEST_SHARED
            && plain.length() <= LONGEST
            && plain.codePoints().allMatch(Character::isLetterOrDigit),
        "code",
        "must have 4 to 30 letters and digits");
    return plain;
  }

  /** For the audit log, whose readers may not claim it. */
  static String masked(String code) {
    return code.substring(0, 2) + "…";
  }

  static byte[] hash(String code) {
    return Digests.sha256("coupon", plain(code));
  }

  /** What cannot be a code is not looked for. */
  static boolean possible(String code) {
    return code.length() <= 2 * LONGEST && !plain(code).isEmpty();
  }

  private static String plain(String code) {
    return code.replaceAll("[\\s-]", "").toUpperCase(Locale.ROOT);
  }
}
