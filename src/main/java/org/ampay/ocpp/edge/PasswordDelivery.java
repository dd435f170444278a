package org.ampay.ocpp.edge;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.ampay.base.TimeSource;
import org.ampay.station.CommandPort;
import org.ampay.station.Protocol;
import org.ampay.station.Registration;
import org.ampay.station.StationLifecycle;
import org.ampay.station.StationPasswordChanges;
import org.ampay.station.StationPasswordChanges.Waiting;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends passwords that were changed while their station was away, once it is back and accepted. */
public final class PasswordDelivery {

  private static final Logger LOG = LoggerFactory.getLogger(PasswordDelivery.class);
  private static final Duration AGAIN = Duration.ofMinutes(5);

  private final StationPasswordChanges passwords;
  private final Map<Protocol, SecurityDialect> dialects;
  private final CommandPort port;
  private final StationLifecycle lifecycle;
  private final TimeSource time;
  private final Map<Long, Instant> tried = new HashMap<>();

  /**
   * @param port settles what it is given to send: {@link SecuredCommands}
   */
  public PasswordDelivery(
      StationPasswordChanges passwords,
      Map<Protocol, SecurityDialect> dialects,
      CommandPort port,
      StationLifecycle lifecycle,
      TimeSource time) {
    this.passwords = passwords;
    this.dialects = Map.copyOf(dialects);
    this.port = port;
    this.lifecycle = lifecycle;
    this.time = time;
  }

  /** One look at all that wait; called every few seconds by one thread at a time. */
  public void run() {
    Instant now = time.now();
    tried.values().removeIf(at -> Duration.between(at, now).compareTo(AGAIN) >= 0);
    for (Waiting waiting : passwords.waiting()) {
      long id = waiting.station().id();
      Optional<Protocol> protocol = port.connected(id);
      if (protocol.isPresent()
          && lifecycle.registration(id) == Registration.ACCEPTED
          && tried.putIfAbsent(id, now) == null) {
        deliver(waiting, Objects.requireNonNull(dialects.get(protocol.get())));
      }
    }
  }

  private void deliver(Waiting waiting, SecurityDialect dialect) {
    RemoteOrders.Order order;
    try {
      order = dialect.password(waiting.password());
    } catch (IllegalArgumentException e) {
      LOG.warn("station {}: its new password {}", waiting.station().identity(), e.getMessage());
      return;
    }
    var unused =
        port.send(waiting.station(), order.action(), order.payload())
            .whenComplete(
                (outcome, fault) ->
                    LOG.info(
                        "station {}: its waiting password was sent: {}",
                        waiting.station().identity(),
                        fault == null ? outcome.getClass().getSimpleName() : fault.toString()));
  }
}
