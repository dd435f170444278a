package org.ampay.ocpi.facts;

/** How often a field may be there. */
public enum Cardinality {
  OPTIONAL('?'),
  ONE('1'),
  ANY('*'),
  SOME('+');

  private final char sign;

  Cardinality(char sign) {
    this.sign = sign;
  }

  static Cardinality of(String text) {
    for (Cardinality cardinality : values()) {
      if (text.length() == 1 && text.charAt(0) == cardinality.sign) {
        return cardinality;
      }
    }
    throw new IllegalArgumentException("no cardinality: " + text);
  }

  public boolean isRequired() {
    return this == ONE || this == SOME;
  }

  public boolean isList() {
    return this == ANY || this == SOME;
  }
}
