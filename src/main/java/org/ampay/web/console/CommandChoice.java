package org.ampay.web.console;

/**
 * A command that can be chosen.
 *
 * @param label for people
 */
public record CommandChoice(String action, String label) {}
