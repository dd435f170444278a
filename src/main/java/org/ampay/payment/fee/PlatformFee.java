package org.ampay.payment.fee;

import java.math.BigInteger;
import java.time.Instant;
import org.ampay.billing.Bill;
import org.jspecify.annotations.Nullable;

/**
 * What the platform keeps of an operator's bills from a time on.
 *
 * @param currency bills in others have no fee
 * @param basisPoints of the price without tax, 0 to 10,000
 * @param flatMinor on top of that
 * @param minMinor at least; but never more than the price
 * @param maxMinor at most; null: the price itself
 */
public record PlatformFee(
    long id,
    long operatorId,
    Instant validFrom,
    String currency,
    int basisPoints,
    long flatMinor,
    long minMinor,
    @Nullable Long maxMinor,
    Instant createdAt) {

  private static final int WHOLE = 10_000;

  public PlatformFee {
    boolean wrongMax = maxMinor != null && maxMinor < minMinor;
    if (basisPoints < 0 || basisPoints > WHOLE || flatMinor < 0 || minMinor < 0 || wrongMax) {
      throw new IllegalArgumentException("not a fee");
    }
  }

  /** The fee of a whole bill in its minor units, half up: 0 to the price without tax. */
  public long of(Bill bill) {
    long price = bill.excl().minor();
    if (price <= 0 || !bill.excl().currency().equals(currency)) {
      return 0;
    }
    BigInteger part =
        BigInteger.valueOf(price)
            .multiply(BigInteger.valueOf(basisPoints))
            .add(BigInteger.valueOf(WHOLE / 2))
            .divide(BigInteger.valueOf(WHOLE));
    long fee = Math.max(Math.addExact(flatMinor, part.longValueExact()), minMinor);
    return Math.min(price, maxMinor == null ? fee : Math.min(fee, maxMinor));
  }
}
