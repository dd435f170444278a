package org.ampay.app.partner;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.ampay.ocpi.OcpiVersion;
import org.ampay.ocpi.PartyRef;

/** The connection to the other side: who may call, how it is called. One, guarded by itself. */
final class Link {

  private static final int TOKEN_BYTES = 24;

  private final SecureRandom random = new SecureRandom();
  private String invitation = "";
  private String ours = "";
  private String coming = "";
  private String theirs = "";
  private OcpiVersion version = OcpiVersion.V2_2_1;
  private URI versionsUrl = URI.create("http://unknown.invalid/");
  private PartyRef party = new PartyRef("XX", "NON");
  private Map<String, URI> endpoints = Map.of();

  /**
   * The other side after the handshake.
   *
   * @param endpoints by module and role: {@code cdrs SENDER}
   */
  record Side(OcpiVersion version, URI versionsUrl, PartyRef party, Map<String, URI> endpoints) {
    Side {
      endpoints = Map.copyOf(endpoints);
    }
  }

  private String freshToken() {
    byte[] bytes = new byte[TOKEN_BYTES];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** A new TOKEN_A, for the other side to register with. */
  synchronized String invite() {
    invitation = freshToken();
    return invitation;
  }

  /** Whether a header's token is the invitation. */
  synchronized boolean isInvitation(String header) {
    return is(header, invitation);
  }

  synchronized boolean isKnown(String header) {
    return is(header, ours) || is(header, coming);
  }

  private static boolean is(String header, String token) {
    if (token.isEmpty() || !header.startsWith("Token ")) {
      return false;
    }
    String sent = header.substring("Token ".length());
    return sent.equals(token) || sent.equals(base64(token));
  }

  static String base64(String token) {
    return Base64.getEncoder().encodeToString(token.getBytes(StandardCharsets.UTF_8));
  }

  /** A new token for the other side: good besides the old one until all is settled. */
  synchronized String expect() {
    coming = freshToken();
    return coming;
  }

  /** The handshake failed: what was good before still is. */
  synchronized void abandon() {
    coming = "";
  }

  synchronized void settle(Side side, String callWith) {
    version = side.version();
    versionsUrl = side.versionsUrl();
    party = side.party();
    endpoints = new LinkedHashMap<>(side.endpoints());
    theirs = callWith;
    ours = coming;
    coming = "";
    invitation = "";
  }

  /** All tokens are void. */
  synchronized void end() {
    ours = "";
    coming = "";
    theirs = "";
    endpoints = Map.of();
  }

  synchronized boolean isUp() {
    return !theirs.isEmpty();
  }

  synchronized String theirs() {
    return theirs;
  }

  synchronized String ours() {
    return ours;
  }

  synchronized OcpiVersion version() {
    return version;
  }

  synchronized URI versionsUrl() {
    return versionsUrl;
  }

  synchronized PartyRef party() {
    return party;
  }

  synchronized Optional<URI> endpoint(String module, String role) {
    return Optional.ofNullable(endpoints.get(module + " " + role));
  }

  synchronized Map<String, URI> endpoints() {
    return Map.copyOf(endpoints);
  }
}
