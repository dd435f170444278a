package org.ampay.payment.order;

import java.net.URI;
import org.ampay.base.Money;
import org.ampay.payment.provider.Form;
import org.ampay.payment.provider.ProviderKey;
import org.jspecify.annotations.Nullable;

/**
 * What a payer asks for.
 *
 * @param payCode of the EVSE, as behind its QR code
 * @param via one of {@link Orders#ways}
 * @param amount to hold or to pay before; in the operator's currency
 * @param language of the payer, RFC 5646, at most 10 characters
 * @param returnUrl where a provider's page sends the payer back to; the order's code is appended,
 *     so it ends with a slash; empty: nowhere
 * @param wallet only with {@link Flow#WALLET}
 * @param idempotencyKey a repeat with the same key at the same EVSE is the same order; 1 to 200
 *     characters
 */
public record NewOrder(
    String payCode,
    ProviderKey via,
    Flow flow,
    Form form,
    Money amount,
    String language,
    URI returnUrl,
    @Nullable String clientIp,
    @Nullable WalletLogin wallet,
    String idempotencyKey) {

  public NewOrder {
    if (idempotencyKey.isBlank() || idempotencyKey.length() > 200) {
      throw new IllegalArgumentException("idempotency_key: must have 1 to 200 characters");
    }
    if (language.length() > 10 || returnUrl.toString().length() > 500) {
      throw new IllegalArgumentException("language, return_url: too long");
    }
  }
}
