package org.ampay.ocpp.v201;

import org.ampay.access.Authorization;
import org.ampay.access.AuthorizationStatus;
import org.ampay.ocpp.v201.wire.AuthorizationStatusEnumType;
import org.ampay.ocpp.v201.wire.IdTokenEnumType;
import org.ampay.ocpp.v201.wire.IdTokenInfoType;
import org.ampay.ocpp.v201.wire.IdTokenType;

/** Decisions about tokens in the words of OCPP 2.0.1. */
final class IdTokenInfos {

  static final IdTokenInfoType INVALID = IdTokenInfoType.of(AuthorizationStatusEnumType.Invalid);

  private static final int MAX_ID_TOKEN = 36;

  private IdTokenInfos() {}

  static IdTokenInfoType of(Authorization decision) {
    IdTokenInfoType info = IdTokenInfoType.of(status(decision.status()));
    if (decision.expiresAt() != null) {
      info = info.withCacheExpiryDateTime(decision.expiresAt());
    }
    String group = decision.groupToken();
    if (group != null && group.length() <= MAX_ID_TOKEN) {
      info = info.withGroupIdToken(IdTokenType.of(group, IdTokenEnumType.Central));
    }
    return info;
  }

  private static AuthorizationStatusEnumType status(AuthorizationStatus status) {
    return switch (status) {
      case ACCEPTED -> AuthorizationStatusEnumType.Accepted;
      case BLOCKED -> AuthorizationStatusEnumType.Blocked;
      case CONCURRENT_TX -> AuthorizationStatusEnumType.ConcurrentTx;
      case EXPIRED -> AuthorizationStatusEnumType.Expired;
      case INVALID -> AuthorizationStatusEnumType.Invalid;
      case NO_CREDIT -> AuthorizationStatusEnumType.NoCredit;
      case NOT_ALLOWED_TYPE_EVSE -> AuthorizationStatusEnumType.NotAllowedTypeEVSE;
      case NOT_AT_THIS_LOCATION -> AuthorizationStatusEnumType.NotAtThisLocation;
      case NOT_AT_THIS_TIME -> AuthorizationStatusEnumType.NotAtThisTime;
      case UNKNOWN -> AuthorizationStatusEnumType.Unknown;
    };
  }
}
