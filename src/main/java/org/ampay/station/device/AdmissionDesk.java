package org.ampay.station.device;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.ampay.station.CommandOutcome;
import org.ampay.station.Registration;
import org.ampay.station.StationInfo;
import org.ampay.station.StationLifecycle;

/**
 * Where people decide about stations. A decision is told by the answer to a BootNotification only,
 * so a Pending station that is connected is asked for one at once. An accepted station keeps its
 * word until it boots: refusing its messages meanwhile would lose sessions. A Rejected one is sent
 * nothing (B03.FR.03) and comes back by itself.
 */
public final class AdmissionDesk {

  private final Provisioning provisioning;
  private final StationLifecycle lifecycle;
  private final StationOrders orders;

  public AdmissionDesk(
      Provisioning provisioning, StationLifecycle lifecycle, StationOrders orders) {
    this.provisioning = provisioning;
    this.lifecycle = lifecycle;
    this.orders = orders;
  }

  public Provisioning provisioning() {
    return provisioning;
  }

  /**
   * Decides; the decision is stored when this returns.
   *
   * @return what the request for a BootNotification came to; {@link CommandOutcome.NotConnected}
   *     when none was sent
   */
  public CompletionStage<CommandOutcome> decide(
      StationInfo station, Registration decision, String by) {
    provisioning.decide(station, decision, by);
    boolean waits =
        lifecycle.registration(station.id()) == Registration.PENDING
            && decision != Registration.PENDING;
    return waits
        ? orders.bootAgain(station)
        : CompletableFuture.completedStage(new CommandOutcome.NotConnected());
  }
}
