package org.ampay.billing.share;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.ampay.billing.Bill;
import org.jspecify.annotations.Nullable;

/**
 * What is shared of the bills of an operator, a site or a station, from a time on.
 *
 * @param validUntil exclusive; null: until it is ended
 * @param rules in the order in which a small bill is shared
 */
public record RevenueContract(
    long id,
    long operatorId,
    Scope scope,
    String name,
    String currency,
    Instant validFrom,
    @Nullable Instant validUntil,
    List<ShareRule> rules,
    String createdBy,
    Instant createdAt) {

  private static final int MAX_RULES = 20;
  private static final int MAX_NAME_CHARS = 100;

  /**
   * Whose bills. The most special contract counts, and no other.
   *
   * @param siteId all stations of a site
   * @param stationId one station
   */
  public record Scope(@Nullable Long siteId, @Nullable Long stationId) {

    /** All of the operator's bills. */
    public static final Scope OPERATOR = new Scope(null, null);

    public Scope {
      if (siteId != null && stationId != null) {
        throw new ContractException("station", "a site or a station, not both");
      }
    }

    /** 0 of the operator, 1 of a site, 2 of a station. */
    int rank() {
      return stationId != null ? 2 : siteId != null ? 1 : 0;
    }

    boolean covers(long station, @Nullable Long site) {
      if (stationId != null) {
        return stationId == station;
      }
      return siteId == null || siteId.equals(site);
    }
  }

  public RevenueContract {
    rules = List.copyOf(rules);
    name = name.strip();
    if (name.isEmpty() || name.length() > MAX_NAME_CHARS) {
      throw new ContractException("name", "1 to " + MAX_NAME_CHARS + " characters");
    }
    if (rules.isEmpty() || rules.size() > MAX_RULES) {
      throw new ContractException("rules", "1 to " + MAX_RULES);
    }
    if (validUntil != null && validUntil.isBefore(validFrom)) {
      throw new ContractException("valid_until", "not before valid_from");
    }
    checkSums(rules);
  }

  private static void checkSums(List<ShareRule> rules) {
    Map<Component, Integer> sums = new EnumMap<>(Component.class);
    for (ShareRule rule : rules) {
      rule.components()
          .forEach(component -> sums.merge(component, rule.basisPoints(), Integer::sum));
    }
    sums.forEach(
        (component, sum) -> {
          if (sum > ShareRule.WHOLE) {
            throw new ContractException(
                "rules", "the shares of " + component.code() + " exceed 100 %");
          }
        });
  }

  boolean isInForce(Instant at) {
    return !at.isBefore(validFrom) && (validUntil == null || at.isBefore(validUntil));
  }

  boolean overlaps(Instant from, @Nullable Instant until) {
    boolean empty = validFrom.equals(validUntil);
    return !empty
        && (validUntil == null || from.isBefore(validUntil))
        && (until == null || validFrom.isBefore(until));
  }

  /**
   * The shares of a whole bill: the platform's fee comes first, then the rules in their order, each
   * at most what is left of the price. So shares, fee and tax are never more than the total.
   *
   * @param bill with its lines
   * @param fee the platform's, of the whole bill
   */
  public List<BillShare> of(Bill bill, long fee) {
    List<BillShare> shares = new ArrayList<>();
    if (!bill.excl().currency().equals(currency)) {
      return shares;
    }
    Map<Component, Long> price = Parts.of(bill);
    Map<Component, Long> afterFee = Parts.less(price, fee);
    long left = Math.max(0, bill.excl().minor() - fee);
    for (int i = 0; i < rules.size(); i++) {
      ShareRule rule = rules.get(i);
      long base = rule.baseOf(price, afterFee);
      long share = Math.min(left, rule.of(base));
      left -= share;
      if (share > 0) {
        shares.add(
            new BillShare(
                bill.id(), i + 1, bill.operatorId(), id, rule.payeeId(), currency, base, share));
      }
    }
    return shares;
  }
}
