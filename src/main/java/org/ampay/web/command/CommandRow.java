package org.ampay.web.command;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A command as stored.
 *
 * @param payload JSON, without secrets
 * @param state {@code sent}, {@code answered}, {@code error}, {@code invalid}, {@code timeout},
 *     {@code offline}
 * @param answer JSON; null when there was none
 */
public record CommandRow(
    long id,
    String actor,
    String action,
    String payload,
    Instant createdAt,
    String state,
    @Nullable String answer) {}
