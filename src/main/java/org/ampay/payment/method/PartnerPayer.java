package org.ampay.payment.method;

import org.ampay.base.Money;
import org.jspecify.annotations.Nullable;

/**
 * A roaming partner as one who pays.
 *
 * @param partnerId also the id of the driver in whose name it pays
 * @param terminal it is the service of card terminals: its sessions are paid when it confirms
 * @param limit how much it may owe and start still; null: there is no limit
 */
public record PartnerPayer(
    long partnerId, long operatorId, String name, boolean terminal, @Nullable Money limit) {}
