package org.ampay.ocpi.facts;

import java.util.Set;

/**
 * An enum.
 *
 * @param open others may add values
 */
public record EnumFacts(String name, boolean open, Set<String> values) {
  public EnumFacts {
    values = Set.copyOf(values);
  }
}
