package org.ampay.ocpi.command;

import java.net.URI;
import java.net.URISyntaxException;
import org.ampay.ocpi.http.OcpiProblem;

/** Reads addresses for results. */
public final class Targets {

  private Targets() {}

  /**
   * An address to post to.
   *
   * @throws OcpiProblem 2001 if it is none
   */
  public static URI url(String text) {
    try {
      URI url = new URI(text);
      String scheme = String.valueOf(url.getScheme());
      if (url.getHost() != null
          && (scheme.equalsIgnoreCase("http") || scheme.equalsIgnoreCase("https"))) {
        return url;
      }
    } catch (URISyntaxException e) {
      // said below
    }
    throw OcpiProblem.invalid("response_url: is no http address");
  }
}
