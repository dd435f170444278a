package org.ampay.station.certs;

import java.time.Instant;

/**
 * An InstallCertificate or DeleteCertificate that was sent.
 *
 * @param action {@code install} or {@code delete}
 * @param outcome the station's word, or why there is none
 */
public record CertificateChange(
    long id,
    String action,
    CertificateKind kind,
    String subject,
    String actor,
    String outcome,
    Instant doneAt) {}
