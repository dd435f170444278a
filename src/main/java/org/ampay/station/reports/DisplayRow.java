package org.ampay.station.reports;

import java.time.Instant;

/**
 * A message on a display as last known.
 *
 * @param state set, refused, cleared (by us), gone (the station no longer has it)
 * @param answer the station's last word on it; empty: it reported it by itself
 */
public record DisplayRow(DisplayMessage message, String state, String answer, Instant changedAt) {}
