package org.ampay.web.command;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.ampay.station.CommandOutcome;
import org.ampay.station.Inventory;
import org.ampay.station.Protocol;
import org.ampay.station.StationInfo;
import org.ampay.station.StationPasswords;
import org.ampay.web.http.JsonCodec;
import org.ampay.web.http.Problem;

/**
 * Changes the password of a station. A connected station is told first, as its protocol asks, and
 * the new password is valid only once it has accepted.
 *
 * <p>OCPP 1.6 sets AuthorizationKey as hex text, and stations show either that text or the bytes it
 * stands for: such a password is stored by its hex text, which matches both.
 */
public final class StationKeys {

  /** Bytes of a password of OCPP 1.6 with the security extension. */
  private static final int BYTES_16 = 20;

  private final Inventory inventory;
  private final Commands commands;
  private final RandomGenerator random;

  public StationKeys(Inventory inventory, Commands commands, RandomGenerator random) {
    this.inventory = inventory;
    this.commands = commands;
    this.random = random;
  }

  /** A new random password. */
  public String generate() {
    return StationPasswords.generate(random);
  }

  /**
   * Sets a password.
   *
   * @return whether the station was told
   * @throws org.ampay.web.http.ProblemException when a connected station does not accept it
   */
  public boolean change(StationInfo station, String password, String actor) {
    Optional<Protocol> protocol = commands.protocol(station.id());
    if (protocol.isEmpty()) {
      inventory.setPassword(station.id(), password);
      return false;
    }
    switch (protocol.get()) {
      case OCPP_16 -> tell16(station, password, actor);
      case OCPP_201 -> tell201(station, password, actor);
    }
    return true;
  }

  private void tell16(StationInfo station, String password, String actor) {
    byte[] bytes = password.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > BYTES_16) {
      throw Problem.badField("password", "must have at most 20 bytes for OCPP 1.6").exception();
    }
    String hex = HexFormat.of().formatHex(bytes);
    String payload = JsonCodec.write(Map.of("key", "AuthorizationKey", "value", hex));
    String answer = ask(station, "ChangeConfiguration", payload, actor);
    String status = JsonCodec.tree(answer).path("status").asText();
    requireAccepted(status.equals("Accepted") || status.equals("RebootRequired"), status);
    inventory.setPassword(station.id(), hex);
  }

  private void tell201(StationInfo station, String password, String actor) {
    Map<String, Object> variable =
        Map.of(
            "attributeValue",
            password,
            "component",
            Map.of("name", "SecurityCtrlr"),
            "variable",
            Map.of("name", "BasicAuthPassword"));
    String payload = JsonCodec.write(Map.of("setVariableData", java.util.List.of(variable)));
    String answer = ask(station, "SetVariables", payload, actor);
    String status =
        JsonCodec.tree(answer).path("setVariableResult").path(0).path("attributeStatus").asText();
    requireAccepted(status.equals("Accepted") || status.equals("RebootRequired"), status);
    inventory.setPassword(station.id(), password);
  }

  private String ask(StationInfo station, String action, String payload, String actor) {
    return switch (commands.send(station, action, payload, actor)) {
      case CommandOutcome.Answered answered -> answered.payload();
      case CommandOutcome.TimedOut late ->
          throw Problem.noAnswer("whether the password was changed is not known").exception();
      case CommandOutcome.Error error -> throw refused(error.code());
      case CommandOutcome.Invalid invalid -> throw refused(invalid.description());
      case CommandOutcome.BadPayload bad ->
          throw Problem.badField("password", bad.description()).exception();
      case CommandOutcome.UnknownAction unknown -> throw refused("unknown action");
      case CommandOutcome.NotConnected gone -> throw refused("connection lost");
    };
  }

  private static void requireAccepted(boolean accepted, String status) {
    if (!accepted) {
      throw refused(status);
    }
  }

  private static RuntimeException refused(String why) {
    return Problem.conflict("station-refused", "the station did not take the password: " + why)
        .exception();
  }
}
