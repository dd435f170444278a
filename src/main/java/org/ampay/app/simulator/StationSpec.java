package org.ampay.app.simulator;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a simulated station is.
 *
 * @param identity the last path element of its URL
 * @param version {@code 1.6} or {@code 2.0.1}
 * @param password for Basic authentication; null: none is sent
 * @param meterInterval between two readings of a session, by the station's clock
 */
public record StationSpec(
    String identity,
    String version,
    @Nullable String password,
    List<Outlet> outlets,
    Duration meterInterval,
    Set<Oddity> oddities) {

  public StationSpec {
    if (!version.equals("1.6") && !version.equals("2.0.1")) {
      throw new IllegalArgumentException("OCPP version '" + version + "' is not 1.6 or 2.0.1");
    }
    outlets = List.copyOf(outlets);
    oddities = Set.copyOf(oddities);
  }

  /** A station without credentials and without oddities that reads its meters every 15 s. */
  public static StationSpec of(String identity, String version, Outlet... outlets) {
    return new StationSpec(
        identity, version, null, List.of(outlets), Duration.ofSeconds(15), Set.of());
  }

  public StationSpec withPassword(@Nullable String other) {
    return new StationSpec(identity, version, other, outlets, meterInterval, oddities);
  }

  public StationSpec withMeterInterval(Duration other) {
    return new StationSpec(identity, version, password, outlets, other, oddities);
  }

  public StationSpec with(Oddity first, Oddity... others) {
    return new StationSpec(
        identity, version, password, outlets, meterInterval, EnumSet.of(first, others));
  }

  boolean has(Oddity oddity) {
    return oddities.contains(oddity);
  }
}
