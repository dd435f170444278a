package org.ampay.ocpp.edge;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ampay.ocpp.edge.RemoteOrders.Order;
import org.ampay.ocpp.wire.WireException;
import org.ampay.station.certs.CertificateHash;
import org.ampay.station.certs.CertificateKind;
import org.ampay.station.certs.SigningUse;
import org.ampay.station.certs.StationCertificatePort.Reported;

/** The certificate commands of one OCPP version; empty what it has no word for. */
public interface CertificateOrders {

  /** CertificateSigned. */
  Optional<Order> signed(SigningUse use, String chain);

  /** InstallCertificate. */
  Optional<Order> install(CertificateKind kind, String pem);

  /** DeleteCertificate. */
  Order delete(CertificateHash hash);

  /**
   * GetInstalledCertificateIds: as many as the version needs for these kinds.
   *
   * @param kinds empty: all
   */
  List<Order> installed(Set<CertificateKind> kinds);

  /**
   * What a GetInstalledCertificateIds was answered with; empty when NotFound.
   *
   * @throws WireException when it breaks the schema
   */
  List<Reported> reported(Order asked, String answer) throws WireException;

  /** TriggerMessage or ExtendedTriggerMessage for SignCertificate. */
  Optional<Order> trigger(SigningUse use);

  /**
   * The status of an answer to any of them.
   *
   * @throws WireException when it breaks the schema
   */
  String status(Order asked, String answer) throws WireException;
}
