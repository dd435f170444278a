package org.ampay.app.simulator;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Optional;

/** The cards of the drivers: each is at one station at a time. Lives on the stations' thread. */
public final class TokenPool {

  private final Deque<String> free;

  public TokenPool(Collection<String> tokens) {
    free = new ArrayDeque<>(tokens);
  }

  Optional<String> take() {
    return Optional.ofNullable(free.poll());
  }

  void giveBack(String token) {
    free.add(token);
  }
}
