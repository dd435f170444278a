package org.ampay.billing.promotion;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.ampay.audit.AuditEntry;
import org.ampay.base.Digests;
import org.ampay.base.Money;
import org.ampay.ledger.Account;
import org.ampay.ledger.AccountKind;
import org.ampay.ledger.JournalEntry;
import org.ampay.ledger.LedgerGroup;
import org.ampay.ledger.Posting;
import org.ampay.store.Tx;
import org.ampay.tariff.InvalidInputException;
import org.jspecify.annotations.Nullable;

/**
 * Membership tiers, and who is in them. Every change is written to the audit log with it.
 *
 * <p>A driver may be in several tiers (by turnover, because it was paid, by hand); the one of the
 * highest rank holds.
 */
public final class Tiers {

  private final Parts parts;
  private final DefinitionStore store = new DefinitionStore();
  private final MemberStore members = new MemberStore();

  public Tiers(Parts parts) {
    this.parts = parts;
  }

  /** What became of a purchase. */
  public sealed interface Purchase {

    /** Bought; also the answer to a repeat. */
    record Bought(Membership membership) implements Purchase {}

    /** There is no such driver, or the tier is not for sale. */
    record NotFound() implements Purchase {}

    /** The wallet has less real money. */
    record NotEnoughMoney(Money price, Money available) implements Purchase {}
  }

  /** What became of a refund. */
  public sealed interface Refunded {

    /** Given back into the wallet. */
    record Done(Membership membership) implements Refunded {}

    /** There is no such paid membership. */
    record NotFound() implements Refunded {}

    /** More than can be given back, or nothing, or another currency. */
    record WrongAmount(Money refundable) implements Refunded {}
  }

  // ---- definitions ----

  /**
   * Makes a tier, active.
   *
   * @throws InvalidInputException when the actor may not spend the funder's money
   */
  public Tier create(long operatorId, Tier.Spec spec, Who who) {
    Rules.mayFund(who, spec.funder());
    Tier tier = new Tier(parts.ids().next(), operatorId, spec, true, now());
    return parts
        .book()
        .write(
            tx -> {
              store.insert(tx, tier);
              audit(tx, operatorId, who, "tier.create", "tier:" + tier.id(), tier.name());
              return tier;
            });
  }

  /** Changes a tier; running sessions keep what they were promised. Empty: there is none. */
  public Optional<Tier> update(
      long operatorId, long tierId, Tier.Spec spec, boolean active, Who who) {
    Rules.mayFund(who, spec.funder());
    return parts
        .book()
        .write(
            tx ->
                store
                    .tier(tx, operatorId, tierId)
                    .map(
                        old -> {
                          Rules.mayFund(who, old.spec().funder());
                          Tier tier = new Tier(tierId, operatorId, spec, active, old.createdAt());
                          store.update(tx, tier);
                          String what = active ? spec.name() : spec.name() + " (off)";
                          audit(tx, operatorId, who, "tier.update", "tier:" + tierId, what);
                          return tier;
                        }));
  }

  /** The highest rank first, those that are off too. */
  public List<Tier> list(long operatorId) {
    return parts.transactor().call(tx -> store.tiers(tx, operatorId));
  }

  public Optional<Tier> find(long operatorId, long tierId) {
    return list(operatorId).stream().filter(tier -> tier.id() == tierId).findFirst();
  }

  // ---- members ----

  /** A driver's memberships, newest first, ended ones too. */
  public List<Membership> ofDriver(long operatorId, long driverId) {
    return parts.transactor().call(tx -> members.ofDriver(tx, operatorId, driverId, 200));
  }

  /** Who is in a tier: memberships that were not ended, with a smaller id, newest first. */
  public List<Membership> members(long operatorId, long tierId, long beforeId, int limit) {
    return parts
        .transactor()
        .call(tx -> members.ofTier(tx, operatorId, tierId, beforeId, Math.clamp(limit, 1, 500)));
  }

  /** The tier that holds for a driver now. */
  public Optional<Tier> current(long operatorId, long driverId) {
    PromotionBook.Live live = parts.book().of(operatorId);
    if (live == null || live.tiers().isEmpty()) {
      return Optional.empty();
    }
    Instant now = parts.time().now();
    return parts.transactor().call(tx -> members.open(tx, List.of(driverId))).stream()
        .filter(m -> m.operatorId() == operatorId && m.holdsAt(now))
        .map(m -> live.tiers().get(m.tierId()))
        .filter(Objects::nonNull)
        .max(Comparator.comparingInt((Tier tier) -> tier.spec().rank()));
  }

