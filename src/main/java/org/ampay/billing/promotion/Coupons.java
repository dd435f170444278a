package org.ampay.billing.promotion;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.ampay.audit.AuditEntry;
import org.ampay.store.Tx;
import org.ampay.tariff.InvalidInputException;
import org.jspecify.annotations.Nullable;

/** Coupons, their codes, and what drivers hold of them. Changes are written to the audit log. */
public final class Coupons {

  private static final int MOST_CODES = 100_000;
  private static final int CODES_AT_A_TIME = 2_000;
  private static final int MAX_PAGE = 500;

  private final Parts parts;
  private final DefinitionStore store = new DefinitionStore();
  private final ClaimStore claims = new ClaimStore();
  private final MemberStore members = new MemberStore();
  private final Claims making;

  public Coupons(Parts parts) {
    this.parts = parts;
    this.making = new Claims(parts.ids());
  }

  /** Codes that were just made. They are nowhere else: only their hashes are kept. */
  public record NewCodes(CouponBatch batch, List<String> codes) {}

  /** What became of a code that a driver entered. */
  public sealed interface Claimed {

    /** The driver has it; also the answer when a unique code is entered again. */
    record Done(CouponClaim claim, Coupon coupon) implements Claimed {}

    /** There is no such code, or another driver has used it. */
    record Unknown() implements Claimed {}

    /** Not yet, not any more, or paused. */
    record NotNow() implements Claimed {}

    /** All are claimed. */
    record UsedUp() implements Claimed {}

    /** The driver has had as many as a driver may. */
    record LimitReached() implements Claimed {}
  }

  // ---- definitions ----

  /**
   * Makes a coupon, active.
   *
   * @throws InvalidInputException when the actor may not spend the funder's money
   */
  public Coupon create(long operatorId, Coupon.Spec spec, Who who) {
    Rules.mayFund(who, spec.funder());
    return parts
        .book()
        .write(
            tx -> {
              Coupon coupon =
                  new Coupon(
                      parts.ids().next(),
                      operatorId,
                      currency(tx, operatorId),
                      spec,
                      Coupon.State.ACTIVE,
                      0,
                      null,
                      now());
              store.insert(tx, coupon);
              audit(tx, operatorId, who, "coupon.create", coupon.id(), coupon.name());
              return coupon;
            });
  }

  /**
   * Changes a coupon; running sessions keep what they were promised, claims keep their end. Empty:
   * there is none.
   */
  public Optional<Coupon> update(
      long operatorId, long couponId, Coupon.Spec spec, Coupon.State state, Who who) {
    Rules.mayFund(who, spec.funder());
    return change(
        operatorId,
        couponId,
        who,
        (tx, old) -> {
          audit(
              tx,
              operatorId,
              who,
              "coupon.update",
              couponId,
              spec.name() + " (" + state.code() + ")");
          return new Coupon(
              old.id(),
              operatorId,
              old.currency(),
              spec,
              state,
              old.claimed(),
              old.sharedCode(),
              old.createdAt());
        });
  }

  /**
   * Gives a coupon a code that everybody may use, in place of the one before.
   *
   * @param code null: none
   * @throws InvalidInputException when it is taken or no good
   */
  public Optional<Coupon> shareCode(
      long operatorId, long couponId, @Nullable String code, Who who) {
    String plain = code == null ? null : CouponCodes.shared(code);
    return change(
        operatorId,
        couponId,
        who,
        (tx, old) -> {
          claims.deleteSharedCode(tx, operatorId, couponId);
          if (plain != null) {
            byte[] hash = CouponCodes.hash(plain);
            Rules.require(
                claims.lockCode(tx, operatorId, hash).isEmpty(), "code", "is used already");
            claims.insertCodes(tx, operatorId, couponId, 0, List.of(hash));
          }
          audit(
              tx,
              operatorId,
              who,
              "coupon.code",
              couponId,
              plain == null ? "none" : CouponCodes.masked(plain));
          return new Coupon(
              old.id(),
              operatorId,
              old.currency(),
              old.spec(),
              old.state(),
              old.claimed(),
              plain,
              old.createdAt());
        });
  }

  /** Makes a changed coupon of a locked one. */
  private interface Change {
    Coupon of(Tx tx, Coupon old);
  }

