package org.ampay.billing.catalog;

import java.time.Instant;
import org.ampay.tariff.TariffCalendar;
import org.jspecify.annotations.Nullable;

/**
 * An immutable version of a calendar.
 *
 * @param operatorId 0: of the platform, for the tariffs of all operators
 * @param calendar carries the id and the version
 */
public record CalendarVersion(
    long calendarId,
    int version,
    long operatorId,
    TariffCalendar calendar,
    @Nullable Instant validFrom,
    Made made)
    implements Versioned {}