  /**
   * Puts a driver into a tier by hand.
   *
   * @param until exclusive; null: until a person ends it
   * @return empty when there is no such driver or tier
   * @throws InvalidInputException when the actor may not spend the funder's money
   */
  public Optional<Membership> put(
      long operatorId, long driverId, long tierId, @Nullable Instant until, Who who) {
    Instant now = now();
    Rules.require(until == null || until.isAfter(now), "until", "must lie in the future");
    return parts
        .transactor()
        .call(
            tx -> {
              Optional<Tier> tier = store.tier(tx, operatorId, tierId);
              if (tier.isEmpty() || !store.isDriver(tx, operatorId, driverId)) {
                return Optional.empty();
              }
              Rules.mayFund(who, tier.get().spec().funder());
              Money nothing = Money.zero(currency(tx, operatorId));
              Membership membership =
                  new Membership(
                      parts.ids().next(),
                      operatorId,
                      driverId,
                      tierId,
                      Membership.Source.HAND,
                      now,
                      until == null ? null : until.truncatedTo(ChronoUnit.MILLIS),
                      null,
                      nothing,
                      nothing,
                      null,
                      nothing,
                      who.actor());
              members.insert(tx, membership, null, now);
              audit(tx, operatorId, who, "tier.member", "driver:" + driverId, tier.get().name());
              return Optional.of(membership);
            });
  }

  /** Ends a membership now; money is given back by {@link #refund}. Empty: there is none. */
  public Optional<Membership> end(long operatorId, long membershipId, Who who) {
    return parts
        .transactor()
        .call(
            tx ->
                members
                    .lock(tx, operatorId, membershipId)
                    .map(
                        membership -> {
                          members.end(tx, membershipId, now());
                          audit(
                              tx,
                              operatorId,
                              who,
                              "tier.member_end",
                              "driver:" + membership.driverId(),
                              "membership " + membershipId);
                          return members.lock(tx, operatorId, membershipId).orElseThrow();
                        }));
  }

  // ---- paid membership ----

  /**
   * Buys the tier's months for a driver from the real money of the wallet. While a paid time runs,
   * the new one follows it.
   *
   * @param idempotencyKey a repeat with the same key is the same purchase
   */
  public Purchase buy(long operatorId, long driverId, long tierId, String idempotencyKey, Who who) {
    byte[] key = Digests.key16("membership", operatorId, driverId, tierId, idempotencyKey);
    try {
      return parts.transactor().call(tx -> buy(tx, operatorId, driverId, tierId, key, who));
    } catch (TooLittle e) {
      return new Purchase.NotEnoughMoney(e.price, e.available);
    }
  }

  private Purchase buy(Tx tx, long operatorId, long driverId, long tierId, byte[] key, Who who) {
    Optional<Tier> tier = store.tier(tx, operatorId, tierId).filter(Tier::active);
    Tier.Fee fee = tier.map(of -> of.spec().fee()).orElse(null);
    if (tier.isEmpty() || fee == null || !store.isDriver(tx, operatorId, driverId)) {
      return new Purchase.NotFound();
    }
    members.lock(tx, operatorId, List.of(driverId), now());
    Optional<Membership> before = members.byRequest(tx, operatorId, key);
    if (before.isPresent()) {
      return new Purchase.Bought(before.get());
    }
    Membership membership = paid(tx, driverId, tier.get(), fee, who);
    Account wallet = Account.walletReal(operatorId, driverId, membership.price().currency());
    members.insert(tx, membership, key, now());
    JournalEntry entry = sale(membership, wallet);
    LedgerGroup ledger =
        parts.journals().lock(tx, entry.postings().stream().map(Posting::account).toList());
    long available = ledger.available(wallet);
    if (available < fee.minor()) {
      throw new TooLittle(membership.price(), available);
    }
    ledger.add(entry);
    ledger.postNew();
    audit(tx, operatorId, who, "tier.buy", "driver:" + driverId, tier.get().name());
    return new Purchase.Bought(membership);
  }

  private Membership paid(Tx tx, long driverId, Tier tier, Tier.Fee fee, Who who) {
    Instant now = now();
    Instant from =
        members.open(tx, List.of(driverId)).stream()
            .filter(m -> m.tierId() == tier.id() && m.source() == Membership.Source.PAID)
            .map(Membership::until)
            .filter(Objects::nonNull)
            .filter(until -> until.isAfter(now))
            .max(Comparator.naturalOrder())
            .orElse(now);
    String currency = currency(tx, tier.operatorId());
    BigDecimal vat = fee.vatPercent();
    String country = store.country(tx, tier.operatorId()).orElseThrow();
    return new Membership(
        parts.ids().next(),
        tier.operatorId(),
        driverId,
        tier.id(),
        Membership.Source.PAID,
        from,
        from.atZone(ZoneOffset.UTC).plusMonths(fee.months()).toInstant(),
        null,
        new Money(currency, fee.minor()),
        new Money(currency, vat == null ? 0 : taxIn(fee.minor(), vat)),
        vat == null || vat.signum() == 0
            ? null
            : Account.tax(tier.operatorId(), country, vat, currency).code(),
        Money.zero(currency),
        who.actor());
  }

