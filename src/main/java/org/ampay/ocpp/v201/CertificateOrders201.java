package org.ampay.ocpp.v201;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ampay.ocpp.edge.CertificateOrders;
import org.ampay.ocpp.edge.RemoteOrders.Order;
import org.ampay.ocpp.v201.wire.CertificateHashDataChainType;
import org.ampay.ocpp.v201.wire.CertificateHashDataType;
import org.ampay.ocpp.v201.wire.CertificateSignedRequest;
import org.ampay.ocpp.v201.wire.CertificateSigningUseEnumType;
import org.ampay.ocpp.v201.wire.DeleteCertificateRequest;
import org.ampay.ocpp.v201.wire.GetCertificateIdUseEnumType;
import org.ampay.ocpp.v201.wire.GetInstalledCertificateIdsRequest;
import org.ampay.ocpp.v201.wire.GetInstalledCertificateIdsResponse;
import org.ampay.ocpp.v201.wire.HashAlgorithmEnumType;
import org.ampay.ocpp.v201.wire.InstallCertificateRequest;
import org.ampay.ocpp.v201.wire.InstallCertificateUseEnumType;
import org.ampay.ocpp.v201.wire.MessageTriggerEnumType;
import org.ampay.ocpp.v201.wire.TriggerMessageRequest;
import org.ampay.ocpp.wire.Wire;
import org.ampay.ocpp.wire.WireException;
import org.ampay.station.certs.CertificateHash;
import org.ampay.station.certs.CertificateKind;
import org.ampay.station.certs.SigningUse;
import org.ampay.station.certs.StationCertificatePort.Reported;

/** The certificate commands of OCPP 2.0.1. */
public final class CertificateOrders201 implements CertificateOrders {

  @Override
  public Optional<Order> signed(SigningUse use, String chain) {
    CertificateSignedRequest request = CertificateSignedRequest.of(chain);
    // A02.FR.14: the type that the station's request had; one for both has none.
    CertificateSignedRequest typed =
        switch (use) {
          case STATION ->
              request.withCertificateType(CertificateSigningUseEnumType.ChargingStationCertificate);
          case V2G -> request.withCertificateType(CertificateSigningUseEnumType.V2GCertificate);
          case COMBINED -> request;
        };
    return Optional.of(new Order("CertificateSigned", Wire.toJson(typed)));
  }

  @Override
  public Optional<Order> install(CertificateKind kind, String pem) {
    Optional<InstallCertificateUseEnumType> use =
        switch (kind) {
          case CENTRAL -> Optional.of(InstallCertificateUseEnumType.CSMSRootCertificate);
          case MANUFACTURER ->
              Optional.of(InstallCertificateUseEnumType.ManufacturerRootCertificate);
          case V2G -> Optional.of(InstallCertificateUseEnumType.V2GRootCertificate);
          case MO -> Optional.of(InstallCertificateUseEnumType.MORootCertificate);
          case V2G_CHAIN, SUB_CA -> Optional.empty();
        };
    return use.map(
        type ->
            new Order("InstallCertificate", Wire.toJson(InstallCertificateRequest.of(type, pem))));
  }

  @Override
  public Order delete(CertificateHash hash) {
    CertificateHashDataType data =
        CertificateHashDataType.of(
            HashAlgorithmEnumType.valueOf(hash.algorithm()),
            hash.issuerNameHash(),
            hash.issuerKeyHash(),
            hash.serialNumber());
    return new Order("DeleteCertificate", Wire.toJson(DeleteCertificateRequest.of(data)));
  }

  @Override
  public List<Order> installed(Set<CertificateKind> kinds) {
    GetInstalledCertificateIdsRequest request = GetInstalledCertificateIdsRequest.of();
    if (!kinds.isEmpty()) {
      List<GetCertificateIdUseEnumType> types = new ArrayList<>();
      for (GetCertificateIdUseEnumType type : GetCertificateIdUseEnumType.values()) {
        if (kinds.contains(kind(type))) {
          types.add(type);
        }
      }
      if (types.isEmpty()) {
        return List.of();
      }
      request = request.withCertificateType(types);
    }
    return List.of(new Order("GetInstalledCertificateIds", Wire.toJson(request)));
  }

  @Override
  public List<Reported> reported(Order asked, String answer) throws WireException {
    GetInstalledCertificateIdsResponse response =
        GetInstalledCertificateIdsRequest.TYPE.readResponse(bytes(answer));
    List<Reported> found = new ArrayList<>();
    for (CertificateHashDataChainType one : response.certificateHashDataChain()) {
      found.add(
          new Reported(
              kind(one.certificateType()),
              hash(one.certificateHashData()),
              one.childCertificateHashData().stream().map(CertificateOrders201::hash).toList()));
    }
    return found;
  }

  private static CertificateHash hash(CertificateHashDataType data) {
    return new CertificateHash(
        data.hashAlgorithm().wireName(),
        data.issuerNameHash(),
        data.issuerKeyHash(),
        data.serialNumber());
  }

  private static CertificateKind kind(GetCertificateIdUseEnumType type) {
    return switch (type) {
      case CSMSRootCertificate -> CertificateKind.CENTRAL;
      case ManufacturerRootCertificate -> CertificateKind.MANUFACTURER;
      case V2GRootCertificate -> CertificateKind.V2G;
      case MORootCertificate -> CertificateKind.MO;
      case V2GCertificateChain -> CertificateKind.V2G_CHAIN;
    };
  }

  @Override
  public Optional<Order> trigger(SigningUse use) {
    MessageTriggerEnumType message =
        switch (use) {
          case STATION -> MessageTriggerEnumType.SignChargingStationCertificate;
          case V2G -> MessageTriggerEnumType.SignV2GCertificate;
          case COMBINED -> MessageTriggerEnumType.SignCombinedCertificate;
        };
    return Optional.of(new Order("TriggerMessage", Wire.toJson(TriggerMessageRequest.of(message))));
  }

  @Override
  public String status(Order asked, String answer) throws WireException {
    byte[] json = bytes(answer);
    return switch (asked.action()) {
      case "CertificateSigned" ->
          CertificateSignedRequest.TYPE.readResponse(json).status().wireName();
      case "InstallCertificate" ->
          InstallCertificateRequest.TYPE.readResponse(json).status().wireName();
      case "DeleteCertificate" ->
          DeleteCertificateRequest.TYPE.readResponse(json).status().wireName();
      case "TriggerMessage" -> TriggerMessageRequest.TYPE.readResponse(json).status().wireName();
      default -> throw new IllegalArgumentException(asked.action() + " is no order of ours");
    };
  }

  private static byte[] bytes(String json) {
    return json.getBytes(StandardCharsets.UTF_8);
  }
}
