package org.ampay.charging;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.ampay.access.Authorization;
import org.ampay.station.StationInfo;
import org.ampay.tariff.TariffBook;
import org.ampay.tariff.TariffQuery;
import org.ampay.tariff.TariffSnapshot;

/** What drivers are told of prices as soon as their token is known, before a session begins. */
public final class DriverPrices {

  private final TariffBook tariffs;
  private final CostDisplays displays;
  private final Executor io;
  private volatile Optional<DriverTalk> talk = Optional.empty();

  public DriverPrices(TariffBook tariffs, CostDisplays displays, Executor io) {
    this.tariffs = tariffs;
    this.displays = displays;
    this.io = io;
  }

  /** From now on stations can be reached. */
  public void talkBy(DriverTalk way) {
    talk = Optional.of(way);
  }

  /** The price of whoever showed an accepted token, for a station that shows it (I01). */
  public Optional<PriceMessage> price(
      StationInfo station, Authorization authorization, Instant at) {
    Display display = displays.of(station.id());
    if (!display.price() || !authorization.accepted()) {
      return Optional.empty();
    }
    return tariff(station, authorization, at)
        .map(tariff -> DriverTexts.price(tariff, display, authorization.told().language(), at));
  }

  /** The same by a message of its own, to a station of OCPP 1.6; does not wait for it. */
  public void announce(
      StationInfo station, String idToken, Authorization authorization, Instant at) {
    Display display = displays.of(station.id());
    Optional<DriverTalk> way = talk;
    if (!display.price() || !authorization.accepted() || way.isEmpty()) {
      return;
    }
    tariff(station, authorization, at)
        .map(tariff -> DriverTexts.all(tariff, display, authorization.told().language(), at))
        .ifPresent(
            texts ->
                io.execute(
                    () ->
                        way.get()
                            .tell(station, new CostMessage.UserPrice(idToken, texts), display)));
  }

  private Optional<TariffSnapshot> tariff(
      StationInfo station, Authorization authorization, Instant at) {
    return tariffs.resolve(
        new TariffQuery(
            station.operatorId(),
            station.siteId(),
            station.id(),
            Optional.ofNullable(authorization.driverGroupId()),
            at,
            at,
            station.zone()));
  }
}
