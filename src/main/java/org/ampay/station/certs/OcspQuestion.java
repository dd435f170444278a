package org.ampay.station.certs;

/**
 * A certificate to be asked about, as OCSPRequestDataType has it.
 *
 * @param responderUrl whom to ask
 */
public record OcspQuestion(CertificateHash hash, String responderUrl) {}
