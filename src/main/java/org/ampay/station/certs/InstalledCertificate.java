package org.ampay.station.certs;

import java.time.Instant;
import java.util.Optional;

/**
 * A CA certificate or chain that a station holds, as it reported it.
 *
 * @param parentId of a chain's further certificates: the first one's id
 */
public record InstalledCertificate(
    long id,
    CertificateKind kind,
    Optional<Long> parentId,
    CertificateHash hash,
    Instant reportedAt) {}
