package org.ampay.payment.provider;

import java.net.URI;
import java.security.SecureRandom;
import org.ampay.base.TimeSource;

/**
 * What a provider may use of the world.
 *
 * @param callbackUrl where the provider sends its callbacks for this account
 */
public record ProviderContext(TimeSource time, SecureRandom random, URI callbackUrl) {}