  private Optional<Coupon> change(long operatorId, long couponId, Who who, Change change) {
    return parts
        .book()
        .write(
            tx ->
                store
                    .lockCoupon(tx, operatorId, couponId)
                    .map(
                        old -> {
                          Rules.mayFund(who, old.spec().funder());
                          Coupon next = change.of(tx, old);
                          store.update(tx, next);
                          return next;
                        }));
  }

  /** Coupons with a smaller id, newest first. */
  public List<Coupon> list(long operatorId, long beforeId, int limit) {
    return parts
        .transactor()
        .call(tx -> store.coupons(tx, operatorId, beforeId, Math.clamp(limit, 1, MAX_PAGE)));
  }

  public Optional<Coupon> find(long operatorId, long couponId) {
    return parts.transactor().call(tx -> store.coupon(tx, operatorId, couponId));
  }

  // ---- codes ----

  /**
   * Makes unique codes, each for one claim. They are returned this once.
   *
   * @param count 1 to 100,000
   * @return empty when there is no such coupon
   * @throws InvalidInputException when the actor may not spend the funder's money
   */
  public Optional<NewCodes> generate(long operatorId, long couponId, int count, Who who) {
    Rules.within(count, 1, MOST_CODES, "count");
    List<String> codes = CouponCodes.make(count, parts.random());
    return parts
        .transactor()
        .call(
            tx -> {
              Optional<Coupon> coupon = store.lockCoupon(tx, operatorId, couponId);
              if (coupon.isEmpty()) {
                return Optional.empty();
              }
              Rules.mayFund(who, coupon.get().spec().funder());
              CouponBatch batch =
                  new CouponBatch(parts.ids().next(), couponId, count, 0, who.actor(), now());
              claims.insertBatch(tx, operatorId, batch);
              for (int from = 0; from < count; from += CODES_AT_A_TIME) {
                List<byte[]> hashes =
                    codes.subList(from, Math.min(count, from + CODES_AT_A_TIME)).stream()
                        .map(CouponCodes::hash)
                        .toList();
                claims.insertCodes(tx, operatorId, couponId, batch.id(), hashes);
              }
              audit(tx, operatorId, who, "coupon.generate", couponId, count + " codes");
              return Optional.of(new NewCodes(batch, codes));
            });
  }

  /** The codes that were made of a coupon, newest first. */
  public List<CouponBatch> batches(long operatorId, long couponId) {
    return parts.transactor().call(tx -> claims.batches(tx, operatorId, couponId));
  }

  // ---- claims ----

  /** A driver enters a code. */
  public Claimed claim(long operatorId, long driverId, String code, Who who) {
    return CouponCodes.possible(code)
        ? parts
            .transactor()
            .call(tx -> claim(tx, operatorId, driverId, CouponCodes.hash(code), who))
        : new Claimed.Unknown();
  }

  private Claimed claim(Tx tx, long operatorId, long driverId, byte[] hash, Who who) {
    if (!store.isDriver(tx, operatorId, driverId)) {
      return new Claimed.Unknown();
    }
    members.lock(tx, operatorId, List.of(driverId), now());
    Optional<ClaimStore.Code> code = claims.lockCode(tx, operatorId, hash);
    if (code.isEmpty()) {
      return new Claimed.Unknown();
    }
    Coupon coupon = store.lockCoupon(tx, operatorId, code.get().couponId()).orElseThrow();
    Long before = code.get().claimId();
    if (before != null) {
      return claims
          .find(tx, operatorId, before)
          .filter(claim -> claim.driverId() == driverId)
          .<Claimed>map(claim -> new Claimed.Done(claim, coupon))
          .orElseGet(Claimed.Unknown::new);
    }
    Optional<Claims.Obstacle> obstacle = making.obstacle(tx, coupon, driverId, now());
    if (obstacle.isPresent()) {
      return switch (obstacle.get()) {
        case NOT_NOW -> new Claimed.NotNow();
        case USED_UP -> new Claimed.UsedUp();
        case LIMIT_OF_DRIVER -> new Claimed.LimitReached();
      };
    }
    String source =
        code.get().shared()
            ? "shared:" + parts.ids().next()
            : "code:" + HexFormat.of().formatHex(hash);
    CouponClaim claim = making.make(tx, coupon, driverId, null, source, now());
    if (!code.get().shared()) {
      claims.claimedBy(tx, operatorId, hash, claim.id());
    }
    audit(tx, operatorId, who, "coupon.claim", coupon.id(), "driver " + driverId);
    return new Claimed.Done(claim, coupon);
  }

