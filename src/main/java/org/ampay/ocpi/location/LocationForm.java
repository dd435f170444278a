package org.ampay.ocpi.location;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.ampay.ocpi.Partner;

/** How a version of OCPI writes places. */
public interface LocationForm {

  ObjectNode location(Place place, Partner partner);

  /** Empty: the version has no word for any of its connectors, so it is not there. */
  Optional<ObjectNode> evse(Place place, PlaceEvse evse, Partner partner);

  /** Empty: the version has no word for it. */
  Optional<ObjectNode> connector(PlaceEvse evse, PlaceConnector connector, Partner partner);

  /** What is new when only the status of an EVSE is: the body of a PATCH. */
  ObjectNode status(Place place, PlaceEvse evse);
}
