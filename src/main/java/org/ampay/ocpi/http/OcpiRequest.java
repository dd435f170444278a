package org.ampay.ocpi.http;

import java.util.List;
import java.util.Map;

/**
 * A request below {@code /ocpi}, as it came.
 *
 * @param path behind {@code /ocpi/}, decoded piece by piece, without empty ones
 * @param rawPath the whole path, not decoded
 * @param query decoded; of a name that comes twice the first counts
 * @param headers names in lower case
 */
public record OcpiRequest(
    String method,
    List<String> path,
    String rawPath,
    Map<String, String> query,
    Map<String, String> headers,
    byte[] body) {

  public OcpiRequest {
    path = List.copyOf(path);
    query = Map.copyOf(query);
    headers = Map.copyOf(headers);
  }
}
