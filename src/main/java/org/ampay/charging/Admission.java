package org.ampay.charging;

import java.util.Optional;
import org.ampay.access.Authorization;
import org.jspecify.annotations.Nullable;

/** What was found out about a message's token before the decision. */
sealed interface Admission {

  /** The message names no token, or a repeat needs no new verdict. */
  record NotAsked() implements Admission {}

  /** The token of a session that runs or ends: its verdict goes into the answer. */
  record Checked(Authorization authorization) implements Admission {}

  /**
   * Another token than the one that began the session stops it.
   *
   * @param group of the token that began it, null when it has none
   */
  record Stopping(Authorization authorization, @Nullable String group) implements Admission {

    boolean sameGroup() {
      return authorization.accepted() && group != null && group.equals(authorization.groupToken());
    }
  }

  /**
   * The session may not run.
   *
   * @param operatorError what a person has to repair, null when it is the driver's matter
   */
  record Refused(Authorization authorization, @Nullable String operatorError)
      implements Admission {}

  /**
   * The session may run.
   *
   * @param frozen null when no tariff was found for a session that must not be refused
   */
  record Granted(Authorization authorization, long holdId, Session.@Nullable Frozen frozen)
      implements Admission {}

  /** What the station is told of the token. */
  default Optional<Authorization> verdict() {
    return switch (this) {
      case NotAsked none -> Optional.empty();
      case Checked checked -> Optional.of(checked.authorization());
      case Stopping stopping -> Optional.of(stopping.authorization());
      case Refused refused -> Optional.of(refused.authorization());
      case Granted granted -> Optional.of(granted.authorization());
    };
  }
}
