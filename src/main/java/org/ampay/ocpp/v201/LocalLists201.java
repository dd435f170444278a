package org.ampay.ocpp.v201;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.ampay.access.StationOrder;
import org.ampay.access.list.ListChange;
import org.ampay.access.list.ListDialect;
import org.ampay.access.list.ListEntry;
import org.ampay.access.list.ListLimits;
import org.ampay.access.list.ListPart;
import org.ampay.ocpp.v201.wire.AttributeEnumType;
import org.ampay.ocpp.v201.wire.AuthorizationData;
import org.ampay.ocpp.v201.wire.ComponentType;
import org.ampay.ocpp.v201.wire.GetLocalListVersionRequest;
import org.ampay.ocpp.v201.wire.GetVariableDataType;
import org.ampay.ocpp.v201.wire.GetVariableResultType;
import org.ampay.ocpp.v201.wire.GetVariablesRequest;
import org.ampay.ocpp.v201.wire.IdTokenType;
import org.ampay.ocpp.v201.wire.SendLocalListRequest;
import org.ampay.ocpp.v201.wire.UpdateEnumType;
import org.ampay.ocpp.v201.wire.VariableType;
import org.ampay.ocpp.wire.Wire;
import org.ampay.ocpp.wire.WireException;
import org.jspecify.annotations.Nullable;

/** SendLocalList and GetLocalListVersion of OCPP 2.0.1. */
public final class LocalLists201 implements ListDialect {

  private static final String COMPONENT = "LocalAuthListCtrlr";
  private static final String ITEMS = "ItemsPerMessage";
  private static final String BYTES = "BytesPerMessage";
  private static final int MAX_ID_TOKEN = 36;

  @Override
  public int longestUid() {
    return MAX_ID_TOKEN;
  }

  @Override
  public boolean knowsMasterPass() {
    return true;
  }

  @Override
  public StationOrder askVersion() {
    return new StationOrder("GetLocalListVersion", Wire.toJson(GetLocalListVersionRequest.of()));
  }

  /** 0: an empty list, or none (D02). */
  @Override
  public OptionalInt version(String answer) {
    try {
      int version =
          GetLocalListVersionRequest.TYPE
              .readResponse(answer.getBytes(StandardCharsets.UTF_8))
              .versionNumber();
      return version < 0 ? OptionalInt.empty() : OptionalInt.of(version);
    } catch (WireException e) {
      return OptionalInt.empty();
    }
  }

  /** Asked in one message; a station that takes fewer variables a message answers an error. */
  @Override
  public StationOrder askLimits() {
    return new StationOrder(
        "GetVariables",
        Wire.toJson(GetVariablesRequest.of(List.of(variable(ITEMS), variable(BYTES)))));
  }

  private static GetVariableDataType variable(String name) {
    return GetVariableDataType.of(ComponentType.of(COMPONENT), VariableType.of(name))
        .withAttributeType(AttributeEnumType.Actual);
  }

  @Override
  public ListLimits limits(String answer) {
    return new ListLimits(
        number(answer, ITEMS).orElse(ListLimits.UNKNOWN.items()),
        number(answer, BYTES).orElse(ListLimits.UNKNOWN.bytes()),
        ListLimits.UNKNOWN.entries());
  }

  private static Optional<Integer> number(String answer, String name) {
    try {
      for (GetVariableResultType result :
          GetVariablesRequest.TYPE
              .readResponse(answer.getBytes(StandardCharsets.UTF_8))
              .getVariableResult()) {
        if (result.variable().name().equalsIgnoreCase(name)) {
          return number(result.attributeValue());
        }
      }
      return Optional.empty();
    } catch (WireException e) {
      return Optional.empty();
    }
  }

  private static Optional<Integer> number(@Nullable String text) {
    return Optional.ofNullable(text)
        .map(String::strip)
        .filter(digits -> digits.matches("[0-9]{1,9}"))
        .map(Integer::valueOf);
  }

  @Override
  public StationOrder send(ListPart part) {
    List<AuthorizationData> lines = new ArrayList<>(part.changes().size());
    part.changes().forEach(change -> lines.add(line(change)));
    SendLocalListRequest request =
        SendLocalListRequest.of(
            part.version(), part.full() ? UpdateEnumType.Full : UpdateEnumType.Differential);
    return new StationOrder(
        "SendLocalList",
        Wire.toJson(lines.isEmpty() ? request : request.withLocalAuthorizationList(lines)));
  }

  /** Without idTokenInfo: to be taken out (D01.FR.17). */
  private static AuthorizationData line(ListChange change) {
    ListEntry entry = change.entry();
    AuthorizationData line =
        AuthorizationData.of(IdTokenType.of(entry.uid(), Orders201.type(entry.type())));
    return switch (change) {
      case ListChange.Put put -> line.withIdTokenInfo(IdTokenInfos.of(entry.told()));
      case ListChange.Remove remove -> line;
    };
  }

  @Override
  public Sent sent(String answer) {
    try {
      return switch (SendLocalListRequest.TYPE
          .readResponse(answer.getBytes(StandardCharsets.UTF_8))
          .status()) {
        case Accepted -> Sent.ACCEPTED;
        case Failed -> Sent.FAILED;
        case VersionMismatch -> Sent.VERSION_MISMATCH;
      };
    } catch (WireException e) {
      return Sent.FAILED;
    }
  }

  @Override
  public int size(ListChange change) {
    return Wire.toBytes(line(change)).length + 1;
  }
}
