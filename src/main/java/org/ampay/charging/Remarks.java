package org.ampay.charging;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is odd about a session, for a person to read. While the session runs every remark is a doubt
 * that holds it from being billed. Bounded: once full, further remarks say nothing new.
 *
 * @param text remarks joined by {@code "; "}, empty when there are none
 */
record Remarks(String text) {

  static final Remarks NONE = new Remarks("");

  /** The width of the column. */
  private static final int MAX_CHARS = 500;

  private static final String SEPARATOR = "; ";

  static Remarks of(@Nullable String stored) {
    return stored == null ? NONE : new Remarks(stored);
  }

  boolean isEmpty() {
    return text.isEmpty();
  }

  boolean has(String remark) {
    return text.contains(remark);
  }

  /** A remark that is there already is not repeated: the same facts may be read again. */
  Remarks plus(String remark) {
    if (has(remark)) {
      return this;
    }
    String joined = isEmpty() ? remark : text + SEPARATOR + remark;
    return joined.length() > MAX_CHARS ? this : new Remarks(joined);
  }

  Remarks plusAll(List<String> remarks) {
    Remarks all = this;
    for (String remark : remarks) {
      all = all.plus(remark);
    }
    return all;
  }

  Remarks minus(String remark) {
    List<String> kept = new ArrayList<>(List.of(text.split(SEPARATOR)));
    return kept.remove(remark) ? new Remarks(String.join(SEPARATOR, kept)) : this;
  }

  /** Without the remarks that begin so. */
  Remarks without(String... beginnings) {
    if (isEmpty()) {
      return this;
    }
    List<String> kept = new ArrayList<>();
    for (String remark : text.split(SEPARATOR)) {
      boolean goes = false;
      for (String beginning : beginnings) {
        goes |= remark.startsWith(beginning);
      }
      if (!goes) {
        kept.add(remark);
      }
    }
    return new Remarks(String.join(SEPARATOR, kept));
  }

  @Nullable String stored() {
    return isEmpty() ? null : text;
  }
}
