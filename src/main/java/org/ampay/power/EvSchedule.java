package org.ampay.power;

import java.time.Instant;

/**
 * What an EV is going to do.
 *
 * @param base what the schedule's seconds are counted from
 * @param json the schedule as sent
 */
public record EvSchedule(int evseNo, Instant base, Schedule schedule, String json) {}
