package org.ampay.app.partner;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Answers calls of one module. */
interface Desk {

  /**
   * Does what is asked.
   *
   * @param rest the path behind the module
   */
  Outgoing answer(Incoming call, List<String> rest, JsonNode body);
}
