package org.ampay.charging;

/**
 * A text about prices for a driver.
 *
 * @param language RFC 5646, of the text
 * @param text plain UTF-8
 */
public record PriceMessage(String language, String text) {}
