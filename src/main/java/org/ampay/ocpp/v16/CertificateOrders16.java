package org.ampay.ocpp.v16;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ampay.ocpp.edge.CertificateOrders;
import org.ampay.ocpp.edge.RemoteOrders.Order;
import org.ampay.ocpp.v16.wire.CertificateHashDataType;
import org.ampay.ocpp.v16.wire.CertificateSignedRequest;
import org.ampay.ocpp.v16.wire.CertificateUseEnumType;
import org.ampay.ocpp.v16.wire.DeleteCertificateRequest;
import org.ampay.ocpp.v16.wire.ExtendedTriggerMessageRequest;
import org.ampay.ocpp.v16.wire.GetInstalledCertificateIdsRequest;
import org.ampay.ocpp.v16.wire.GetInstalledCertificateIdsResponse;
import org.ampay.ocpp.v16.wire.HashAlgorithmEnumType;
import org.ampay.ocpp.v16.wire.InstallCertificateRequest;
import org.ampay.ocpp.v16.wire.MessageTriggerEnumType;
import org.ampay.ocpp.wire.Wire;
import org.ampay.ocpp.wire.WireException;
import org.ampay.station.certs.CertificateHash;
import org.ampay.station.certs.CertificateKind;
import org.ampay.station.certs.SigningUse;
import org.ampay.station.certs.StationCertificatePort.Reported;

/** The certificate commands of OCPP 1.6's security extension: two kinds, one at a time. */
public final class CertificateOrders16 implements CertificateOrders {

  @Override
  public Optional<Order> signed(SigningUse use, String chain) {
    return Optional.of(
        new Order("CertificateSigned", Wire.toJson(CertificateSignedRequest.of(chain))));
  }

  @Override
  public Optional<Order> install(CertificateKind kind, String pem) {
    return use(kind)
        .map(
            type ->
                new Order(
                    "InstallCertificate", Wire.toJson(InstallCertificateRequest.of(type, pem))));
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
    List<Order> orders = new ArrayList<>();
    for (CertificateUseEnumType type : CertificateUseEnumType.values()) {
      if (kinds.isEmpty() || kinds.contains(kind(type))) {
        orders.add(
            new Order(
                "GetInstalledCertificateIds",
                Wire.toJson(GetInstalledCertificateIdsRequest.of(type))));
      }
    }
    return orders;
  }

  @Override
  public List<Reported> reported(Order asked, String answer) throws WireException {
    // The answer does not say the kind: it is the one that was asked for.
    CertificateKind kind =
        kind(
            GetInstalledCertificateIdsRequest.TYPE
                .readRequest(bytes(asked.payload()))
                .certificateType());
    GetInstalledCertificateIdsResponse response =
        GetInstalledCertificateIdsRequest.TYPE.readResponse(bytes(answer));
    return response.certificateHashData().stream()
        .map(data -> new Reported(kind, hash(data), List.of()))
        .toList();
  }

  private static CertificateHash hash(CertificateHashDataType data) {
    return new CertificateHash(
        data.hashAlgorithm().wireName(),
        data.issuerNameHash(),
        data.issuerKeyHash(),
        data.serialNumber());
  }

  private static Optional<CertificateUseEnumType> use(CertificateKind kind) {
    return switch (kind) {
      case CENTRAL -> Optional.of(CertificateUseEnumType.CentralSystemRootCertificate);
      case MANUFACTURER -> Optional.of(CertificateUseEnumType.ManufacturerRootCertificate);
      case V2G, MO, V2G_CHAIN, SUB_CA -> Optional.empty();
    };
  }

  private static CertificateKind kind(CertificateUseEnumType use) {
    return switch (use) {
      case CentralSystemRootCertificate -> CertificateKind.CENTRAL;
      case ManufacturerRootCertificate -> CertificateKind.MANUFACTURER;
    };
  }

  @Override
  public Optional<Order> trigger(SigningUse use) {
    return switch (use) {
      case STATION ->
          Optional.of(
              new Order(
                  "ExtendedTriggerMessage",
                  Wire.toJson(
                      ExtendedTriggerMessageRequest.of(
                          MessageTriggerEnumType.SignChargePointCertificate))));
      case V2G, COMBINED -> Optional.empty();
    };
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
      case "ExtendedTriggerMessage" ->
          ExtendedTriggerMessageRequest.TYPE.readResponse(json).status().wireName();
      default -> throw new IllegalArgumentException(asked.action() + " is no order of ours");
    };
  }

  private static byte[] bytes(String json) {
    return json.getBytes(StandardCharsets.UTF_8);
  }
}
