package org.ampay.billing.promotion;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.ampay.base.IdSource;
import org.ampay.base.Money;
import org.ampay.billing.Bill;
import org.ampay.charging.BillableSession;
import org.ampay.ledger.Account;
import org.ampay.ledger.JournalEntry;
import org.ampay.ledger.Journals;
import org.ampay.ledger.Posting;
import org.ampay.store.Tx;
import org.ampay.tariff.DriverTerms;
import org.ampay.tariff.Pricing;
import org.ampay.tariff.SessionFacts;
import org.ampay.tariff.TierTerm;

/** One transaction of {@link Loyalty}. */
final class LoyaltyRun {

  /** A coupon or points that a refund gives back can be used for at least this long. */
  static final Duration GRACE = Duration.ofDays(30);

  private final Tx tx;
  private final Loyalty.Bills bills;
  private final PromotionBook book;
  private final IdSource ids;
  private final Instant now;
  private final BenefitStore store = new BenefitStore();
  private final ClaimStore claims = new ClaimStore();
  private final PointsStore points = new PointsStore();
  private final MemberStore members = new MemberStore();
  private final DefinitionStore definitions = new DefinitionStore();
  private final List<JournalEntry> journals = new ArrayList<>();

  LoyaltyRun(Tx tx, Loyalty.Bills bills, PromotionBook book, IdSource ids, Instant now) {
    this.tx = tx;
    this.bills = bills;
    this.book = book;
    this.ids = ids;
    this.now = now;
  }

  void run(Set<Long> billIds, Journals ledger) {
    List<BenefitStore.PaidBill> paid = store.bills(tx, billIds);
    if (paid.isEmpty()) {
      return;
    }
    Map<Long, Set<Long>> drivers = new TreeMap<>();
    paid.forEach(
        bill ->
            drivers.computeIfAbsent(bill.operatorId(), id -> new TreeSet<>()).add(bill.driverId()));
    drivers.forEach((operator, of) -> members.lock(tx, operator, of, now));
    // Read again: only under the drivers' locks nobody else is at the same bills.
    new Work(store.bills(tx, billIds)).run();
    TierRules rules = new TierRules(tx, members, book, ids, now);
    drivers.forEach((operator, of) -> of.forEach(driver -> rules.apply(operator, driver)));
    if (!journals.isEmpty()) {
      ledger.postNew(tx, journals);
    }
  }

  /** What is done for the bills. */
  private final class Work {
    private final List<BenefitStore.PaidBill> paid;
    private final Map<Long, BillBenefit> done;
    private final Map<Long, List<CouponClaim>> reserved;
    private final Map<Long, List<PointsStore.Hold>> pointsHeld;
    private final Map<Long, List<Bill.Line>> lines;
    private final Map<Long, BillableSession> sessions;
    private final PointsWork work;
    private final Map<Long, List<BenefitStore.CampaignHold>> campaignHeld;

    Work(List<BenefitStore.PaidBill> paid) {
      this.paid = paid;
      List<Long> billIds = paid.stream().map(BenefitStore.PaidBill::id).toList();
      this.done = new HashMap<>(store.lockBenefits(tx, billIds));
      List<BenefitStore.PaidBill> promised =
          paid.stream().filter(b -> b.terms() != null && !done.containsKey(b.id())).toList();
      List<Long> holds = promised.stream().map(b -> Objects.requireNonNull(b.holdId())).toList();
      this.reserved =
          holds.isEmpty()
              ? Map.of()
              : claims.lockReserved(tx, holds).stream()
                  .collect(Collectors.groupingBy(c -> Objects.requireNonNull(c.holdId())));
      this.pointsHeld = holds.isEmpty() ? Map.of() : points.holds(tx, holds);
      Set<Long> drivers =
          paid.stream().map(BenefitStore.PaidBill::driverId).collect(Collectors.toSet());
      this.work = new PointsWork(tx, points, ids, now, points.lock(tx, drivers));
      this.campaignHeld =
          holds.isEmpty()
              ? Map.of()
              : store.lockReserved(tx, holds).stream()
                  .collect(Collectors.groupingBy(BenefitStore.CampaignHold::holdId));
      this.lines = bills.bills().lines(tx, billIds);
      this.sessions =
          promised.isEmpty()
              ? Map.of()
              : bills
                  .sessions()
                  .load(tx, promised.stream().map(BenefitStore.PaidBill::sessionId).toList())
                  .stream()
                  .collect(Collectors.toMap(BillableSession::id, s -> s));
      points.deleteHolds(tx, holds);
    }

