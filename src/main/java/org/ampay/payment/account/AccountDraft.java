package org.ampay.payment.account;

import java.util.Map;
import org.ampay.tariff.InvalidInputException;
import org.jspecify.annotations.Nullable;

/**
 * What a person says of an account.
 *
 * @param code null or empty: made by us; stays for ever
 * @param values settings and secrets by name; of a change only those that are to be changed, an
 *     empty one takes away
 */
public record AccountDraft(
    String provider,
    @Nullable String code,
    String name,
    Map<String, String> values,
    boolean enabled) {

  private static final int MOST_VALUES = 50;
  private static final int LONGEST_VALUE = 20_000;

  public AccountDraft {
    values = Map.copyOf(values);
    if (name.isBlank() || name.length() > 100) {
      throw new InvalidInputException("name", "takes 1 to 100 characters");
    }
    if (code != null && !code.isEmpty() && !code.matches("[a-z0-9][a-z0-9-]{2,39}")) {
      throw new InvalidInputException(
          "code", "takes 3 to 40 lower case letters, digits and dashes");
    }
    if (values.size() > MOST_VALUES) {
      throw new InvalidInputException("settings", "has more than " + MOST_VALUES + " entries");
    }
    values.forEach(
        (field, value) -> {
          if (value.length() > LONGEST_VALUE) {
            throw new InvalidInputException(
                "settings." + field, "is longer than " + LONGEST_VALUE + " characters");
          }
        });
  }

  /** Never shows values: they may be secret. */
  @Override
  public String toString() {
    return "AccountDraft[" + provider + ", " + code + ", " + values.keySet() + "]";
  }
}
