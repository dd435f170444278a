package org.ampay.ocpp.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/** A generated record that writes itself as a JSON object. */
public interface WireObject {

  /** Writes the object; absent optional fields are left out. */
  void write(JsonGenerator out) throws IOException;
}
