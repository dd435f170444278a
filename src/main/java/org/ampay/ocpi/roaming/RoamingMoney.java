package org.ampay.ocpi.roaming;

import org.ampay.payment.method.PartnerPayers;

/** All that people do about what partners owe. */
public record RoamingMoney(
    PartnerPayers payers,
    PartnerStatements statements,
    PartnerInvoices invoices,
    PartnerPayments payments) {}
