package org.ampay.web.people;

import org.jspecify.annotations.Nullable;

/**
 * Who makes a call.
 *
 * @param id row of the key or user
 * @param actor as the audit log names it: {@code key:{prefix}}, {@code user:{email}}
 * @param operatorId the tenant it is bound to; null: the whole platform
 */
public record Caller(long id, String actor, Role role, @Nullable Long operatorId) {}
