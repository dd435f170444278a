package org.ampay.payment.provider;

/** An answer to a callback, in the provider's own form. */
public record CallbackAnswer(int status, String contentType, String body) {}
