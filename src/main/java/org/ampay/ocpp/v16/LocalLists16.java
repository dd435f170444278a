package org.ampay.ocpp.v16;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.ampay.access.StationOrder;
import org.ampay.access.list.ListChange;
import org.ampay.access.list.ListDialect;
import org.ampay.access.list.ListLimits;
import org.ampay.access.list.ListPart;
import org.ampay.ocpp.v16.wire.AuthorizationData;
import org.ampay.ocpp.v16.wire.GetConfigurationRequest;
import org.ampay.ocpp.v16.wire.GetLocalListVersionRequest;
import org.ampay.ocpp.v16.wire.SendLocalListRequest;
import org.ampay.ocpp.v16.wire.UpdateType;
import org.ampay.ocpp.wire.Wire;
import org.ampay.ocpp.wire.WireException;

/** SendLocalList and GetLocalListVersion of OCPP 1.6. */
public final class LocalLists16 implements ListDialect {

  private static final String ITEMS = "SendLocalListMaxLength";
  private static final String ENTRIES = "LocalAuthListMaxLength";
  private static final int MAX_ID_TAG = 20;

  @Override
  public int longestUid() {
    return MAX_ID_TAG;
  }

  @Override
  public boolean knowsMasterPass() {
    return false;
  }

  @Override
  public StationOrder askVersion() {
    return new StationOrder("GetLocalListVersion", Wire.toJson(GetLocalListVersionRequest.of()));
  }

  /** -1: not supported (5.10). */
  @Override
  public OptionalInt version(String answer) {
    try {
      int version =
          GetLocalListVersionRequest.TYPE
              .readResponse(answer.getBytes(StandardCharsets.UTF_8))
              .listVersion();
      return version < 0 ? OptionalInt.empty() : OptionalInt.of(version);
    } catch (WireException e) {
      return OptionalInt.empty();
    }
  }

  @Override
  public StationOrder askLimits() {
    return new StationOrder(
        "GetConfiguration",
        Wire.toJson(GetConfigurationRequest.of().withKey(List.of(ITEMS, ENTRIES))));
  }

  @Override
  public ListLimits limits(String answer) {
    return new ListLimits(
        Keys16.number(answer, ITEMS).orElse(ListLimits.UNKNOWN.items()),
        ListLimits.UNKNOWN.bytes(),
        Keys16.number(answer, ENTRIES).orElse(ListLimits.UNKNOWN.entries()));
  }

  @Override
  public StationOrder send(ListPart part) {
    List<AuthorizationData> lines = new ArrayList<>(part.changes().size());
    part.changes().forEach(change -> lines.add(line(change)));
    SendLocalListRequest request =
        SendLocalListRequest.of(
            part.version(), part.full() ? UpdateType.Full : UpdateType.Differential);
    return new StationOrder(
        "SendLocalList",
        Wire.toJson(lines.isEmpty() ? request : request.withLocalAuthorizationList(lines)));
  }

  /** Without idTagInfo: to be taken out. */
  private static AuthorizationData line(ListChange change) {
    AuthorizationData line = AuthorizationData.of(change.entry().uid());
    return switch (change) {
      case ListChange.Put put -> line.withIdTagInfo(IdTagInfos.of(put.entry().told()));
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
        case NotSupported -> Sent.NOT_SUPPORTED;
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
