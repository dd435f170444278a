package org.ampay.power;

/**
 * Why a command must not be sent.
 *
 * @param field path within the version's own request
 * @param text what is wrong, without the field
 */
public record Complaint(String field, String text) {}
