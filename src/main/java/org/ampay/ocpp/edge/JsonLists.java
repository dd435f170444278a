package org.ampay.ocpp.edge;

import java.util.List;
import java.util.stream.Collectors;
import org.ampay.ocpp.wire.Wire;
import org.ampay.ocpp.wire.WireObject;

/** Lists of wire records as JSON text. */
public final class JsonLists {

  private JsonLists() {}

  public static String of(List<? extends WireObject> items) {
    return items.stream().map(Wire::toJson).collect(Collectors.joining(",", "[", "]"));
  }
}
