package org.ampay.ocpp.v16;

import java.util.concurrent.CompletionStage;
import org.ampay.ocpp.edge.CallAnswer;
import org.ampay.ocpp.edge.CallAnswer.Result;
import org.ampay.ocpp.edge.StationCall;
import org.ampay.ocpp.v16.wire.GenericStatusEnumType;
import org.ampay.ocpp.v16.wire.SignCertificateRequest;
import org.ampay.ocpp.v16.wire.SignCertificateResponse;
import org.ampay.station.certs.CertificateDesk;
import org.ampay.station.certs.SigningUse;

/** The certificate messages of OCPP 1.6's security extension. */
final class Certificates16 {

  private final CertificateDesk desk;

  Certificates16(CertificateDesk desk) {
    this.desk = desk;
  }

  /** SignCertificate: the signed chain follows in a CertificateSigned. */
  CompletionStage<CallAnswer> sign(StationCall call, SignCertificateRequest request) {
    return desk.sign(call.station(), SigningUse.STATION, request.csr(), call.receivedAt())
        .thenApply(
            taken ->
                new Result(
                    SignCertificateResponse.of(
                        taken ? GenericStatusEnumType.Accepted : GenericStatusEnumType.Rejected)));
  }
}
