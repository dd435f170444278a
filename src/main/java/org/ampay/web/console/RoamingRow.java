package org.ampay.web.console;

import org.ampay.base.Money;
import org.ampay.payment.method.PartnerPayer;

/** A partner in the list of those who owe. */
public record RoamingRow(PartnerPayer partner, Money owed) {}
