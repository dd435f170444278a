package org.ampay.power;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.ampay.station.CommandOrder;
import org.ampay.station.CommandOutcome;
import org.ampay.station.CommandPort;
import org.ampay.station.Protocol;
import org.ampay.station.Sender;
import org.ampay.station.StationInfo;
import org.jspecify.annotations.Nullable;

/** Sends profiles to stations in their own version. */
public final class ProfileOrders {

  private final Map<Protocol, ProfileDialect> dialects;
  private volatile @Nullable CommandPort port;

  public ProfileOrders(Map<Protocol, ProfileDialect> dialects) {
    this.dialects = Map.copyOf(dialects);
  }

  /** Once, before stations connect. */
  public void connect(CommandPort commands) {
    port = commands;
  }

  /** How a station's version words profiles; empty when it is not connected. */
  public Optional<ProfileDialect> dialect(long stationId) {
    return Objects.requireNonNull(port).connected(stationId).map(dialects::get);
  }

  /** SetChargingProfile. */
  CompletionStage<CommandOutcome> set(
      StationInfo station, int evseNo, Profile profile, String reason) {
    CommandPort commands = Objects.requireNonNull(port, "not connected yet");
    Optional<Protocol> protocol = commands.connected(station.id());
    if (protocol.isEmpty()) {
      return CompletableFuture.completedStage(new CommandOutcome.NotConnected());
    }
    String payload = Objects.requireNonNull(dialects.get(protocol.get())).set(evseNo, profile);
    return commands
        .send(station, CommandOrder.of(Sender.system(reason), "SetChargingProfile", payload))
        .outcome();
  }
}
