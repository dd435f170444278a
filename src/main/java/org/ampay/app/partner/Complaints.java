package org.ampay.app.partner;

import java.util.ArrayList;
import java.util.List;

/** What the partner does not like of what it gets. */
public final class Complaints {

  private static final int MAX = 1_000;

  private final List<String> all = new ArrayList<>();

  /**
   * One more.
   *
   * @param what of which request or object
   */
  synchronized void add(String what, Object text) {
    if (all.size() < MAX) {
      all.add(what + ": " + text);
    }
  }

  /** All since the last {@link #clear}; at most {@value #MAX}. */
  public synchronized List<String> all() {
    return List.copyOf(all);
  }

  public synchronized void clear() {
    all.clear();
  }
}