  /** A driver's claims with a smaller id, newest first. */
  public List<CouponClaim> ofDriver(long operatorId, long driverId, long beforeId, int limit) {
    return parts
        .transactor()
        .call(
            tx ->
                claims.ofDriver(
                    tx, operatorId, driverId, beforeId, Math.clamp(limit, 1, MAX_PAGE)));
  }

  /** The claims of a coupon with a smaller id, newest first. */
  public List<CouponClaim> claimsOf(long operatorId, long couponId, long beforeId, int limit) {
    return parts
        .transactor()
        .call(
            tx ->
                claims.ofCoupon(
                    tx, operatorId, couponId, beforeId, Math.clamp(limit, 1, MAX_PAGE)));
  }

  /** The bills that used a claim or campaign, with a smaller id, newest first. */
  public List<CouponUse> usesOf(long operatorId, long refId, long beforeBill, int limit) {
    return parts
        .transactor()
        .call(
            tx -> claims.usesOf(tx, operatorId, refId, beforeBill, Math.clamp(limit, 1, MAX_PAGE)));
  }

  /** Takes a claim away that is not in use. Empty: there is none, or it is reserved or used. */
  public Optional<CouponClaim> revoke(long operatorId, long claimId, Who who) {
    return parts
        .transactor()
        .call(
            tx ->
                claims
                    .lock(tx, operatorId, claimId)
                    .filter(claim -> claim.state() == CouponClaim.State.CLAIMED)
                    .map(
                        claim -> {
                          CouponClaim revoked = claim.with(CouponClaim.State.REVOKED, null, null);
                          claims.update(tx, revoked);
                          audit(
                              tx,
                              operatorId,
                              who,
                              "coupon.revoke",
                              claim.couponId(),
                              "claim " + claimId + " of driver " + claim.driverId());
                          return revoked;
                        }));
  }

  /**
   * A driver chooses which claim the next session uses; where it does not apply, the one that ends
   * first is used.
   *
   * @param claimId null: no choice
   * @return false when the driver has no such claim
   */
  public boolean choose(long operatorId, long driverId, @Nullable Long claimId, Who who) {
    return parts
        .transactor()
        .call(
            tx -> {
              boolean known =
                  claimId == null
                      || claims
                          .find(tx, operatorId, claimId)
                          .filter(claim -> claim.driverId() == driverId)
                          .isPresent();
              if (!known || !store.isDriver(tx, operatorId, driverId)) {
                return false;
              }
              members.lock(tx, operatorId, List.of(driverId), now());
              members.choose(tx, driverId, claimId, now());
              parts
                  .audit()
                  .append(
                      tx,
                      AuditEntry.of(operatorId, who.actor(), "coupon.choose", "driver:" + driverId)
                          .with("claim", claimId == null ? "none" : claimId));
              return true;
            });
  }

  /** The claim that a driver has chosen, and whether points are used. */
  public Optional<Long> chosen(long operatorId, long driverId) {
    return parts
        .transactor()
        .call(
            tx ->
                store.isDriver(tx, operatorId, driverId)
                    ? Optional.ofNullable(
                        members
                            .choices(tx, List.of(driverId))
                            .getOrDefault(driverId, MemberStore.Choice.NONE)
                            .chosenClaimId())
                    : Optional.empty());
  }

  private String currency(Tx tx, long operatorId) {
    return store
        .currency(tx, operatorId)
        .orElseThrow(() -> new InvalidInputException("operator", "there is none with that id"));
  }

  private void audit(Tx tx, long operatorId, Who who, String action, long couponId, String what) {
    parts
        .audit()
        .append(
            tx,
            AuditEntry.of(operatorId, who.actor(), action, "coupon:" + couponId)
                .with("what", what));
  }

  private Instant now() {
    return parts.time().now().truncatedTo(ChronoUnit.MILLIS);
  }
}
