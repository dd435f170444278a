package org.ampay.ocpi.credentials;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.ampay.ocpi.Partner;
import org.ampay.ocpi.PartyRef;
import org.ampay.ocpi.http.OcpiProblem;
import org.ampay.ocpi.json.OcpiJson;

/** The Credentials object, OCPI 2.2.1 §7.3; 2.3.0 has the same fields that we use. */
record CredentialsText(String token, URI url, List<Partner.Role> roles) {

  private static final int MOST_ROLES = 50;
  private static final int MOST_URL = 255;

  CredentialsText {
    roles = List.copyOf(roles);
  }

  /** As a partner sent it; an {@link OcpiProblem} 2001 names the field that is wrong. */
  static CredentialsText read(JsonNode body) {
    String token = text(body, "token");
    if (!token.matches("[!-~]{1,64}")) {
      throw OcpiProblem.invalid("token: takes 1 to 64 printable characters without blanks");
    }
    return new CredentialsText(token, url(text(body, "url"), "url"), roles(body.path("roles")));
  }

  /** An address that a partner wrote. */
  static URI url(String text, String field) {
    try {
      URI url = URI.create(text);
      if (text.length() <= MOST_URL
          && url.getHost() != null
          && String.valueOf(url.getScheme()).matches("https?")) {
        return url;
      }
    } catch (IllegalArgumentException e) {
      throw OcpiProblem.invalid(field + ": is no http address");
    }
    throw OcpiProblem.invalid(field + ": is no http address of at most 255 characters");
  }

  private static List<Partner.Role> roles(JsonNode all) {
    if (!all.isArray() || all.isEmpty() || all.size() > MOST_ROLES) {
      throw OcpiProblem.invalid("roles: takes a list of 1 to " + MOST_ROLES);
    }
    List<Partner.Role> roles = new ArrayList<>();
    for (JsonNode one : all) {
      String country = text(one, "country_code");
      String party = text(one, "party_id");
      if (!country.matches("[A-Za-z]{2}") || !party.matches("[!-~]{3}")) {
        throw OcpiProblem.invalid("roles: country_code takes 2 letters, party_id 3 characters");
      }
      String name = one.path("business_details").path("name").asText("");
      if (name.isBlank() || name.length() > 100) {
        throw OcpiProblem.invalid("roles: business_details.name takes 1 to 100 characters");
      }
      roles.add(new Partner.Role(text(one, "role"), new PartyRef(country, party), name));
    }
    return roles;
  }

  private static String text(JsonNode of, String field) {
    JsonNode value = of.path(field);
    if (!value.isTextual() || value.asText().isBlank()) {
      throw OcpiProblem.invalid(field + ": is missing or no text");
    }
    return value.asText();
  }

  ObjectNode json() {
    ObjectNode json = OcpiJson.object().put("token", token).put("url", url.toString());
    var list = json.putArray("roles");
    for (Partner.Role role : roles) {
      ObjectNode one = list.addObject().put("role", role.role());
      one.putObject("business_details").put("name", role.name());
      one.put("party_id", role.party().partyId());
      one.put("country_code", role.party().countryCode());
    }
    return json;
  }

  @Override
  public String toString() {
    return "CredentialsText[" + url + " " + roles + "]";
  }
}
