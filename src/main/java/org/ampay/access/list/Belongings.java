package org.ampay.access.list;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.ampay.access.Authorization;
import org.ampay.access.AuthorizationStatus;
import org.ampay.access.Token;
import org.ampay.access.TokenAuthorizer;
import org.ampay.access.Tokens;
import org.ampay.base.TimeSource;
import org.ampay.station.StationInfo;

/** Which entries belong in the list of a station. */
final class Belongings {

  private static final int PAGE = 1_000;

  /** Of an operator; more are not looked at. */
  private static final int MOST_TOKENS = 200_000;

  /** The tokens of an operator at a mark: many stations are brought up to date in a row. */
  private record Known(long mark, List<Token> tokens) {}

  private final Tokens tokens;
  private final Cache<Long, Known> cache;

  Belongings(Tokens tokens, TimeSource time) {
    this.tokens = tokens;
    this.cache =
        Caffeine.newBuilder()
            .maximumSize(4)
            .expireAfterAccess(Duration.ofMinutes(1))
            .ticker(time::nanos)
            .build();
  }

  /**
   * The entries by their keys.
   *
   * @param mark of what they are made from
   */
  List<ListEntry> of(
      StationInfo station, ListPolicy policy, ListDialect dialect, long mark, Instant now) {
    ListPolicy.Chooser chooser = policy.chooser();
    List<ListEntry> entries = new ArrayList<>();
    for (Token token : tokens(station.operatorId(), mark)) {
      if (chooser.chooses(token) && fits(token, dialect)) {
        Authorization told = TokenAuthorizer.judge(token, station, List.of(), now);
        if (isOfHere(told.status())) {
          entries.add(ListEntry.of(token, told));
        }
      }
    }
    return entries;
  }

  /**
   * A PIN code is nobody's to keep; a master pass would start where that is not known; and for some
   * tokens nobody but their partner may speak.
   */
  private static boolean fits(Token token, ListDialect dialect) {
    return token.uid().length() <= dialect.longestUid()
        && !token.type().equals("KeyCode")
        && !token.traits().alwaysAsked()
        && (dialect.knowsMasterPass() || !token.traits().masterPass());
  }

  /** Refused ones belong there too, so that they are refused without us. */
  private static boolean isOfHere(AuthorizationStatus status) {
    return switch (status) {
      case NOT_AT_THIS_LOCATION, NOT_ALLOWED_TYPE_EVSE -> false;
      case ACCEPTED,
          BLOCKED,
          CONCURRENT_TX,
          EXPIRED,
          INVALID,
          NO_CREDIT,
          NOT_AT_THIS_TIME,
          UNKNOWN ->
          true;
    };
  }

  private List<Token> tokens(long operatorId, long mark) {
    Known known = cache.getIfPresent(operatorId);
    if (known != null && known.mark() == mark) {
      return known.tokens();
    }
    List<Token> all = new ArrayList<>();
    List<Token> page = tokens.list(operatorId, "", PAGE);
    while (!page.isEmpty() && all.size() < MOST_TOKENS) {
      all.addAll(page);
      page = page.size() < PAGE ? List.of() : tokens.list(operatorId, page.getLast().key(), PAGE);
    }
    cache.put(operatorId, new Known(mark, all));
    return all;
  }
}
