package org.ampay.station.device;

import java.util.Locale;

/**
 * Names one attribute of one variable of a station. A setting of OCPP 1.6 has no component: its key
 * is the variable.
 *
 * @param component empty for a setting of 1.6
 * @param componentInstance empty when it has none
 * @param evseNo 0: of no EVSE
 * @param connectorNo 0: of no connector
 * @param variableInstance empty when it has none
 * @param attribute {@code Actual}, {@code Target}, {@code MinSet} or {@code MaxSet}
 */
public record VariableKey(
    String component,
    String componentInstance,
    int evseNo,
    int connectorNo,
    String variable,
    String variableInstance,
    String attribute) {

  public static final String ACTUAL = "Actual";

  /** The text that stands for a secret: a value that is never kept. */
  public static final String MASK = "***";

  /** A setting of OCPP 1.6. */
  public static VariableKey setting(String key) {
    return new VariableKey("", "", 0, 0, key, "", ACTUAL);
  }

  /** The actual value of a variable of the whole station. */
  public static VariableKey of(String component, String variable, String instance) {
    return new VariableKey(component, "", 0, 0, variable, instance, ACTUAL);
  }

  /** Whether its value is a password or key, which is not kept. */
  public boolean secret() {
    String name = variable.toLowerCase(Locale.ROOT);
    return name.contains("password")
        || name.contains("privatekey")
        || name.equals("authorizationkey");
  }

  /** {@code EVSE@1}, {@code Connector[left]@1.2}; empty for a setting of 1.6. */
  public String componentText() {
    String place = evseNo == 0 ? "" : "@" + evseNo + (connectorNo == 0 ? "" : "." + connectorNo);
    return component + bracketed(componentInstance) + place;
  }

  /** {@code ItemsPerMessage[GetReport]}, {@code Power/MaxSet}. */
  public String variableText() {
    return variable
        + bracketed(variableInstance)
        + (attribute.equals(ACTUAL) ? "" : "/" + attribute);
  }

  /** Both, for people. */
  public String text() {
    return component.isEmpty() ? variableText() : componentText() + " " + variableText();
  }

  private static String bracketed(String instance) {
    return instance.isEmpty() ? "" : "[" + instance + "]";
  }
}
