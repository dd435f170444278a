package org.ampay.station.certs;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Set;

/**
 * Which addresses a station's message may make us call: http and https, no user name, and nothing
 * inside our own network unless it is allowed by setting. The check is made before each request,
 * and redirects are never followed.
 */
final class ResponderGuard {

  private static final int MAX_CHARS = 512;
  private static final Set<String> SCHEMES = Set.of("http", "https");

  private final boolean privateAddresses;

  ResponderGuard(boolean privateAddresses) {
    this.privateAddresses = privateAddresses;
  }

  /**
   * The address, when it may be called; may ask the name service.
   *
   * @throws BadCertificateException when not, saying why
   */
  URI allowed(String url) {
    URI uri = parsed(url);
    String scheme = uri.getScheme();
    if (scheme == null || !SCHEMES.contains(scheme.toLowerCase(Locale.ROOT))) {
      throw new BadCertificateException("the responder's URL is neither http nor https");
    }
    String host = uri.getHost();
    if (host == null || uri.getRawUserInfo() != null) {
      throw new BadCertificateException("the responder's URL has no plain host");
    }
    if (!privateAddresses) {
      for (InetAddress address : addresses(host)) {
        if (!isPublic(address)) {
          throw new BadCertificateException(
              "the responder " + host + " is not on a public address (ocsp.private_addresses)");
        }
      }
    }
    return uri;
  }

  private static URI parsed(String url) {
    if (url.length() > MAX_CHARS) {
      throw new BadCertificateException("the responder's URL is longer than " + MAX_CHARS);
    }
    try {
      return new URI(url.strip());
    } catch (URISyntaxException e) {
      throw new BadCertificateException("the responder's URL is none", e);
    }
  }

  private static InetAddress[] addresses(String host) {
    try {
      return InetAddress.getAllByName(host);
    } catch (UnknownHostException e) {
      throw new BadCertificateException("the responder " + host + " has no address", e);
    }
  }

  /** False for loopback, link-local, private, shared, multicast and unspecified addresses. */
  static boolean isPublic(InetAddress address) {
    byte[] bytes = address.getAddress();
    boolean special =
        address.isAnyLocalAddress()
            || address.isLoopbackAddress()
            || address.isLinkLocalAddress()
            || address.isSiteLocalAddress()
            || address.isMulticastAddress();
    if (special) {
      return false;
    }
    int first = bytes[0] & 0xff;
    int second = bytes[1] & 0xff;
    return bytes.length == 4
        ? first != 0 && first < 240 && !(first == 100 && second >= 64 && second < 128)
        : (first & 0xfe) != 0xfc && !isTranslated(bytes);
  }

  /** IPv4 addresses inside of IPv6 ones (64:ff9b::/96, 2002::/16) could hide a private one. */
  private static boolean isTranslated(byte[] bytes) {
    int start = (bytes[0] & 0xff) << 8 | (bytes[1] & 0xff);
    return start == 0x2002 || start == 0x0064;
  }
}
