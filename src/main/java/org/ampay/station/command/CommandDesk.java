package org.ampay.station.command;

/** Everything about commands that pages and the API need. */
public record CommandDesk(CommandHistory history, CommandQueue queue, CommandQueueStore store) {}
