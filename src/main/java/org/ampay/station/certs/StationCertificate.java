package org.ampay.station.certs;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A certificate of a station.
 *
 * @param stationId with {@code station}, its identity
 * @param source {@code signed} (by us) or {@code seen} (shown at a TLS handshake)
 * @param state {@code issued}, {@code current}, {@code replaced}, {@code rejected}, {@code revoked}
 * @param pem its text
 * @param renewalNote what came of the last try to renew it; empty when there was none
 */
public record StationCertificate(
    long id,
    long operatorId,
    long stationId,
    String station,
    SigningUse use,
    String source,
    String state,
    String subject,
    String serialNumber,
    String fingerprint,
    String pem,
    Instant notBefore,
    Instant notAfter,
    @Nullable Instant renewalTriedAt,
    String renewalNote,
    @Nullable Instant revokedAt,
    @Nullable String revocationReason) {}
