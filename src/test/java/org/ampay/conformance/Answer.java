package org.ampay.conformance;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What the server answered to a station's CALL.
 *
 * @param frame the whole array
 */
public record Answer(JsonNode frame) {

  public boolean isError() {
    return frame.path(0).asInt() == 4;
  }

  public String messageId() {
    return frame.path(1).asText();
  }

  /** The CALLRESULT's payload; an error fails. */
  public JsonNode payload() {
    if (isError()) {
      throw new AssertionError("CALLERROR: " + frame);
    }
    return frame.path(2);
  }

  /** The CALLERROR's code; a result fails. */
  public String errorCode() {
    if (!isError()) {
      throw new AssertionError("not a CALLERROR: " + frame);
    }
    return frame.path(2).asText();
  }

  public String errorDescription() {
    return frame.path(3).asText();
  }
}
