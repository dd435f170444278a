package org.ampay.payment.provider;

/**
 * A setting of an account.
 *
 * @param name {@code snake_case}
 * @param secret kept encrypted, never shown again
 * @param help one line for whoever fills it in, English
 */
public record SettingField(String name, boolean required, boolean secret, String help) {}
