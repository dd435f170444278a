package org.ampay.gateway;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.ampay.station.CommandOrder;
import org.ampay.station.CommandOutcome;
import org.ampay.station.CommandWatch;
import org.ampay.station.Protocol;
import org.ampay.station.StationInfo;

/** Writes down what the gateway tells of commands, a line each. */
final class WatchedCommands implements CommandWatch {

  final List<String> steps = new CopyOnWriteArrayList<>();
  private final AtomicLong ids = new AtomicLong();

  @Override
  public long begun(StationInfo station, CommandOrder order, Protocol protocol, String masked) {
    long id = order.recordId() == 0 ? ids.incrementAndGet() : order.recordId();
    steps.add(id + " begun " + order.sender().actor() + " " + order.action() + " " + masked);
    return id;
  }

  @Override
  public void transmitted(StationInfo station, long recordId, String messageId, Instant at) {
    steps.add(recordId + " transmitted");
  }

  @Override
  public void finished(StationInfo station, long recordId, CommandOutcome outcome, Instant at) {
    steps.add(recordId + " finished " + outcome);
  }

  @Override
  public void late(StationInfo station, long recordId, CommandOutcome outcome, Instant at) {
    steps.add(recordId + " late " + outcome);
  }

  @Override
  public void ready(StationInfo station) {
    steps.add("ready " + station.identity());
  }
}
