package org.ampay.billing.promotion;

import java.math.BigInteger;

/**
 * How far the benefits of a bill are.
 *
 * @param usedMinor what the used points were worth in the ledger
 * @param pointsGiven of the used ones, given back by refunds
 * @param pointsTaken of the earned ones, taken back by refunds, or forgiven because they were spent
 * @param fundedMinor the platform's discounts in the bill's journal
 * @param unfundedMinor of those, reversed by refunds
 * @param settled points were earned, or there were none to earn
 */
public record BillBenefit(
    long billId,
    long operatorId,
    long driverId,
    long pointsUsed,
    long usedMinor,
    long pointsGiven,
    long givenMinor,
    long pointsEarned,
    long pointsTaken,
    long fundedMinor,
    long unfundedMinor,
    boolean settled) {

  static BillBenefit of(BenefitStore.PaidBill bill) {
    return new BillBenefit(
        bill.id(), bill.operatorId(), bill.driverId(), 0, 0, 0, 0, 0, 0, 0, 0, false);
  }

  BillBenefit used(long points, long minor, long funded) {
    return new BillBenefit(
        billId,
        operatorId,
        driverId,
        points,
        minor,
        0,
        0,
        pointsEarned,
        pointsTaken,
        funded,
        0,
        settled);
  }

  BillBenefit earned(long points) {
    return new BillBenefit(
        billId,
        operatorId,
        driverId,
        pointsUsed,
        usedMinor,
        pointsGiven,
        givenMinor,
        points,
        0,
        fundedMinor,
        unfundedMinor,
        true);
  }

  BillBenefit reversed(long given, long givenWorth, long taken, long unfunded) {
    return new BillBenefit(
        billId,
        operatorId,
        driverId,
        pointsUsed,
        usedMinor,
        given,
        givenWorth,
        pointsEarned,
        taken,
        fundedMinor,
        unfunded,
        settled);
  }

  /** The part of a whole that goes with a refund; all of it with the last cent. */
  static long share(long whole, BenefitStore.PaidBill bill) {
    if (bill.refunded()) {
      return whole;
    }
    return bill.refundedMinor() == 0
        ? 0
        : BigInteger.valueOf(whole)
            .multiply(BigInteger.valueOf(bill.refundedMinor()))
            .divide(BigInteger.valueOf(bill.realMinor()))
            .longValueExact();
  }
}
