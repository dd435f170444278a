package org.ampay.access;

/**
 * A CALL to a station in the words of its OCPP version.
 *
 * @param payload JSON text
 */
public record StationOrder(String action, String payload) {}
