package org.ampay.web.message;

import org.jspecify.annotations.Nullable;

/**
 * One line of a decoded message.
 *
 * @param depth how far it stands in, from 0
 * @param name as on the wire, {@code [2]} for an item
 * @param label for people
 * @param value empty for objects and lists
 * @param complaint what is wrong; null: nothing
 */
public record Line(
    int depth, String name, String label, String value, @Nullable Complaint complaint) {}
