package org.ampay.ocpp.v16;

import org.ampay.access.Authorization;
import org.ampay.access.AuthorizationStatus;
import org.ampay.ocpp.v16.wire.IdTagInfo;

/** Decisions about tokens in the words of OCPP 1.6, which has five of them. */
final class IdTagInfos {

  static final IdTagInfo INVALID =
      IdTagInfo.of(org.ampay.ocpp.v16.wire.AuthorizationStatus.Invalid);

  private static final int MAX_ID_TAG = 20;

  private IdTagInfos() {}

  static IdTagInfo of(Authorization decision) {
    String parent = decision.groupToken();
    boolean named = decision.accepted() && parent != null && parent.length() <= MAX_ID_TAG;
    return new IdTagInfo(decision.expiresAt(), named ? parent : null, status(decision.status()));
  }

  private static org.ampay.ocpp.v16.wire.AuthorizationStatus status(AuthorizationStatus status) {
    return switch (status) {
      case ACCEPTED -> org.ampay.ocpp.v16.wire.AuthorizationStatus.Accepted;
      case EXPIRED -> org.ampay.ocpp.v16.wire.AuthorizationStatus.Expired;
      case CONCURRENT_TX -> org.ampay.ocpp.v16.wire.AuthorizationStatus.ConcurrentTx;
      case INVALID, UNKNOWN -> org.ampay.ocpp.v16.wire.AuthorizationStatus.Invalid;
      case BLOCKED, NO_CREDIT, NOT_ALLOWED_TYPE_EVSE, NOT_AT_THIS_LOCATION, NOT_AT_THIS_TIME ->
          org.ampay.ocpp.v16.wire.AuthorizationStatus.Blocked;
    };
  }
}
