package org.ampay.ocpp.v16;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import org.ampay.ocpp.edge.RemoteOrders.Order;
import org.ampay.ocpp.edge.SecurityDialect;
import org.ampay.ocpp.v16.wire.ChangeConfigurationRequest;
import org.ampay.ocpp.wire.Payload;
import org.ampay.ocpp.wire.Wire;
import org.ampay.ocpp.wire.WireException;
import org.ampay.station.StationPasswordChanges.Outcome;

/** The configuration keys AuthorizationKey and SecurityProfile of the security extension. */
public final class Security16 implements SecurityDialect {

  private static final String ACTION = "ChangeConfiguration";
  private static final String PASSWORD = "AuthorizationKey";
  private static final String PROFILE = "SecurityProfile";

  /** AuthorizationKey has at most 40 hexadecimal digits. */
  private static final int MAX_BYTES = 20;

  @Override
  public Optional<Change> read(String action, String payload) {
    if (!action.equals(ACTION)) {
      return Optional.empty();
    }
    try {
      ChangeConfigurationRequest request =
          ChangeConfigurationRequest.TYPE.readRequest(Payload.of(payload));
      if (request.key().equalsIgnoreCase(PASSWORD)) {
        return Optional.of(new Change.Password(request.value()));
      }
      boolean digit = request.value().matches("[0-3]");
      return request.key().equalsIgnoreCase(PROFILE) && digit
          ? Optional.of(new Change.Profile(Integer.parseInt(request.value())))
          : Optional.empty();
    } catch (WireException broken) {
      return Optional.empty();
    }
  }

  @Override
  public Outcome outcome(Change change, String answer) {
    try {
      return switch (ChangeConfigurationRequest.TYPE.readResponse(Payload.of(answer)).status()) {
        case Accepted -> Outcome.TAKEN;
        case RebootRequired -> Outcome.AFTER_REBOOT;
        case Rejected, NotSupported -> Outcome.REFUSED;
      };
    } catch (WireException broken) {
      return Outcome.UNKNOWN;
    }
  }

  @Override
  public Order password(String password) {
    byte[] bytes = password.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > MAX_BYTES) {
      throw new IllegalArgumentException("must have at most 20 bytes for OCPP 1.6");
    }
    return order(PASSWORD, HexFormat.of().formatHex(bytes));
  }

  @Override
  public Order profile(Destination destination) {
    return order(PROFILE, Integer.toString(destination.profile()));
  }

  private static Order order(String key, String value) {
    return new Order(ACTION, Wire.toJson(ChangeConfigurationRequest.of(key, value)));
  }
}
