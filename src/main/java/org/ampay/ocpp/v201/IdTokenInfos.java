package org.ampay.ocpp.v201;

import java.util.List;
import java.util.regex.Pattern;
import org.ampay.access.Authorization;
import org.ampay.access.AuthorizationStatus;
import org.ampay.charging.PriceMessage;
import org.ampay.ocpp.v201.wire.AuthorizationStatusEnumType;
import org.ampay.ocpp.v201.wire.IdTokenEnumType;
import org.ampay.ocpp.v201.wire.IdTokenInfoType;
import org.ampay.ocpp.v201.wire.IdTokenType;
import org.ampay.ocpp.v201.wire.MessageContentType;
import org.ampay.ocpp.v201.wire.MessageFormatEnumType;

/** Decisions about tokens in the words of OCPP 2.0.1. */
final class IdTokenInfos {

  static final IdTokenInfoType INVALID = IdTokenInfoType.of(AuthorizationStatusEnumType.Invalid);

  private static final int MAX_ID_TOKEN = 36;

  /** RFC 5646 (C01.FR.17), as far as it fits into the field's eight characters. */
  private static final Pattern LANGUAGE =
      Pattern.compile("(?=.{2,8}$)[A-Za-z]{2,3}(-[A-Za-z0-9]{2,5})*");

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
    // Without a list: every EVSE (C01.FR.19).
    List<Integer> evses = decision.told().evses();
    info = evses.isEmpty() ? info : info.withEvseId(evses);
    String language = decision.told().language();
    return language != null && LANGUAGE.matcher(language).matches()
        ? info.withLanguage1(language)
        : info;
  }

  /** A text about prices; the field's language is bounded, as {@code language1}. */
  static MessageContentType message(PriceMessage price) {
    MessageContentType message = MessageContentType.of(MessageFormatEnumType.UTF8, price.text());
    return LANGUAGE.matcher(price.language()).matches()
        ? message.withLanguage(price.language())
        : message;
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
