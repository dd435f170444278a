package org.ampay.payment.order;

import java.nio.ByteBuffer;
import java.time.Instant;
import org.ampay.base.Money;
import org.ampay.payment.order.PaymentOrder.EndReason;
import org.ampay.payment.order.PaymentOrder.State;
import org.ampay.payment.provider.Form;
import org.ampay.payment.provider.ProviderKey;
import org.jspecify.annotations.Nullable;

/**
 * An order as it is stored.
 *
 * @param idemKey of the payer's key and the place, 16 bytes: a repeat is the same order
 */
record OrderRow(
    long id,
    long operatorId,
    String code,
    ByteBuffer idemKey,
    Place place,
    Payer payer,
    Money amount,
    Progress progress,
    Instant createdAt) {

  /** Where the session is to be. */
  record Place(long stationId, int evseNo) {

    /** Unique among live orders. */
    String live() {
      return stationId + ":" + evseNo;
    }
  }

  /** Who pays, and how he is asked. */
  record Payer(
      long driverId,
      long tokenId,
      String tokenUid,
      ProviderKey via,
      Flow flow,
      Form form,
      String language,
      String returnUrl,
      @Nullable String clientIp) {}

  /**
   * What can change.
   *
   * @param wish why somebody, or the time, wants it to end; the way there may take a while
   * @param giftMinor the part of what is held that is not real money
   * @param deadline of the state
   * @param holdExpiresAt the provider drops the hold then; null: never, or nothing is held
   * @param startAskedAt stored before the station is asked, so that it is asked once
   */
  record Progress(
      State state,
      @Nullable EndReason end,
      @Nullable EndReason wish,
      long heldMinor,
      long giftMinor,
      Instant deadline,
      @Nullable Instant holdExpiresAt,
      @Nullable Instant startAskedAt,
      @Nullable Instant stopAskedAt,
      @Nullable Bound bound,
      @Nullable Long totalMinor,
      @Nullable Long returnedMinor,
      Instant updatedAt) {

    /** Of a new order. */
    static Progress waiting(Instant deadline, Instant now) {
      return new Progress(
          State.WAITING, null, null, 0, 0, deadline, null, null, null, null, null, null, now);
    }
  }

  /** The session that the money is bound to; its id is known when it was looked for. */
  record Bound(ByteBuffer sessionKey, long holdId, @Nullable Long sessionId) {}

  State state() {
    return progress.state();
  }

  boolean is(State state) {
    return progress.state() == state;
  }

  Money held() {
    return new Money(amount.currency(), progress.heldMinor());
  }

  /** Begins a change. */
  Change change(Instant now) {
    return new Change(this, now);
  }

  private OrderRow with(Progress changed) {
    return new OrderRow(id, operatorId, code, idemKey, place, payer, amount, changed, createdAt);
  }

  /** Collects what changes. */
  static final class Change {
    private final OrderRow row;
    private final Instant now;
    private State state;
    private @Nullable EndReason end;
    private @Nullable EndReason wish;
    private long heldMinor;
    private long giftMinor;
    private Instant deadline;
    private @Nullable Instant holdExpiresAt;
    private @Nullable Instant startAskedAt;
    private @Nullable Instant stopAskedAt;
    private @Nullable Bound bound;
    private @Nullable Long totalMinor;
    private @Nullable Long returnedMinor;

    private Change(OrderRow row, Instant now) {
      this.row = row;
      this.now = now;
      Progress p = row.progress();
      this.state = p.state();
      this.end = p.end();
      this.wish = p.wish();
      this.heldMinor = p.heldMinor();
      this.giftMinor = p.giftMinor();
      this.deadline = p.deadline();
      this.holdExpiresAt = p.holdExpiresAt();
      this.startAskedAt = p.startAskedAt();
      this.stopAskedAt = p.stopAskedAt();
      this.bound = p.bound();
      this.totalMinor = p.totalMinor();
      this.returnedMinor = p.returnedMinor();
    }

    Change to(State next, Instant until) {
      this.state = next;
      this.deadline = until;
      return this;
    }

    Change end(EndReason why) {
      this.end = why;
      return this;
    }

    Change wish(EndReason why) {
      this.wish = why;
      return this;
    }

    Change held(long minor, long gift, @Nullable Instant until) {
      this.heldMinor = minor;
      this.giftMinor = gift;
      this.holdExpiresAt = until;
      return this;
    }

    Change startAsked() {
      this.startAskedAt = now;
      return this;
    }

    Change stopAsked() {
      this.stopAskedAt = now;
      return this;
    }

    Change bound(Bound to) {
      this.bound = to;
      return this;
    }

    Change total(long minor) {
      this.totalMinor = minor;
      return this;
    }

    Change returned(long minor) {
      this.returnedMinor = minor;
      return this;
    }

    OrderRow done() {
      return row.with(
          new Progress(
              state,
              end,
              wish,
              heldMinor,
              giftMinor,
              deadline,
              holdExpiresAt,
              startAskedAt,
              stopAskedAt,
              bound,
              totalMinor,
              returnedMinor,
              now));
    }
  }
}