    void run() {
      for (BenefitStore.PaidBill bill : paid) {
        BillBenefit before = done.get(bill.id());
        BillBenefit after = before == null ? BillBenefit.of(bill) : before;
        if (before == null && bill.terms() != null) {
          after = use(bill, after);
        }
        if (!after.settled() && bill.paid()) {
          after = earn(bill, after);
        }
        if (bill.refundedMinor() > 0) {
          after = reverse(bill, after);
        }
        if (before == null ? bill.terms() != null || after.settled() : !after.equals(before)) {
          store.put(tx, after, now);
        }
      }
      journals.addAll(work.write());
    }

    /** What the price took off is used; what it did not is given back. */
    private BillBenefit use(BenefitStore.PaidBill bill, BillBenefit benefit) {
      BillUse used = used(bill);
      long hold = Objects.requireNonNull(bill.holdId());
      for (CouponClaim claim : claimsOf(bill, used)) {
        Long amount = used.byRef().get(claim.id());
        if (amount == null) {
          claims.update(tx, claim.with(CouponClaim.State.CLAIMED, null, null));
        } else {
          claims.update(tx, claim.with(CouponClaim.State.CONSUMED, hold, bill.id()));
          claims.insert(
              tx,
              new CouponUse(bill.id(), claim.id(), claim.couponId(), amount, now, null),
              bill.operatorId(),
              bill.driverId());
        }
      }
      for (BenefitStore.CampaignHold held : campaignHeld.getOrDefault(hold, List.of())) {
        Long amount = used.byRef().get(held.campaignId());
        long spent = amount == null ? 0 : Math.min(amount, held.reservedMinor());
        store.settle(tx, held, spent, bill.id());
        if (amount != null) {
          claims.insert(
              tx,
              new CouponUse(bill.id(), held.campaignId(), null, spent, now, null),
              bill.operatorId(),
              bill.driverId());
        }
      }
      PointsWork.Moved moved =
          work.use(
              bill.driverId(),
              pointsHeld.getOrDefault(hold, List.of()),
              used.points(),
              PointsWork.Cause.ofBill(PointsEntry.Kind.USED, bill.id()));
      return benefit.used(
          moved.points(), moved.minor(), PlatformPart.of(lines.getOrDefault(bill.id(), List.of())));
    }

    /**
     * What the start reserved; and what the price used although its deadline had given it back,
     * unless another session has it by now.
     */
    private List<CouponClaim> claimsOf(BenefitStore.PaidBill bill, BillUse used) {
      List<CouponClaim> of =
          new ArrayList<>(reserved.getOrDefault(Objects.requireNonNull(bill.holdId()), List.of()));
      Set<Long> known = of.stream().map(CouponClaim::id).collect(Collectors.toSet());
      used.byRef().keySet().stream()
          .filter(ref -> !known.contains(ref))
          .forEach(
              ref ->
                  claims
                      .lock(tx, bill.operatorId(), ref)
                      .filter(claim -> claim.state() == CouponClaim.State.CLAIMED)
                      .ifPresent(of::add));
      return of;
    }

    private BillUse used(BenefitStore.PaidBill bill) {
      BillableSession session = sessions.get(bill.sessionId());
      if (session == null) {
        throw new IllegalStateException("bill " + bill.id() + " has no finished session");
      }
      return BillUse.of(
          Pricing.price(
              bills.snapshots().byId(bill.snapshotId()), SessionFacts.parse(session.priceFacts())));
    }

    private BillBenefit earn(BenefitStore.PaidBill bill, BillBenefit benefit) {
      PromotionBook.Live live = book.of(bill.operatorId());
      PointsProgramme programme = live == null ? null : live.programme();
      if (live == null || programme == null || !programme.currency().equals(bill.currency())) {
        return benefit.earned(0);
      }
      long real =
          EarningCosts.part(
              bill.realMinor(), lines.getOrDefault(bill.id(), List.of()), programme.spec().costs());
      long earned =
          programme.earned(new Money(bill.currency(), real), multiplier(bill, live.tiers()));
      if (earned > 0) {
        work.add(
            new PointsWork.Income(
                bill.operatorId(),
                bill.driverId(),
                bill.currency(),
                earned,
                programme.worth(earned),
                programme.expiry(now),
                "bill:" + bill.id()),
            PointsWork.Cause.ofBill(PointsEntry.Kind.EARNED, bill.id()));
      }
      return benefit.earned(earned);
    }

