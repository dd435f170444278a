package org.ampay.station.reports;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message on a station's display.
 *
 * @param priority AlwaysFront, InFront, NormalCycle
 * @param state in which it is shown: Charging, Faulted, Idle, Unavailable; null: in any
 * @param transactionId null: not tied to a transaction (O01.FR.04)
 * @param format ASCII, HTML, URI, UTF8
 * @param language RFC 5646 tag (O01.FR.17)
 * @param display the component that shows it, JSON; null: the station's choice
 */
public record DisplayMessage(
    int id,
    String priority,
    @Nullable String state,
    @Nullable Instant startAt,
    @Nullable Instant endAt,
    @Nullable String transactionId,
    String format,
    @Nullable String language,
    String content,
    @Nullable String display) {}
