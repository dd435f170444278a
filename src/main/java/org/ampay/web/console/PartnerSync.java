package org.ampay.web.console;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.ampay.ocpi.push.PushKind;
import org.ampay.ocpi.push.PushState.Stand;
import org.ampay.ocpi.push.PushSummary;
import org.jspecify.annotations.Nullable;

/**
 * How far a partner is told of objects of one kind.
 *
 * @param oldest when the change came that waits longest; null: none waits
 */
public record PartnerSync(
    PushKind kind,
    long waiting,
    long taken,
    long givenUp,
    long noEndpoint,
    @Nullable Instant oldest) {

  /** Those kinds of which there is something. */
  static List<PartnerSync> of(PushSummary summary) {
    return Arrays.stream(PushKind.values())
        .map(
            kind ->
                new PartnerSync(
                    kind,
                    count(summary, kind, Stand.WAITING),
                    count(summary, kind, Stand.TAKEN),
                    count(summary, kind, Stand.GIVEN_UP),
                    count(summary, kind, Stand.NO_ENDPOINT),
                    oldest(summary, kind)))
        .filter(sync -> sync.waiting + sync.taken + sync.givenUp + sync.noEndpoint > 0)
        .toList();
  }

  private static long count(PushSummary summary, PushKind kind, Stand state) {
    return summary.counts().stream()
        .filter(count -> count.kind() == kind && count.state() == state)
        .mapToLong(PushSummary.Count::objects)
        .sum();
  }

  private static @Nullable Instant oldest(PushSummary summary, PushKind kind) {
    return summary.counts().stream()
        .filter(count -> count.kind() == kind && count.state() == Stand.WAITING)
        .map(PushSummary.Count::oldest)
        .findFirst()
        .orElse(null);
  }
}
