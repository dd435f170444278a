package org.ampay.ocpi.facts;

/**
 * What is wrong with an object.
 *
 * @param path where: {@code CDR.charging_periods[0].dimensions[1].volume}
 * @param text what was wanted and what is there; values are cut
 */
public record Complaint(String path, Kind kind, String text) {

  /** What kind of wrong. */
  public enum Kind {
    /** A field with cardinality 1 or + is not there, or null. */
    MISSING,
    /** The specification has no such field here. */
    UNKNOWN_FIELD,
    /** Null where the field could have been left out. */
    NULL,
    WRONG_TYPE,
    TOO_LONG,
    TOO_SHORT,
    /** Control characters, or others than ASCII in a CiString. */
    CHARACTERS,
    NOT_IN_ENUM,
    PATTERN,
    TIME_FORM,
    /** More decimals, or digits, than allowed. */
    NUMBER_FORM,
    URL_FORM,
    /** The form is right, what it says cannot be. */
    SENSE
  }

  private static final int MAX_SHOWN = 60;

  static Complaint of(String path, Kind kind, String wanted, Object found) {
    String shown = found.toString();
    String cut = shown.length() > MAX_SHOWN ? shown.substring(0, MAX_SHOWN) + "…" : shown;
    return new Complaint(path, kind, wanted + ", but is " + cut);
  }

  @Override
  public String toString() {
    return path + ": " + kind + ": " + text;
  }
}
