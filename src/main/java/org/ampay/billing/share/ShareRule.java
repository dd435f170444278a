package org.ampay.billing.share;

import java.math.BigInteger;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A payee's share in a bill.
 *
 * @param components what it is of
 * @param basisPoints of the base, 0 to 10,000, rounded down
 * @param flatMinor on top of that
 * @param minMinor at least
 * @param maxMinor at most; null: what is there
 */
public record ShareRule(
    long payeeId,
    Set<Component> components,
    Base base,
    int basisPoints,
    long flatMinor,
    long minMinor,
    @Nullable Long maxMinor) {

  /** All of an amount, in basis points. */
  public static final int WHOLE = 10_000;

  /** What basis points are of. */
  public enum Base {
    /** The components' price without tax, as the driver pays it. */
    PRICE,
    /** The same less the platform's fee on it. */
    AFTER_FEE;

    /** As stored and told: {@code after_fee}. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Base ofCode(String code) {
      return valueOf(code.toUpperCase(Locale.ROOT));
    }
  }

  public ShareRule {
    components = Set.copyOf(components);
    if (components.isEmpty()) {
      throw new ContractException("components", "name at least one");
    }
    if (basisPoints < 0 || basisPoints > WHOLE) {
      throw new ContractException("basis_points", "0 to 10000");
    }
    if (flatMinor < 0) {
      throw new ContractException("flat_minor", "not negative");
    }
    if (minMinor < 0) {
      throw new ContractException("min_minor", "not negative");
    }
    if (maxMinor != null && maxMinor < minMinor) {
      throw new ContractException("max_minor", "not below min_minor");
    }
    if (basisPoints == 0 && flatMinor == 0 && minMinor == 0) {
      throw new ContractException("basis_points", "the rule shares nothing");
    }
  }

  /** What the share is of; nothing where the components come to less. */
  long baseOf(Map<Component, Long> price, Map<Component, Long> afterFee) {
    Map<Component, Long> from = base == Base.PRICE ? price : afterFee;
    long sum = 0;
    for (Component component : components) {
      sum = Math.addExact(sum, from.getOrDefault(component, 0L));
    }
    return Math.max(0, sum);
  }

  /** The share of a base: nothing of nothing. */
  long of(long baseMinor) {
    if (baseMinor <= 0) {
      return 0;
    }
    long part =
        BigInteger.valueOf(baseMinor)
            .multiply(BigInteger.valueOf(basisPoints))
            .divide(BigInteger.valueOf(WHOLE))
            .longValueExact();
    long share = Math.max(Math.addExact(part, flatMinor), minMinor);
    return maxMinor == null ? share : Math.min(share, maxMinor);
  }
}
