package org.ampay.ocpp.v201;

import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.ampay.access.Authorization;
import org.ampay.access.AuthorizationStatus;
import org.ampay.ocpp.edge.CallAnswer;
import org.ampay.ocpp.edge.CallAnswer.Result;
import org.ampay.ocpp.edge.StationCall;
import org.ampay.ocpp.v201.wire.AuthorizationStatusEnumType;
import org.ampay.ocpp.v201.wire.AuthorizeCertificateStatusEnumType;
import org.ampay.ocpp.v201.wire.AuthorizeRequest;
import org.ampay.ocpp.v201.wire.AuthorizeResponse;
import org.ampay.ocpp.v201.wire.CertificateActionEnumType;
import org.ampay.ocpp.v201.wire.CertificateSigningUseEnumType;
import org.ampay.ocpp.v201.wire.GenericStatusEnumType;
import org.ampay.ocpp.v201.wire.Get15118EVCertificateRequest;
import org.ampay.ocpp.v201.wire.Get15118EVCertificateResponse;
import org.ampay.ocpp.v201.wire.GetCertificateStatusEnumType;
import org.ampay.ocpp.v201.wire.GetCertificateStatusRequest;
import org.ampay.ocpp.v201.wire.GetCertificateStatusResponse;
import org.ampay.ocpp.v201.wire.IdTokenInfoType;
import org.ampay.ocpp.v201.wire.Iso15118EVCertificateStatusEnumType;
import org.ampay.ocpp.v201.wire.OCSPRequestDataType;
import org.ampay.ocpp.v201.wire.SignCertificateRequest;
import org.ampay.ocpp.v201.wire.SignCertificateResponse;
import org.ampay.ocpp.v201.wire.StatusInfoType;
import org.ampay.station.certs.CertificateDesk;
import org.ampay.station.certs.CertificateHash;
import org.ampay.station.certs.ContractCertificates;
import org.ampay.station.certs.ContractChecks;
import org.ampay.station.certs.ContractVerdict;
import org.ampay.station.certs.OcspAnswer;
import org.ampay.station.certs.OcspQuestion;
import org.ampay.station.certs.SigningUse;
import org.jspecify.annotations.Nullable;

/** The certificate messages of OCPP 2.0.1, and Authorize with a contract certificate. */
final class Certificates201 {

  /** Of ocspResult, base64. */
  private static final int MAX_OCSP_CHARS = 5_500;

  private static final int MAX_INFO_CHARS = 512;

  private final CertificateDesk desk;

  Certificates201(CertificateDesk desk) {
    this.desk = desk;
  }

  /** SignCertificate: the signed chain follows in a CertificateSigned (A02, A03). */
  CompletionStage<CallAnswer> sign(StationCall call, SignCertificateRequest request) {
    return desk.sign(
            call.station(), use(request.certificateType()), request.csr(), call.receivedAt())
        .thenApply(
            taken ->
                new Result(
                    SignCertificateResponse.of(
                        taken ? GenericStatusEnumType.Accepted : GenericStatusEnumType.Rejected)));
  }

  /** Without a type the certificate is for both sides (A02.FR.13). */
  private static SigningUse use(@Nullable CertificateSigningUseEnumType type) {
    return switch (type) {
      case null -> SigningUse.COMBINED;
      case ChargingStationCertificate -> SigningUse.STATION;
      case V2GCertificate -> SigningUse.V2G;
    };
  }

  /** GetCertificateStatus: the responder's own answer, DER in base64 (M06). */
  CompletionStage<CallAnswer> status(StationCall call, GetCertificateStatusRequest request) {
    return desk.status(call.station(), question(request.ocspRequestData()))
        .thenApply(
            answer ->
                new Result(
                    switch (answer) {
                      case OcspAnswer.Obtained obtained -> statusOf(obtained);
                      case OcspAnswer.NotObtained none -> failed("NotObtained", none.reason());
                    }));
  }

  private static GetCertificateStatusResponse statusOf(OcspAnswer.Obtained obtained) {
    String text = Base64.getEncoder().encodeToString(obtained.der());
    return text.length() > MAX_OCSP_CHARS
        ? failed("TooLong", "the answer has " + text.length() + " characters")
        : GetCertificateStatusResponse.of(GetCertificateStatusEnumType.Accepted)
            .withOcspResult(text);
  }

