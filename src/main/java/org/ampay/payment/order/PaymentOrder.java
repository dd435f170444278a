package org.ampay.payment.order;

import java.time.Instant;
import java.util.Locale;
import org.ampay.base.Money;
import org.ampay.payment.PaymentOperation;
import org.ampay.payment.provider.Form;
import org.ampay.payment.provider.ProviderKey;
import org.jspecify.annotations.Nullable;

/**
 * An order as it is shown.
 *
 * @param code 22 characters that nobody guesses: who knows it may see and cancel the order
 * @param end why it ends or ended; null: it goes on
 * @param amount that was asked for
 * @param held what the payer has agreed to: set aside or paid; zero before
 * @param action what the payer has to do now; null: nothing
 * @param expiresAt of the present state: what is waited for comes until then, or the order ends
 * @param cancelAsked somebody wants it to end: the money comes back, or the session is stopped
 * @param sessionId known some seconds after the session began
 * @param total what the session cost, with tax; null before it is billed
 * @param returned what was or will be given back, or was set free; null before that is known
 */
public record PaymentOrder(
    long id,
    long operatorId,
    String code,
    long stationId,
    int evseNo,
    ProviderKey via,
    Flow flow,
    Form form,
    State state,
    @Nullable EndReason end,
    Money amount,
    Money held,
    PaymentOperation.@Nullable Action action,
    Instant expiresAt,
    boolean cancelAsked,
    @Nullable Long sessionId,
    @Nullable Money total,
    @Nullable Money returned,
    String language,
    Instant createdAt,
    Instant updatedAt) {

  /** Where it stands. */
  public enum State {
    /** The payer is asked. */
    WAITING,
    /** The money is held or taken; the station will be asked to start. */
    PAID,
    /** The station promised to start: the cable is waited for. */
    STARTING,
    /** The session runs on the order's money. */
    CHARGING,
    /** The session is over; it is billed and settled, and the rest given back. */
    SETTLING,
    /** There will be no session: the money is being given back. */
    RETURNING,
    CLOSED;

    /** As stored and shown: {@code waiting}. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The state of a stored code. */
    public static State ofCode(String code) {
      return valueOf(code.toUpperCase(Locale.ROOT));
    }

    /** Whether its EVSE is for nobody else. */
    public boolean live() {
      return switch (this) {
        case WAITING, PAID, STARTING, CHARGING -> true;
        case SETTLING, RETURNING, CLOSED -> false;
      };
    }
  }

  /** Why it ends or ended. */
  public enum EndReason {
    /** The session is paid, what was too much given back. */
    SETTLED,
    /** The session cost more than was held, and the rest is owed. */
    DEBT,
    /** The payer, or somebody for him. */
    CANCELLED,
    /** The payer or the provider said no. */
    DECLINED,
    /** Not paid in time. */
    EXPIRED,
    /** The station refused to start. */
    START_REFUSED,
    /** The station waited for the cable in vain. */
    NEVER_PLUGGED,
    /** The cable was there, the session never came. */
    NO_SESSION,
    STATION_OFFLINE;

    /** As stored and shown: {@code never_plugged}. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The reason of a stored code. */
    public static EndReason ofCode(String code) {
      return valueOf(code.toUpperCase(Locale.ROOT));
    }
  }
}
