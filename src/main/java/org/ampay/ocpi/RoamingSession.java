package org.ampay.ocpi;

import org.jspecify.annotations.Nullable;

/**
 * A session of a partner's driver, as it was authorized.
 *
 * @param token the party whose token it is
 * @param type as in OCPI: {@code RFID}, {@code APP_USER}, {@code AD_HOC_USER}, {@code OTHER},
 *     {@code EMAID}
 * @param authMethod {@code AUTH_REQUEST}, {@code COMMAND} or {@code WHITELIST}
 * @param authorizationReference what the partner gave with its consent; null: nothing
 */
public record RoamingSession(
    long sessionId,
    long partnerId,
    PartyRef token,
    String uid,
    String type,
    String contractId,
    String authMethod,
    @Nullable String authorizationReference) {}
