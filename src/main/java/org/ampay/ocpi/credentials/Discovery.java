package org.ampay.ocpi.credentials;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ampay.ocpi.InterfaceRole;
import org.ampay.ocpi.OcpiVersion;
import org.ampay.ocpi.Partner;
import org.ampay.ocpi.client.PartnerHttp;
import org.ampay.ocpi.client.PartnerReply;
import org.ampay.ocpi.http.OcpiProblem;
import org.ampay.ocpi.http.OcpiStatus;

/** Asks a partner what it speaks and where its modules are, OCPI 2.2.1 §6 and §7.1. */
final class Discovery {

  private static final int MOST_ENDPOINTS = 100;

  private final PartnerHttp http;

  Discovery(PartnerHttp http) {
    this.http = http;
  }

  /** What was found out. */
  record Found(OcpiVersion version, List<Partner.Endpoint> endpoints, Partner.TokenForm form) {

    URI credentials() {
      return endpoints.stream()
          .filter(endpoint -> endpoint.module().equals("credentials"))
          .map(Partner.Endpoint::url)
          .findFirst()
          .orElseThrow(() -> problem(OcpiStatus.NO_MATCHING_ENDPOINTS, "it has no credentials"));
    }
  }

  /**
   * Asks. The token is tried as base64 first and then as it is.
   *
   * @param wanted the version to be used; empty: the highest that both speak
   * @throws OcpiProblem 3001 its API cannot be used, 3002 no common version, 3003 endpoints missing
   */
  Found ask(Partner partner, URI versionsUrl, String token, Optional<OcpiVersion> wanted) {
    Partner.TokenForm form = Partner.TokenForm.BASE64;
    PartnerReply reply = http.call(partner, PartnerHttp.Send.get(versionsUrl, token, form)).reply();
    if (reply instanceof PartnerReply.Refused refused && refused.http() == 401) {
      form = Partner.TokenForm.PLAIN;
      reply = http.call(partner, PartnerHttp.Send.get(versionsUrl, token, form)).reply();
    }
    JsonNode versions = data(reply, "its versions");
    if (!versions.isArray()) {
      throw unusable("its versions", "they are no list");
    }
    for (OcpiVersion version : List.of(OcpiVersion.values()).reversed()) {
      if (wanted.isPresent() && wanted.get() != version) {
        continue;
      }
      for (JsonNode one : versions) {
        if (one.path("version").asText().equals(version.wire())) {
          URI url = url(one, "its versions");
          JsonNode details =
              data(
                  http.call(partner, PartnerHttp.Send.get(url, token, form)).reply(),
                  "its endpoints of " + version.wire());
          if (!details.path("endpoints").isArray()) {
            throw unusable("its endpoints of " + version.wire(), "they are no list");
          }
          Found found = new Found(version, endpoints(details), form);
          found.credentials();
          return found;
        }
      }
    }
    throw problem(OcpiStatus.UNSUPPORTED_VERSION, "it speaks no version that we speak");
  }

  private static JsonNode data(PartnerReply reply, String what) {
    return switch (reply) {
      case PartnerReply.Done done -> done.data();
      case PartnerReply.Refused refused -> throw unusable(what, refused.message());
      case PartnerReply.Failed failed -> throw unusable(what, failed.reason());
      case PartnerReply.NoEndpoint none -> throw unusable(what, none.reason());
    };
  }

  /** What is wrong there is no fault of the credentials that were sent. */
  private static URI url(JsonNode of, String what) {
    try {
      return CredentialsText.url(of.path("url").asText(), "url");
    } catch (OcpiProblem e) {
      throw unusable(what, String.valueOf(e.getMessage()));
    }
  }

  private static OcpiProblem unusable(String what, String why) {
    return problem(OcpiStatus.CLIENT_API_UNUSABLE, what + " could not be read: " + why);
  }

  private static OcpiProblem problem(OcpiStatus status, String message) {
    return new OcpiProblem(200, status, message);
  }

  private static List<Partner.Endpoint> endpoints(JsonNode details) {
    List<Partner.Endpoint> all = new ArrayList<>();
    for (JsonNode one : details.path("endpoints")) {
      String role = one.path("role").asText();
      String module = one.path("identifier").asText();
      if (module.matches("[a-z0-9_.-]{1,40}")
          && (role.equals("SENDER") || role.equals("RECEIVER") || module.equals("credentials"))
          && all.size() < MOST_ENDPOINTS) {
        URI url = url(one, "its endpoints");
        InterfaceRole side =
            role.equals("RECEIVER") ? InterfaceRole.RECEIVER : InterfaceRole.SENDER;
        all.add(new Partner.Endpoint(module, side, url));
      }
    }
    return all;
  }
}
