package org.ampay.billing.promotion;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ampay.base.IdSource;
import org.ampay.base.Money;
import org.ampay.store.Tx;

/** Puts drivers into the tiers that their turnover earns them, and takes them out again. */
final class TierRules {

  private final Tx tx;
  private final MemberStore members;
  private final PromotionBook book;
  private final IdSource ids;
  private final Instant now;

  TierRules(Tx tx, MemberStore members, PromotionBook book, IdSource ids, Instant now) {
    this.tx = tx;
    this.members = members;
    this.book = book;
    this.ids = ids;
    this.now = now;
  }

  /** The driver must be locked. */
  void apply(long operatorId, long driverId) {
    PromotionBook.Live live = book.of(operatorId);
    if (live != null && live.ruled()) {
      apply(operatorId, driverId, live);
    }
  }

  /** The same, also where no tier has a rule any more. */
  void applyAnyhow(long operatorId, long driverId) {
    PromotionBook.Live live = book.of(operatorId);
    apply(
        operatorId,
        driverId,
        live == null ? new PromotionBook.Live(Map.of(), Map.of(), List.of(), null) : live);
  }

  private void apply(long operatorId, long driverId, PromotionBook.Live live) {
    List<Membership> byRule =
        members.open(tx, List.of(driverId)).stream()
            .filter(m -> m.source() == Membership.Source.RULE && m.operatorId() == operatorId)
            .toList();
    Optional<Tier> earned = earned(operatorId, driverId, live);
    long tierId = earned.map(Tier::id).orElse(0L);
    byRule.stream().filter(m -> m.tierId() != tierId).forEach(m -> members.end(tx, m.id(), now));
    if (earned.isPresent() && byRule.stream().noneMatch(m -> m.tierId() == tierId)) {
      members.insert(tx, membership(operatorId, driverId, tierId), null, now);
    }
  }

  private Optional<Tier> earned(long operatorId, long driverId, PromotionBook.Live live) {
    Map<Integer, MemberStore.Turnover> turnovers = new HashMap<>();
    return live.tiers().values().stream()
        .sorted(Comparator.comparingInt((Tier tier) -> tier.spec().rank()).reversed())
        .filter(
            tier -> {
              Tier.Rule rule = tier.spec().rule();
              if (rule == null) {
                return false;
              }
              MemberStore.Turnover turnover =
                  turnovers.computeIfAbsent(
                      rule.days(),
                      days ->
                          members.turnover(
                              tx, operatorId, driverId, now.minus(Duration.ofDays(days))));
              return rule.holds(turnover.spentMinor(), turnover.chargedWh());
            })
        .findFirst();
  }

  private Membership membership(long operatorId, long driverId, long tierId) {
    Money nothing = Money.zero(new DefinitionStore().currency(tx, operatorId).orElseThrow());
    return new Membership(
        ids.next(),
        operatorId,
        driverId,
        tierId,
        Membership.Source.RULE,
        now,
        null,
        null,
        nothing,
        nothing,
        null,
        nothing,
        Who.SYSTEM.actor());
  }
}
