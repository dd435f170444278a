package org.ampay.web.driver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import org.ampay.conformance.Event201;
import org.ampay.conformance.ScenarioServer;
import org.ampay.conformance.Setup;
import org.ampay.conformance.Station16;
import org.ampay.conformance.Station201;
import org.ampay.conformance.Unique;

/** A station with one EVSE, of either OCPP version, for stories that are about money. */
interface Pile extends AutoCloseable {

  /** Of a session's start, watt-hours. */
  int REGISTER = 1_000;

  String ACCEPTED = "{\"status\": \"Accepted\"}";
  String REJECTED = "{\"status\": \"Rejected\"}";

  String identity();

  /** What it answers to a start. */
  void answersStart(String payload);

  /** Waits until it is asked to start. */
  void awaitStart();

  /** How often it was asked to start, beside those that were waited for. */
  int starts();

  /** It starts a session with the token that it was told. */
  void begins();

  /** So much was delivered since the start. */
  void meter(int wh);

  void awaitStop();

  /** The session ends. */
  void ends(int wh);

  @Override
  void close();

  /** One that is free, online. */
  static Pile of(ScenarioServer server, String protocol) {
    Setup setup = Setup.on(server);
    return protocol.equals("1.6")
        ? new Of16(Station16.online(setup))
        : new Of201(Station201.online(setup));
  }

  /** OCPP 1.6. */
  final class Of16 implements Pile {
    private static final String START = "RemoteStartTransaction";
    private final Station16 station;
    private String token = "";
    private int transaction;

    Of16(Station16 station) {
      this.station = station;
      station.status(1, "Available");
      station.answers("RemoteStopTransaction", ACCEPTED);
      station.answers(START, ACCEPTED);
    }

    @Override
    public String identity() {
      return station.identity();
    }

    @Override
    public void answersStart(String payload) {
      station.answers(START, payload);
    }

    @Override
    public void awaitStart() {
      token = station.awaitCall(START).payload().path("idTag").asText();
    }

    @Override
    public int starts() {
      return station.waitingCalls(START);
    }

    @Override
    public void begins() {
      station.plug(1);
      transaction = station.started(1, token, REGISTER);
      station.status(1, "Charging");
    }

    @Override
    public void meter(int wh) {
      station.meter(1, transaction, REGISTER + wh);
    }

    @Override
    public void awaitStop() {
      station.awaitCall("RemoteStopTransaction");
    }

    @Override
    public void ends(int wh) {
      station.stop(transaction, token, REGISTER + wh, "Remote");
      station.unplug(1);
    }

    @Override
    public void close() {
      station.close();
    }
  }

  /** OCPP 2.0.1. */
  final class Of201 implements Pile {
    private static final String START = "RequestStartTransaction";
    private final Station201 station;
    private final String transaction = Unique.transaction();
    private JsonNode asked = MissingNode.getInstance();

    Of201(Station201 station) {
      this.station = station;
      station.status(1, 1, "Available");
      station.answers("RequestStopTransaction", ACCEPTED);
      station.answers(START, ACCEPTED);
    }

    @Override
    public String identity() {
      return station.identity();
    }

    @Override
    public void answersStart(String payload) {
      station.answers(START, payload);
    }

    @Override
    public void awaitStart() {
      asked = station.awaitCall(START).payload();
    }

    @Override
    public int starts() {
      return station.waitingCalls(START);
    }

    @Override
    public void begins() {
      station.plug(1);
      JsonNode answer =
          station
              .event(
                  Event201.started(transaction, "RemoteStart")
                      .evse(1)
                      .with("idToken", asked.path("idToken"))
                      .info("remoteStartId", asked.path("remoteStartId").asInt())
                      .state("Charging")
                      .meter(REGISTER))
              .payload();
      String status = answer.path("idTokenInfo").path("status").asText();
      if (!status.equals("Accepted")) {
        throw new AssertionError("start: " + answer);
      }
    }

    @Override
    public void meter(int wh) {
      station.meter(transaction, REGISTER + wh);
    }

    @Override
    public void awaitStop() {
      station.awaitCall("RequestStopTransaction");
    }

    @Override
    public void ends(int wh) {
      station.event(Event201.ended(transaction, "RemoteStop", "Remote").meter(REGISTER + wh));
      station.unplug(1);
    }

    @Override
    public void close() {
      station.close();
    }
  }
}
