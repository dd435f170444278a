package org.ampay.payment;

import org.ampay.payment.provider.Providers;

/**
 * What settlements need to deal with the world beyond our ledger.
 *
 * @param references names operations for providers beyond a network
 * @param backoff when what is open is taken up again
 * @param methods how drivers pay what no hold covers
 */
public record Outside(
    Providers providers,
    RemoteCalls calls,
    References references,
    Backoff backoff,
    PaymentMethods methods,
    PaymentAlarms alarms) {}
