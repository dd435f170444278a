package org.ampay.payment.provider;

import java.util.Map;
import java.util.Optional;

/**
 * An operator's account with a provider, with its secrets in the clear.
 *
 * @param code in the callbacks' address: lower case letters, digits and dashes
 * @param values by the names of {@link SettingField}
 */
public record AccountSettings(long id, long operatorId, String code, Map<String, String> values) {

  public AccountSettings {
    values = Map.copyOf(values);
  }

  /** A setting that may be missing or empty. */
  public Optional<String> value(String name) {
    return Optional.ofNullable(values.get(name)).filter(text -> !text.isBlank());
  }

  /**
   * A setting that must be there.
   *
   * @throws SettingException when it is not
   */
  public String required(String name) throws SettingException {
    return value(name).orElseThrow(() -> new SettingException(name, "is required"));
  }

  /** Without values: they may be secret. */
  @Override
  public String toString() {
    return "account " + code + " (" + id + ") with " + values.keySet();
  }
}