    /** By the tier that the driver had at the start. */
    private BigDecimal multiplier(BenefitStore.PaidBill bill, Map<Long, Tier> tiers) {
      TierTerm term = bill.terms() == null ? null : DriverTerms.parse(bill.terms()).tier();
      Tier tier = term == null ? null : tiers.get(term.id());
      return tier == null ? BigDecimal.ONE : tier.spec().pointsMultiplier();
    }

    /** What was done stays done, also where a debt that is paid later makes the share smaller. */
    private BillBenefit reverse(BenefitStore.PaidBill bill, BillBenefit benefit) {
      long given = Math.max(benefit.pointsGiven(), BillBenefit.share(benefit.pointsUsed(), bill));
      long givenMinor = BillBenefit.share(benefit.usedMinor(), bill);
      if (given > benefit.pointsGiven()) {
        giveBack(bill, given - benefit.pointsGiven(), givenMinor - benefit.givenMinor());
      } else {
        givenMinor = benefit.givenMinor();
      }
      long taken = Math.max(benefit.pointsTaken(), BillBenefit.share(benefit.pointsEarned(), bill));
      takeBack(bill, taken - benefit.pointsTaken());
      long unfunded =
          Math.max(benefit.unfundedMinor(), BillBenefit.share(benefit.fundedMinor(), bill));
      unfund(bill, benefit.unfundedMinor(), unfunded);
      if (bill.refunded()) {
        giveBackCoupons(bill);
      }
      return benefit.reversed(given, givenMinor, taken, unfunded);
    }

    private void giveBack(BenefitStore.PaidBill bill, long count, long minor) {
      Instant least = now.plus(GRACE);
      Instant expiry = least;
      for (PointsLot lot : points.usedBy(tx, bill.id())) {
        Instant of = lot.expiresAt();
        if (of == null || expiry == null) {
          expiry = null;
        } else if (of.isAfter(expiry)) {
          expiry = of;
        }
      }
      work.add(
          new PointsWork.Income(
              bill.operatorId(),
              bill.driverId(),
              bill.currency(),
              count,
              minor,
              expiry,
              "refund:" + bill.id() + ":" + bill.refundedMinor()),
          PointsWork.Cause.ofBill(PointsEntry.Kind.GIVEN_BACK, bill.id()));
    }

    /** From the lot that they came in with, then from others; what was spent is forgiven. */
    private void takeBack(BenefitStore.PaidBill bill, long count) {
      if (count > 0) {
        PointsWork.Cause cause = PointsWork.Cause.ofBill(PointsEntry.Kind.TAKEN_BACK, bill.id());
        long own = work.takeFrom(points.earnedBy(tx, bill.id()), count, cause).points();
        work.take(bill.driverId(), count - own, cause);
      }
    }

    /** The platform pays no discount of a bill that was not paid. */
    private void unfund(BenefitStore.PaidBill bill, long before, long after) {
      if (after > before) {
        long operator = bill.operatorId();
        long minor = after - before;
        journals.add(
            new JournalEntry(
                "unfund:" + bill.id() + ":" + after,
                "unfund",
                bill.id(),
                operator,
                List.of(
                    Posting.debit(Account.payable(operator, bill.currency()), minor),
                    Posting.credit(Account.promotion(operator, bill.currency()), minor))));
      }
    }

    private void giveBackCoupons(BenefitStore.PaidBill bill) {
      for (CouponUse use : claims.uses(tx, bill.id())) {
        claims.givenBack(tx, use, now);
        if (use.couponId() == null) {
          store.unspend(tx, use.refId(), bill.id());
        } else {
          CouponClaim claim = claims.lock(tx, bill.operatorId(), use.refId()).orElseThrow();
          Instant least = now.plus(GRACE);
          Instant end = claim.expiresAt();
          Instant until = end == null || end.isAfter(least) ? end : least;
          claims.update(tx, claim.with(CouponClaim.State.CLAIMED, null, null).expiring(until));
          if (until != null) {
            definitions.usableUntil(tx, claim.couponId(), until);
          }
        }
      }
    }
  }
}
