package org.ampay.ocpp.v201;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.ampay.ocpp.edge.RemoteOrders.Order;
import org.ampay.ocpp.edge.SecurityDialect;
import org.ampay.ocpp.v201.wire.AttributeEnumType;
import org.ampay.ocpp.v201.wire.ComponentType;
import org.ampay.ocpp.v201.wire.NetworkConnectionProfileType;
import org.ampay.ocpp.v201.wire.OCPPInterfaceEnumType;
import org.ampay.ocpp.v201.wire.OCPPTransportEnumType;
import org.ampay.ocpp.v201.wire.OCPPVersionEnumType;
import org.ampay.ocpp.v201.wire.SetNetworkProfileRequest;
import org.ampay.ocpp.v201.wire.SetVariableDataType;
import org.ampay.ocpp.v201.wire.SetVariableStatusEnumType;
import org.ampay.ocpp.v201.wire.SetVariablesRequest;
import org.ampay.ocpp.v201.wire.VariableType;
import org.ampay.ocpp.wire.Payload;
import org.ampay.ocpp.wire.Wire;
import org.ampay.ocpp.wire.WireException;
import org.ampay.station.StationPasswordChanges.Outcome;

/** The variable BasicAuthPassword and the network profiles. */
public final class Security201 implements SecurityDialect {

  private static final ComponentType COMPONENT = ComponentType.of("SecurityCtrlr");
  private static final VariableType VARIABLE = VariableType.of("BasicAuthPassword");

  /** A passwordString has at most so many characters (A00.FR.205). */
  private static final int MAX_PASSWORD = 40;

  private static final int MESSAGE_TIMEOUT_SECONDS = 30;

  @Override
  public Optional<Change> read(String action, String payload) {
    try {
      return switch (action) {
        case "SetVariables" ->
            SetVariablesRequest.TYPE.readRequest(Payload.of(payload)).setVariableData().stream()
                .filter(Security201::isPassword)
                .reduce((first, last) -> last)
                .map(set -> new Change.Password(set.attributeValue()));
        case "SetNetworkProfile" ->
            Optional.of(
                new Change.Profile(
                    SetNetworkProfileRequest.TYPE
                        .readRequest(Payload.of(payload))
                        .connectionData()
                        .securityProfile()));
        default -> Optional.empty();
      };
    } catch (WireException broken) {
      return Optional.empty();
    }
  }

  private static boolean isPassword(SetVariableDataType set) {
    return set.attributeTypeOrDefault() == AttributeEnumType.Actual
        && isPassword(set.component(), set.variable());
  }

  private static boolean isPassword(ComponentType component, VariableType variable) {
    return component.name().equalsIgnoreCase(COMPONENT.name())
        && variable.name().equalsIgnoreCase(VARIABLE.name());
  }

  @Override
  public Outcome outcome(Change change, String answer) {
    try {
      return switch (change) {
        case Change.Password _ ->
            SetVariablesRequest.TYPE.readResponse(Payload.of(answer)).setVariableResult().stream()
                .filter(result -> isPassword(result.component(), result.variable()))
                .reduce((first, last) -> last)
                .map(result -> outcome(result.attributeStatus()))
                .orElse(Outcome.UNKNOWN);
        case Change.Profile _ ->
            switch (SetNetworkProfileRequest.TYPE.readResponse(Payload.of(answer)).status()) {
              case Accepted -> Outcome.TAKEN;
              case Rejected, Failed -> Outcome.REFUSED;
            };
      };
    } catch (WireException broken) {
      return Outcome.UNKNOWN;
    }
  }

  private static Outcome outcome(SetVariableStatusEnumType status) {
    return switch (status) {
      case Accepted -> Outcome.TAKEN;
      case RebootRequired -> Outcome.AFTER_REBOOT;
      case Rejected, UnknownComponent, UnknownVariable, NotSupportedAttributeType ->
          Outcome.REFUSED;
    };
  }

  @Override
  public Order password(String password) {
    if (password.length() > MAX_PASSWORD) {
      throw new IllegalArgumentException("must have at most 40 characters for OCPP 2.0.1");
    }
    SetVariableDataType set = SetVariableDataType.of(password, COMPONENT, VARIABLE);
    return new Order("SetVariables", Wire.toJson(SetVariablesRequest.of(List.of(set))));
  }

  @Override
  public Order profile(Destination to) {
    NetworkConnectionProfileType connection =
        NetworkConnectionProfileType.of(
            OCPPVersionEnumType.OCPP20,
            OCPPTransportEnumType.JSON,
            to.url(),
            MESSAGE_TIMEOUT_SECONDS,
            to.profile(),
            interfaceOf(to.interfaceName()));
    return new Order(
        "SetNetworkProfile", Wire.toJson(SetNetworkProfileRequest.of(to.slot(), connection)));
  }

  private static OCPPInterfaceEnumType interfaceOf(String name) {
    return Arrays.stream(OCPPInterfaceEnumType.values())
        .filter(known -> known.wireName().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "takes one of " + Arrays.toString(OCPPInterfaceEnumType.values())));
  }
}