  private static GetCertificateStatusResponse failed(String code, String why) {
    return GetCertificateStatusResponse.of(GetCertificateStatusEnumType.Failed)
        .withStatusInfo(info(code, why));
  }

  private static StatusInfoType info(String code, String why) {
    return StatusInfoType.of(code)
        .withAdditionalInfo(
            why.length() <= MAX_INFO_CHARS ? why : why.substring(0, MAX_INFO_CHARS));
  }

  private static OcspQuestion question(OCSPRequestDataType data) {
    return new OcspQuestion(
        new CertificateHash(
            data.hashAlgorithm().wireName(),
            data.issuerNameHash(),
            data.issuerKeyHash(),
            data.serialNumber()),
        data.responderURL());
  }

  /** Get15118EVCertificate: the vehicle's EXI goes on to the contract backend (M01, M02). */
  CompletionStage<CallAnswer> evCertificate(
      StationCall call, Get15118EVCertificateRequest request) {
    return desk.evCertificate(
            new ContractCertificates.Request(
                call.station(),
                request.iso15118SchemaVersion(),
                request.action() == CertificateActionEnumType.Update,
                request.exiRequest()))
        .thenApply(
            outcome ->
                new Result(
                    switch (outcome) {
                      case ContractCertificates.Outcome.Answered answered ->
                          Get15118EVCertificateResponse.of(
                              Iso15118EVCertificateStatusEnumType.Accepted, answered.exi());
                      case ContractCertificates.Outcome.Failed failed ->
                          Get15118EVCertificateResponse.of(
                                  Iso15118EVCertificateStatusEnumType.Failed, "")
                              .withStatusInfo(info("NoAnswer", failed.reason()));
                    }));
  }

  static boolean hasCertificate(AuthorizeRequest authorize) {
    return authorize.certificate() != null || !authorize.iso15118CertificateHashData().isEmpty();
  }

  /**
   * Authorize with a contract certificate: first the certificate, then the token (C07).
   *
   * @param token asks what the token alone is worth
   */
  CompletionStage<CallAnswer> authorize(
      StationCall call,
      AuthorizeRequest authorize,
      Supplier<CompletionStage<Authorization>> token) {
    List<OcspQuestion> hashes =
        authorize.iso15118CertificateHashData().stream().map(Certificates201::question).toList();
    return desk.contract(
            new ContractChecks.Presented(
                call.station().operatorId(),
                authorize.idToken().idToken(),
                Optional.ofNullable(authorize.certificate()),
                hashes))
        .thenCompose(
            verdict ->
                verdict.finding() == ContractVerdict.Finding.GOOD
                    ? token.get().thenApply(Certificates201::verified)
                    : java.util.concurrent.CompletableFuture.completedFuture(
                        refused(verdict.finding())));
  }

  /** C07.FR.13, C07.FR.14. */
  private static CallAnswer verified(Authorization decision) {
    AuthorizeCertificateStatusEnumType status =
        decision.status() == AuthorizationStatus.ACCEPTED
            ? AuthorizeCertificateStatusEnumType.Accepted
            : AuthorizeCertificateStatusEnumType.ContractCancelled;
    return new Result(
        AuthorizeResponse.of(IdTokenInfos.of(decision)).withCertificateStatus(status));
  }

  /** C07.FR.15 to C07.FR.17. */
  private static CallAnswer refused(ContractVerdict.Finding finding) {
    return new Result(
        switch (finding) {
          case EXPIRED ->
              AuthorizeResponse.of(IdTokenInfoType.of(AuthorizationStatusEnumType.Expired))
                  .withCertificateStatus(AuthorizeCertificateStatusEnumType.CertificateExpired);
          case REVOKED ->
              AuthorizeResponse.of(IdTokenInfos.INVALID)
                  .withCertificateStatus(AuthorizeCertificateStatusEnumType.CertificateRevoked);
          case CHAIN_ERROR ->
              AuthorizeResponse.of(IdTokenInfos.INVALID)
                  .withCertificateStatus(AuthorizeCertificateStatusEnumType.CertChainError);
          case GOOD -> throw new IllegalStateException("good is judged with its token");
        });
  }
}
