package org.ampay.ocpi.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.ampay.ocpi.InterfaceRole;
import org.ampay.ocpi.ModuleId;
import org.jspecify.annotations.Nullable;

/**
 * What we ask of a partner.
 *
 * @param role which side of the module the partner is
 * @param path behind the module's URL, not encoded
 * @param absolute instead of a module's URL, for example a {@code response_url}; null otherwise
 */
public record PartnerRequest(
    ModuleId module,
    InterfaceRole role,
    String method,
    List<String> path,
    Map<String, String> query,
    @Nullable JsonNode body,
    @Nullable URI absolute) {

  public PartnerRequest {
    path = List.copyOf(path);
    query = Map.copyOf(query);
  }

  /** To where the partner receives what is ours. */
  public static PartnerRequest toReceiver(
      ModuleId module, String method, List<String> path, @Nullable JsonNode body) {
    return new PartnerRequest(module, InterfaceRole.RECEIVER, method, path, Map.of(), body, null);
  }
}
