package org.ampay.web.driver;

import com.linecorp.armeria.common.QueryParams;
import java.util.Optional;
import org.ampay.base.Money;
import org.ampay.payment.order.Flow;
import org.ampay.payment.order.PayWay;
import org.ampay.payment.order.WalletLogin;
import org.ampay.web.http.Call;

/**
 * What a driver chose; also what the form shows again after an error, except the PIN.
 *
 * @param key of this form: sent twice it makes one order
 * @param way one of {@link #wayOf}
 * @param amount minor units, or {@code other}
 * @param other what was typed
 */
public record OrderForm(
    String key, String way, String amount, String other, String card, String pin) {

  private static final String OTHER = "other";

  /** Nothing chosen yet. */
  static OrderForm blank(String key) {
    return new OrderForm(key, "", "", "", "", "");
  }

  /** What was sent; a key that is none of ours is replaced. */
  static OrderForm read(Call call, String freshKey) {
    QueryParams form = call.form();
    String key = field(form, "key", 64);
    return new OrderForm(
        key.matches("[A-Za-z0-9_-]{16,64}") ? key : freshKey,
        field(form, "way", 80),
        field(form, "amount", 20),
        field(form, "other", 20),
        field(form, "card", 36),
        field(form, "pin", 32));
  }

  private static String field(QueryParams form, String name, int most) {
    String value = Optional.ofNullable(form.get(name)).orElse("").strip();
    return value.length() > most ? "" : value;
  }

  /** The same to be filled in anew: a key is for one try, a PIN is never sent back. */
  OrderForm again(String freshKey) {
    return new OrderForm(freshKey, way, amount, other, card, "");
  }

  /** How a way to pay is named in the form. */
  public static String wayOf(PayWay way) {
    Long account = way.via().accountId();
    return way.via().provider()
        + "-"
        + (account == null ? "" : account)
        + "-"
        + way.flow().code()
        + "-"
        + way.form().code();
  }

  /** The amount; empty when there is none or it is not one of the currency. */
  Optional<Money> money(String currency) {
    if (amount.equals(OTHER) || amount.isEmpty()) {
      return Amounts.typed(currency, other);
    }
    return amount.matches("[0-9]{1,12}")
        ? Optional.of(new Money(currency, Long.parseLong(amount)))
        : Optional.empty();
  }

  /** Only for a wallet, with both. */
  Optional<WalletLogin> login(PayWay chosen) {
    return chosen.flow() != Flow.WALLET || card.isEmpty() || pin.isEmpty()
        ? Optional.empty()
        : Optional.of(new WalletLogin(card, pin));
  }

  @Override
  public String toString() {
    return "OrderForm[" + way + ", " + amount + "]";
  }
}
