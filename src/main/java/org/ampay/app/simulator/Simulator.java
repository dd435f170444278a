package org.ampay.app.simulator;

import java.net.URI;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;

/** Many simulated stations at one central system. */
public final class Simulator implements AutoCloseable {

  private final SimulatorLoop loop;
  private final URI server;
  private final Recorder recorder;
  private final Random random;
  private final List<SimulatedStation> stations = new CopyOnWriteArrayList<>();

  /**
   * Takes ownership of the loop.
   *
   * @param url of the central system, to which the identity is appended: {@code
   *     ws://127.0.0.1:9000/ocpp/}
   * @param seed the same seed gives the same cars and visits
   */
  public Simulator(String url, SimulatorLoop loop, Recorder recorder, long seed) {
    this.loop = loop;
    this.server = URI.create(url.endsWith("/") ? url : url + "/");
    this.recorder = recorder;
    this.random = new Random(seed);
  }

  /** A further station; it connects when told to. */
  public SimulatedStation add(StationSpec spec) {
    SimulatedStation station =
        new SimulatedStation(loop, server, spec, recorder, new Random(random.nextLong()));
    stations.add(station);
    return station;
  }

  /** People use all outlets of a station. */
  public void visit(SimulatedStation station, VisitPlan plan, TokenPool tokens) {
    visit(station, plan, plan, tokens);
  }

  /**
   * People use all outlets of a station.
   *
   * @param history while the clock catches up
   * @param live from then on
   */
  public void visit(SimulatedStation station, VisitPlan history, VisitPlan live, TokenPool tokens) {
    for (SimulatedEvse evse : station.evses()) {
      Visits visits = new Visits(loop, evse, history, live, tokens, new Random(random.nextLong()));
      loop.run(visits::begin);
    }
  }

  public List<SimulatedStation> stations() {
    return List.copyOf(stations);
  }

  public long connected() {
    return stations.stream().filter(SimulatedStation::connected).count();
  }

  public long unacknowledged() {
    return stations.stream().mapToLong(SimulatedStation::unacknowledged).sum();
  }

  @Override
  public void close() {
    loop.run(() -> stations.forEach(SimulatedStation::close));
    loop.run(loop::close);
  }
}
