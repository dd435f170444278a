package org.ampay.ocpp.edge;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.ampay.charging.SessionCommand;
import org.ampay.ocpp.rpc.Frame;
import org.ampay.ocpp.rpc.RpcCodec;
import org.ampay.ocpp.wire.Wire;
import org.ampay.station.Protocol;
import org.ampay.station.Registration;
import org.ampay.station.StationInfo;

/** Calls an edge as a connection does, and shows its answers as text. */
final class EdgeTester {

  static final Instant NOW = Instant.parse("2026-03-02T08:00:00Z");

  final FakeRooms rooms = new FakeRooms();
  final StationInfo station = FakeRooms.station(7, "CP7");
  private final StationEdge edge;
  private final RpcCodec codec;
  private boolean triggered;

  EdgeTester(Protocol protocol, Function<Rooms, StationEdge> edge) {
    this.edge = edge.apply(rooms.rooms());
    this.codec = new RpcCodec(protocol);
    rooms.registrations.put(station.id(), Registration.ACCEPTED);
  }

  StationEdge edge() {
    return edge;
  }

  void registration(Registration registration) {
    rooms.registrations.put(station.id(), registration);
  }

  void triggered() {
    triggered = true;
  }

  /** {@code result {…}}, {@code error CODE description} or {@code none reason}. */
  String call(String action, String payload) {
    return shown(stage(action, payload).toCompletableFuture().join());
  }

  CompletionStage<CallAnswer> stage(String action, String payload) {
    byte[] frame =
        ("[2,\"m1\",\"" + action + "\"," + payload + "]").getBytes(StandardCharsets.UTF_8);
    Frame.Call call = (Frame.Call) codec.parse(frame);
    return edge.handle(
        new StationCall(station, call.action(), call.payload(), frame, NOW, triggered));
  }

  /** The only command that reached the sessions. */
  SessionCommand command() {
    if (rooms.reports.size() != 1) {
      throw new AssertionError("not one report: " + rooms.reports);
    }
    return rooms.reports.getFirst().command();
  }

  String doubt(String action, String payload) {
    return ((CallAnswer.Result) stage(action, payload).toCompletableFuture().join()).doubt();
  }

  private static String shown(CallAnswer answer) {
    return switch (answer) {
      case CallAnswer.Result result -> "result " + Wire.toJson(result.payload());
      case CallAnswer.Refused refused -> "error " + refused.code() + " " + refused.description();
      case CallAnswer.NoAnswer none -> "none " + none.reason();
    };
  }
}
