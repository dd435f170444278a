package org.ampay.conformance;

import com.fasterxml.jackson.databind.JsonNode;

/** A CALL that a station got from the server. */
public record ReceivedCall(String messageId, String action, JsonNode payload) {}
