package org.ampay.web.report;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import org.ampay.station.StationInfo;
import org.ampay.station.StationSecurity;
import org.ampay.web.http.Problem;

/** Places outside that stations load from or to, as people and keys name them. */
final class Locations {

  private static final Set<String> SCHEMES = Set.of("http", "https", "ftp", "ftps", "sftp");
  private static final int LONGEST = 512;

  private final StationSecurity security;

  Locations(StationSecurity security) {
    this.security = security;
  }

  /**
   * Checks a location.
   *
   * @throws org.ampay.web.http.ProblemException when it is no URL that stations know, or gives away
   *     the station's OCPP password (N01.FR.17)
   */
  String checked(StationInfo station, String location) {
    URI uri;
    try {
      uri = new URI(location);
    } catch (URISyntaxException e) {
      throw bad("must be a URL");
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (!SCHEMES.contains(scheme) || uri.getHost() == null || location.length() > LONGEST) {
      throw bad("must be a URL of http, https, ftp, ftps or sftp with at most 512 characters");
    }
    if (hasPasswordOf(station, uri.getRawUserInfo())) {
      throw bad("must not hold the station's OCPP password: anybody on the way could read it");
    }
    return location;
  }

  private boolean hasPasswordOf(
      StationInfo station, @org.jspecify.annotations.Nullable String user) {
    int colon = user == null ? -1 : user.indexOf(':');
    if (user == null || colon < 0) {
      return false;
    }
    String password =
        URLDecoder.decode(user.substring(colon + 1).replace("+", "%2B"), StandardCharsets.UTF_8);
    return security.isPassword(station, password);
  }

  private static RuntimeException bad(String why) {
    return Problem.badField("location", why).exception();
  }
}
