package org.ampay.web.people;

import org.jspecify.annotations.Nullable;

/**
 * Who makes a call.
 *
 * @param id row of the key or user
 * @param actor as the audit log names it: {@code key:{prefix}}, {@code user:{email}}
 * @param person whose act that is: of a key its owner's, as {@code user:{email}}, else the actor's
 * @param operatorId the tenant it is bound to; null: the whole platform
 */
public record Caller(long id, String actor, String person, Role role, @Nullable Long operatorId) {}
