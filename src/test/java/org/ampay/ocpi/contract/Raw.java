package org.ampay.ocpi.contract;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.ampay.app.partner.PartnerAnswer;
import org.ampay.app.partner.PartnerSystem;

/** Calls just as they are written, with right headers unless said otherwise. */
record Raw(PartnerSystem partner, Map<String, String> further) {

  static Raw of(World world) {
    return new Raw(world.partner(), Map.of());
  }

  Raw with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(further);
    more.put(header, value);
    return new Raw(partner, more);
  }

  /**
   * A call of a module.
   *
   * @param path behind the module as it is sent, with its query: {@code /a%20b?limit=1}
   */
  PartnerAnswer call(String method, String module, String role, String path, String body) {
    return call(method, URI.create(partner.caller().address(module, role) + path), module, body);
  }

  PartnerAnswer call(String method, URI uri, String module, String body) {
    Map<String, String> headers = partner.caller().headers(module);
    headers.put("x-request-id", "raw-" + System.identityHashCode(body));
    headers.put("x-correlation-id", "raw-c");
    headers.put("content-type", "application/json");
    headers.putAll(further);
    return partner.caller().raw(method, uri, headers, body.getBytes(StandardCharsets.UTF_8));
  }
}
