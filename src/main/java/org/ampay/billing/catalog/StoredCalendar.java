package org.ampay.billing.catalog;

import java.time.Instant;

/**
 * A calendar as a thing with a name; its slots are in its {@link CalendarVersion}s.
 *
 * @param operatorId 0: of the platform, for the tariffs of all operators
 * @param currentVersion the newest one, in force or not
 */
public record StoredCalendar(
    long id, long operatorId, String name, int currentVersion, Instant createdAt) {}