  private static long taxIn(long minor, BigDecimal vat) {
    BigDecimal whole = BigDecimal.valueOf(minor);
    BigDecimal hundred = BigDecimal.valueOf(100);
    BigDecimal excl = whole.multiply(hundred).divide(hundred.add(vat), 0, RoundingMode.HALF_UP);
    return minor - excl.longValueExact();
  }

  private static JournalEntry sale(Membership m, Account wallet) {
    long operator = m.operatorId();
    String currency = m.price().currency();
    List<Posting> postings = new ArrayList<>();
    postings.add(Posting.debit(wallet, m.price().minor()));
    postings.add(
        Posting.credit(Account.payable(operator, currency), m.price().minor() - m.tax().minor()));
    taxAccount(m).ifPresent(account -> postings.add(Posting.credit(account, m.tax().minor())));
    return new JournalEntry("membership:" + m.id(), "membership", m.id(), operator, postings);
  }

  private static Optional<Account> taxAccount(Membership m) {
    return Optional.ofNullable(m.taxAccount())
        .map(
            code ->
                new Account(
                    m.operatorId(), code, AccountKind.LIABILITY, m.price().currency(), false));
  }

  /** Rolls a purchase back. */
  private static final class TooLittle extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final transient Money price;
    private final transient Money available;

    TooLittle(Money price, long available) {
      super("the wallet has too little", null, false, false);
      this.price = price;
      this.available = new Money(price.currency(), available);
    }
  }

  /**
   * Gives the price of a paid membership back into the wallet and, with all of it, ends it.
   *
   * @param amount null: all that is left
   */
  public Refunded refund(long operatorId, long membershipId, @Nullable Money amount, Who who) {
    return parts.transactor().call(tx -> refund(tx, operatorId, membershipId, amount, who));
  }

  private Refunded refund(
      Tx tx, long operatorId, long membershipId, @Nullable Money wish, Who who) {
    Optional<Membership> found =
        members
            .lock(tx, operatorId, membershipId)
            .filter(m -> m.source() == Membership.Source.PAID);
    if (found.isEmpty()) {
      return new Refunded.NotFound();
    }
    Membership m = found.get();
    Money left = m.price().minus(m.refunded());
    Money amount = wish == null ? left : wish;
    if (!amount.currency().equals(left.currency())
        || !amount.isPositive()
        || amount.compareTo(left) > 0) {
      return new Refunded.WrongAmount(left);
    }
    Money refunded = m.refunded().plus(amount);
    members.refunded(tx, m.id(), refunded.minor());
    if (refunded.equals(m.price())) {
      members.end(tx, m.id(), now());
    }
    long tax = taxOf(m, refunded) - taxOf(m, m.refunded());
    List<Posting> postings = new ArrayList<>();
    String currency = amount.currency();
    postings.add(Posting.debit(Account.payable(operatorId, currency), amount.minor() - tax));
    taxAccount(m).ifPresent(account -> postings.add(Posting.debit(account, tax)));
    postings.add(
        Posting.credit(Account.walletReal(operatorId, m.driverId(), currency), amount.minor()));
    parts
        .journals()
        .postNew(
            tx,
            List.of(
                new JournalEntry(
                    "membership_refund:" + m.id() + ":" + refunded.minor(),
                    "membership_refund",
                    m.id(),
                    operatorId,
                    postings)));
    audit(tx, operatorId, who, "tier.refund", "driver:" + m.driverId(), amount.toString());
    return new Refunded.Done(members.lock(tx, operatorId, m.id()).orElseThrow());
  }

  /** The tax in a part of the price; in all of it all the tax. */
  private static long taxOf(Membership m, Money part) {
    return BigInteger.valueOf(m.tax().minor())
        .multiply(BigInteger.valueOf(part.minor()))
        .divide(BigInteger.valueOf(Math.max(1, m.price().minor())))
        .longValueExact();
  }

  private String currency(Tx tx, long operatorId) {
    return store
        .currency(tx, operatorId)
        .orElseThrow(() -> new InvalidInputException("operator", "there is none with that id"));
  }

  private void audit(Tx tx, long operatorId, Who who, String action, String subject, String what) {
    parts
        .audit()
        .append(tx, AuditEntry.of(operatorId, who.actor(), action, subject).with("what", what));
  }

  private Instant now() {
    return parts.time().now().truncatedTo(ChronoUnit.MILLIS);
  }
}
