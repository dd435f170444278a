package org.ampay.app.check;

/**
 * What a check found.
 *
 * @param checked how many rows it looked at
 * @param first the first thing that is wrong, empty when nothing is
 */
public record CheckResult(String name, long checked, String first) {

  public boolean ok() {
    return first.isEmpty();
  }

  /** As printed: {@code ok NAME checked=N} or {@code BROKEN NAME checked=N first=…}. */
  public String line() {
    return ok()
        ? "ok " + name + " checked=" + checked
        : "BROKEN " + name + " checked=" + checked + " first=" + first;
  }
}
