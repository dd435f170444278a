package org.ampay.web.http;

import java.net.URI;
import java.util.Optional;

/**
 * How the outside reaches our pages.
 *
 * @param told by the settings; empty: what the browser calls us
 */
public record PublicUrl(Optional<URI> told) {

  /** The address of a path, as this caller can reach it. */
  public URI of(Call call, String path) {
    String base =
        told.map(url -> url.toString().replaceFirst("/+$", ""))
            .orElseGet(
                () ->
                    "http://"
                        + call.authority()
                            .filter(host -> host.matches("[A-Za-z0-9.:\\[\\]-]{1,200}"))
                            .orElse("localhost"));
    return URI.create(base + path);
  }

  /** Cookies go over https only. */
  public boolean secure() {
    return told.map(url -> "https".equals(url.getScheme())).orElse(false);
  }
}
