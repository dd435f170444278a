package org.ampay.payment.order;

import org.ampay.base.Money;
import org.ampay.payment.provider.Form;
import org.ampay.payment.provider.ProviderKey;

/**
 * A way to pay that an operator offers.
 *
 * @param name of the account, as the operator calls it; of the wallet: {@code wallet}
 * @param least the smallest amount
 * @param most the greatest amount
 * @param usual what a payer is offered: what a session reserves, within the bounds
 */
public record PayWay(
    ProviderKey via, String name, Flow flow, Form form, Money least, Money most, Money usual) {}
