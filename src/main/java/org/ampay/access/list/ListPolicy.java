package org.ampay.access.list;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.ampay.access.Token;

/**
 * Which tokens belong in a local list.
 *
 * @param groups group tokens, when chosen
 * @param tokens uids, when chosen
 */
public record ListPolicy(Mode mode, List<String> groups, List<String> tokens) {

  /** The ways to say it. */
  public enum Mode {
    /** The list is left alone. */
    UNMANAGED,
    /** No token. */
    EMPTY,
    /** Every token that may charge there. */
    ALL,
    /** Those of some groups, and some more. */
    CHOSEN;

    /** As stored and shown. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public static final ListPolicy NONE = new ListPolicy(Mode.UNMANAGED, List.of(), List.of());

  private static final int MOST = 1_000;

  public ListPolicy {
    groups = List.copyOf(groups);
    tokens = List.copyOf(tokens);
    if (groups.size() > MOST) {
      throw new IllegalArgumentException("groups: must be at most " + MOST);
    }
    if (tokens.size() > MOST) {
      throw new IllegalArgumentException("tokens: must be at most " + MOST);
    }
    if (mode != Mode.CHOSEN && !(groups.isEmpty() && tokens.isEmpty())) {
      throw new IllegalArgumentException("mode: must be chosen to choose groups or tokens");
    }
  }

  /** The policy of a mode's word. */
  public static ListPolicy of(String mode, List<String> groups, List<String> tokens) {
    for (Mode known : Mode.values()) {
      if (known.word().equals(mode)) {
        return new ListPolicy(known, groups, tokens);
      }
    }
    throw new IllegalArgumentException("mode: must be unmanaged, empty, all or chosen");
  }

  public boolean managed() {
    return mode != Mode.UNMANAGED;
  }

  /** Asks many tokens. */
  Chooser chooser() {
    return new Chooser(mode, keys(groups), keys(tokens));
  }

  private static Set<String> keys(List<String> names) {
    return names.stream().map(n -> n.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
  }

  /** A policy ready to be asked. */
  record Chooser(Mode mode, Set<String> groups, Set<String> tokens) {

    boolean chooses(Token token) {
      return switch (mode) {
        case UNMANAGED, EMPTY -> false;
        case ALL -> true;
        case CHOSEN -> {
          String group = token.groupToken();
          yield tokens.contains(token.key())
              || (group != null && groups.contains(group.toLowerCase(Locale.ROOT)));
        }
      };
    }
  }
}
