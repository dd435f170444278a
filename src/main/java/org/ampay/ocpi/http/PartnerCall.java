package org.ampay.ocpi.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.ampay.ocpi.OcpiVersion;
import org.ampay.ocpi.Partner;
import org.ampay.ocpi.PartyRef;

/** A request of a registered partner, for one of our modules. */
public interface PartnerCall {

  Partner partner();

  /** That of the URL. */
  OcpiVersion version();

  /** {@code GET}, {@code POST}, {@code PUT}, {@code PATCH}, {@code DELETE}. */
  String method();

  /** What follows the module in the path, decoded, without a trailing slash. */
  List<String> path();

  /** A query parameter; empty: not there. */
  Optional<String> query(String name);

  /** Which part of a list is wanted; an {@link OcpiProblem} if it makes no sense. */
  PageQuery page();

  /** The body; an {@link OcpiProblem} with HTTP 400 if it is not JSON, with 2001 if no object. */
  ObjectNode object();

  /** The body, empty when there is none. */
  Optional<JsonNode> body();

  /** Who asks by the routing headers; the partner's own party if they are missing. */
  PartyRef from();
}
