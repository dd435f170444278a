package org.ampay.ocpp.edge;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.ampay.station.Registration;
import org.ampay.station.StationInfo;
import org.ampay.station.device.DeviceEvent;
import org.ampay.station.device.DevicePort;
import org.ampay.station.device.Observation;
import org.ampay.station.device.ReportPart;

/** Notes what stations tell of themselves. */
public final class FakeDevices implements DevicePort {

  public final List<ReportPart> reports = Collections.synchronizedList(new ArrayList<>());
  public final List<DeviceEvent> events = Collections.synchronizedList(new ArrayList<>());
  public final List<Observation> observations = Collections.synchronizedList(new ArrayList<>());
  public volatile CompletionStage<Void> stored = CompletableFuture.completedFuture(null);

  @Override
  public CompletionStage<Void> report(StationInfo station, ReportPart part, Instant receivedAt) {
    reports.add(part);
    return stored;
  }

  @Override
  public CompletionStage<Void> events(
      StationInfo station, List<DeviceEvent> told, Instant receivedAt) {
    events.addAll(told);
    return stored;
  }

  @Override
  public CompletionStage<Void> observed(StationInfo station, Observation observation, Instant at) {
    observations.add(observation);
    return stored;
  }

  @Override
  public int bootIntervalSeconds(Registration decision, int base) {
    return base;
  }
}
