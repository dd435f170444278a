package org.ampay.build.wire;

import java.util.Set;
import javax.lang.model.SourceVersion;

/** Java names of what the dictionaries name. */
final class Names {

  /** Methods that a record component must not hide, and locals of the generated methods. */
  private static final Set<String> TAKEN =
      Set.of(
          "hashCode",
          "toString",
          "clone",
          "finalize",
          "getClass",
          "notify",
          "notifyAll",
          "wait",
          "messageType",
          "in",
          "out",
          "seen",
          "next",
          "more");

  private Names() {}

  /** {@code MeterValue#2} (the same name with other contents) is {@code MeterValue2}. */
  static String type(String name) {
    return name.replace("#", "");
  }

  static String component(String name) {
    return TAKEN.contains(name) || SourceVersion.isKeyword(name) ? name + '_' : name;
  }

  /**
   * {@code Energy.Active.Net} is {@code Energy_Active_Net}: as near to the protocol's spelling as
   * Java allows, so that a search for one finds the other.
   */
  static String constant(String wireName) {
    String name = wireName.replaceAll("[^A-Za-z0-9_]", "_");
    if (Character.isDigit(name.charAt(0))) {
      name = '_' + name;
    }
    return SourceVersion.isKeyword(name) ? name + '_' : name;
  }

  static String capital(String name) {
    return Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }
}
