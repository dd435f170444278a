package org.ampay.ocpi.cdr;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ampay.audit.AuditLog;
import org.ampay.base.CountingIds;
import org.ampay.base.SecretBox;
import org.ampay.ocpi.CallLog;
import org.ampay.ocpi.OcpiVersion;
import org.ampay.ocpi.PartnerBook;
import org.ampay.ocpi.PartnerTokens;
import org.ampay.ocpi.client.PartnerHttp;
import org.ampay.ocpi.client.Reach;
import org.ampay.ocpi.credentials.Credentials;
import org.ampay.ocpi.http.OcpiRequest;
import org.ampay.ocpi.http.OcpiResponse;
import org.ampay.ocpi.http.OcpiServer;
import org.ampay.ocpi.session.OcpiSessionStore;
import org.ampay.ocpi.session.SessionsModule;
import org.ampay.store.TestDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** CDRs as partners pull them: envelopes, headers and pages of the real OCPI server. */
class CdrPullTest {

  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private static final URI BASE = URI.create("https://cpo.example");

  private CdrWorld cdrs;
  private OcpiServer server;

  @BeforeEach
  void begin() {
    cdrs = new CdrWorld(DATABASE);
    SecureRandom random = new SecureRandom();
    PartnerBook partners =
        new PartnerBook(
            DATABASE.database(),
            new SecretBox(new byte[32], random),
            id -> CdrSamples.OURS,
            new CountingIds(5000),
            cdrs.world.time);
    for (long id : new long[] {4, 9}) {
      partners.add(
          new PartnerBook.Change(
              PartnerBench.partner(id, OcpiVersion.V2_2_1), new PartnerTokens("token" + id, null)),
          tx -> {});
    }
    Credentials credentials =
        new Credentials(
            partners,
            new PartnerHttp(random, new Reach(true), CallLog.NONE, cdrs.world.time),
            new AuditLog(DATABASE.database(), cdrs.world.time),
            random,
            () -> BASE,
            id -> "Op");
    server =
        new OcpiServer(
            partners,
            credentials,
            List.of(
                new CdrsModule(cdrs.world.transactor, cdrs.store),
                new SessionsModule(cdrs.world.transactor, new OcpiSessionStore())),
            CallLog.NONE,
            () -> BASE,
            cdrs.world.time);
    for (long session = 101; session <= 107; session++) {
      cdrs.bench.belongs(session, 4);
      cdrs.published(cdrs.money.billed(session, "1"));
      cdrs.world.time.advance(Duration.ofSeconds(1));
    }
  }

  @Test
  void thePagesOfBothVersionsAreWholeAndInOrderAndFitTheFacts() {
    for (OcpiVersion version : OcpiVersion.values()) {
      List<String> sessions = new ArrayList<>();
      Map<String, String> query = new LinkedHashMap<>(Map.of("limit", "3"));
      int pages = 0;
      while (query != null) {
        OcpiResponse page = get("token4", version, "cdrs", query);
        assertThat(page.headers()).containsEntry("x-total-count", "7");
        for (JsonNode cdr : CdrTexts.tree(page.body()).path("data")) {
          assertThat(CdrSamples.complaintsOfCdr(version, cdr)).isEmpty();
          sessions.add(cdr.path("session_id").asText());
        }
        query = next(page.headers().get("link"), version);
        pages++;
      }
      assertThat(pages).isEqualTo(3);
      assertThat(sessions).containsExactly("101", "102", "103", "104", "105", "106", "107");
    }
  }

  @Test
  void anotherPartnerSeesNothingOfThem() {
    OcpiResponse page = get("token9", OcpiVersion.V2_2_1, "cdrs", Map.of());
    assertThat(page.headers()).containsEntry("x-total-count", "0").doesNotContainKey("link");
    assertThat(CdrTexts.tree(page.body()).path("data")).isEmpty();
    assertThat(get("token5", OcpiVersion.V2_2_1, "cdrs", Map.of()).http()).isEqualTo(401);
  }

  @Test
  void aPageBeyondTheEndIsEmptyAndSaysHowManyThereAre() {
    OcpiResponse page = get("token4", OcpiVersion.V2_3_0, "cdrs", Map.of("offset", "7"));
    assertThat(page.headers()).containsEntry("x-total-count", "7").doesNotContainKey("link");
    assertThat(CdrTexts.tree(page.body()).path("data")).isEmpty();
  }

  @Test
  void cdrsAreNeverChangedByPartners() {
    for (String method : List.of("POST", "PUT", "PATCH", "DELETE")) {
      assertThat(call(method, "token4", OcpiVersion.V2_2_1, List.of("cdrs"), Map.of()).http())
          .isEqualTo(405);
    }
    assertThat(call("GET", "token4", OcpiVersion.V2_2_1, List.of("cdrs", "1"), Map.of()).http())
        .isEqualTo(404);
  }

  @Test
  void sessionsWantADate() {
    OcpiResponse answer = get("token4", OcpiVersion.V2_2_1, "sessions", Map.of());
    assertThat(CdrTexts.tree(answer.body()).path("status_code").asInt()).isEqualTo(2001);
    assertThat(answer.http()).isEqualTo(200);
  }

  private OcpiResponse get(
      String token, OcpiVersion version, String module, Map<String, String> query) {
    return call("GET", token, version, List.of(module), query);
  }

  private OcpiResponse call(
      String method,
      String token,
      OcpiVersion version,
      List<String> path,
      Map<String, String> query) {
    List<String> whole = new ArrayList<>(List.of(version.wire()));
    whole.addAll(path);
    return server.handle(
        new OcpiRequest(
            method,
            whole,
            "/ocpi/" + String.join("/", whole),
            query,
            Map.of("authorization", "Token " + token),
            new byte[0]));
  }

  /** The query of the next page; null: there is none. */
  private static @Nullable Map<String, String> next(@Nullable String link, OcpiVersion version) {
    if (link == null) {
      return null;
    }
    String start = "<" + BASE + "/ocpi/" + version.wire() + "/cdrs?";
    assertThat(link).startsWith(start).endsWith(">; rel=\"next\"");
    Map<String, String> query = new HashMap<>();
    for (String pair : link.substring(start.length(), link.indexOf('>')).split("&")) {
      query.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
    }
    return query;
  }
}
