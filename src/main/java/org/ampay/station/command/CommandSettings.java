package org.ampay.station.command;

/**
 * Limits of the commands.
 *
 * @param maxQueued commands that may wait for one station
 * @param maxQueueSeconds how long one may wait
 * @param retentionDays after which a command that has ended is deleted
 */
public record CommandSettings(int maxQueued, int maxQueueSeconds, int retentionDays) {

  public static final CommandSettings DEFAULT = new CommandSettings(100, 604_800, 365);
}
