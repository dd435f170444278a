package org.ampay.station;

import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;
import org.ampay.station.certs.ClientChains;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares the serial number that a station of security profile 3 tells at its boot with the name
 * in its certificate; when they differ the boot is rejected and the connection closed (B01.FR.11,
 * B01.FR.12). A certificate that names the station's identity says nothing of its serial number.
 */
public final class CertifiedSerials implements AdmissionRule {

  private static final Logger LOG = LoggerFactory.getLogger(CertifiedSerials.class);

  private final Inventory inventory;
  private final AdmissionRule next;
  private final Map<Long, String> names = new ConcurrentHashMap<>();
  private volatile LongConsumer close = station -> {};

  /**
   * @param next decides on every other station
   */
  public CertifiedSerials(Inventory inventory, AdmissionRule next) {
    this.inventory = inventory;
    this.next = next;
  }

  /** How a station's connection is closed, by the station's id. */
  public void closeBy(LongConsumer connection) {
    close = connection;
  }

  /** A station came in with this certificate. */
  public void seen(StationInfo station, X509Certificate own) {
    ClientChains.subject(own, "CN").ifPresent(name -> names.put(station.id(), name));
  }

  @Override
  public Registration decide(StationInfo station, BootReport report, Registration before) {
    String name = names.get(station.id());
    if (name == null
        || inventory.securityProfile(station.id()).orElse(0) < 3
        || name.equals(station.identity())
        || name.equals(report.serialNumber())) {
      return next.decide(station, report, before);
    }
    LOG.warn("station {}: its serial number is not the one in its certificate", station.identity());
    close.accept(station.id());
    return Registration.REJECTED;
  }
}
