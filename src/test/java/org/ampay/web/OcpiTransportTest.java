package org.ampay.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.ampay.store.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the transport of OCPI demands of each request, whatever the module; over real HTTP. */
class OcpiTransportTest {

  @RegisterExtension static final TestDatabase DB = new TestDatabase();
  private static final String LIST = "/2.2.1/locations";

  private OcpiFixture ocpi;
  private long id;
  private String token;

  @BeforeEach
  void start() {
    DB.clear();
    ocpi = new OcpiFixture(DB.database());
    JsonNode invited = ocpi.invite("EMP");
    id = invited.path("id").asLong();
    token = ocpi.register(invited.path("token_a").asText());
  }

  @AfterEach
  void stop() {
    ocpi.close();
  }

  @Test
  void unknownTokens_are401_beforeTheirBodyIsRead() {
    for (String method : new String[] {"GET", "PUT", "DELETE"}) {
      OcpiFixture.Heard heard = ocpi.call(method, LIST, "nobody", null, Map.of());
      assertThat(heard.http()).isEqualTo(401);
      assertThat(heard.status()).isBetween(2000, 2999);
    }
    OcpiFixture.Heard heard = ocpi.call("PUT", LIST, "nobody", "x".repeat(200_000), Map.of());
    assertThat(heard.http()).isEqualTo(401);
  }

  @Test
  void aSuspendedPartner_is401_untilItGoesOn() {
    ocpi.web.call(ocpi.key, "PATCH", "/ocpi/parties/" + id, "{\"suspended\":true}");
    assertThat(ocpi.get(token, LIST).http()).isEqualTo(401);
    assertThat(ocpi.get(token, "/versions").http()).isEqualTo(401);
    ocpi.web.call(ocpi.key, "PATCH", "/ocpi/parties/" + id, "{\"suspended\":false}");
    assertThat(ocpi.get(token, LIST).status()).isEqualTo(1000);
  }

  @Test
  void pages_linkOnlyTheNext_atOurAddress_withTheFilters() {
    String asked = LIST + "/?date_from=2020-01-01T00%3A00%3A00Z&offset=10&limit=10";
    OcpiFixture.Heard page = ocpi.get(token, asked);
    assertThat(page.body().path("data")).hasSize(10);
    assertThat(page.header("x-total-count")).isEqualTo("25");
    assertThat(page.header("x-limit")).isEqualTo("1000");
    assertThat(page.raw().headers().allValues("link"))
        .containsExactly(
            "<"
                + ocpi.web.url("/ocpi" + LIST)
                + "?date_from=2020-01-01T00%3A00%3A00Z&limit=10&offset=20>; rel=\"next\"");
  }

  @Test
  void pages_followedByTheirLinks_giveEachObjectOnce() {
    assertThat(followed(LIST + "?limit=7", 4)).hasSize(ListedModule.SIZE);
  }

  @Test
  void pagesWithAGap_areFollowedToTheEnd_andGiveNothingTwice() {
    assertThat(followed(LIST + "?limit=1&gap=0", 25)).hasSize(ListedModule.SIZE - 1);
    assertThat(followed(LIST + "?limit=10&gap=3", 3)).hasSize(ListedModule.SIZE - 1);
  }

  private Set<String> followed(String first, int wanted) {
    Set<String> ids = new HashSet<>();
    String next = first;
    int pages = 0;
    while (!next.isEmpty()) {
      OcpiFixture.Heard page = ocpi.get(token, next);
      page.body()
          .path("data")
          .forEach(one -> assertThat(ids.add(one.path("id").asText())).isTrue());
      String link = page.header("link").replaceFirst("^<.*?/ocpi", "").replaceFirst(">.*", "");
      next = link;
      pages++;
    }
    assertThat(pages).isEqualTo(wanted);
    return ids;
  }

  @ParameterizedTest
  @CsvSource({"0,25,25", "20,5,5", "0,1000,25", "0,99999999,25", "25,10,0", "1000000,10,0"})
  void theLastPage_hasNoNext_butBothNumbers(long offset, long limit, int items) {
    OcpiFixture.Heard page = ocpi.get(token, LIST + "?offset=" + offset + "&limit=" + limit);
    assertThat(page.status()).isEqualTo(1000);
    assertThat(page.body().path("data")).hasSize(items);
    assertThat(page.header("link")).isEmpty();
    assertThat(page.header("x-total-count")).isEqualTo("25");
    assertThat(page.header("x-limit")).isEqualTo("1000");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "limit=0",
        "limit=-1",
        "limit=ten",
        "limit=1.5",
        "offset=-1",
        "offset=a",
        "offset=99999999999999999999",
        "date_from=yesterday",
        "date_to=2026-13-01T00:00:00Z",
        "date_from=2026-01-01",
        "date_from=2026-01-01T00:00:00%2B05:00"
      })
  void pagesThatMakeNoSense_are2001(String query) {
    OcpiFixture.Heard heard = ocpi.get(token, LIST + "?" + query);
    assertThat(heard.http()).isEqualTo(200);
    assertThat(heard.status()).isEqualTo(2001);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-01-31T10:11:12Z", "2026-01-31T10:11:12", "2026-01-31T10:11:12.000Z",
        "2026-01-31T10:11:12.000000", "2026-01-31T10:11:12%2B00:00", "2026-01-31T10:11:12+00:00",
        "2026-01-31T10%3A11%3A12.0%2B00%3A00"
      })
  void dates_areReadInEveryFormThatMeansUtc(String written) {
    OcpiFixture.Heard heard = ocpi.get(token, LIST + "/x?date_from=" + written);
    assertThat(heard.body().at("/data/date_from").asText()).isEqualTo("2026-01-31T10:11:12Z");
  }

  @Test
  void idsOfAnyCharacters_andTrailingSlashes_reachTheModule() {
    OcpiFixture.Heard heard =
        ocpi.get(token, LIST + "/a%23b%2Fc%25d%2Ae+f%20g/ /".replace(" ", "h"));
    assertThat(heard.http()).isEqualTo(200);
    assertThat(heard.body().at("/data/path").toString()).isEqualTo("[\"a#b/c%d*e+f g\",\"h\"]");
    assertThat(ocpi.get(token, "/versions/").http()).isEqualTo(200);
    assertThat(ocpi.get(token, "/2.2.1/").http()).isEqualTo(200);
  }

  @Test
  void routing_isTurnedRound_andStrangersAreRefused() {
    Map<String, String> right =
        Map.of(
            "OCPI-from-country-code", "de",
            "OCPI-from-party-id", "EMP",
            "OCPI-to-country-code", "CN",
            "OCPI-to-party-id", "AMP");
    OcpiFixture.Heard heard = ocpi.call("GET", LIST + "/x", token, null, right);
    assertThat(heard.body().at("/data/from").asText()).isEqualTo("DE*EMP");
    assertThat(heard.header("ocpi-to-party-id")).isEqualTo("EMP");
    assertThat(heard.header("ocpi-from-party-id")).isEqualTo("AMP");
    assertThat(heard.header("ocpi-from-country-code")).isEqualTo("CN");
    Map<String, String> toOther = Map.of("OCPI-to-country-code", "CN", "OCPI-to-party-id", "ZZZ");
    assertThat(ocpi.call("GET", LIST, token, null, toOther).http()).isEqualTo(404);
    Map<String, String> asOther =
        Map.of("OCPI-from-country-code", "DE", "OCPI-from-party-id", "ZZZ");
    assertThat(ocpi.call("GET", LIST, token, null, asOther).status()).isEqualTo(2001);
  }

  @Test
  void ids_areEchoed_orMadeWhereThereAreNone() {
    Map<String, String> ids = Map.of("X-Request-ID", "r-7", "X-Correlation-ID", "c-7");
    for (String path : new String[] {LIST, "/versions", "/9.9", LIST + "?limit=0"}) {
      OcpiFixture.Heard heard = ocpi.call("GET", path, token, null, ids);
      assertThat(heard.header("x-request-id")).isEqualTo("r-7");
      assertThat(heard.header("x-correlation-id")).isEqualTo("c-7");
    }
    assertThat(ocpi.get(token, LIST).header("x-request-id")).isNotEmpty();
    assertThat(ocpi.call("GET", LIST, "nobody", null, ids).header("x-request-id")).isEqualTo("r-7");
  }

  @Test
  void whatIsNoJson_is400_andAWrongTypeIs2001() {
    String deep = "[".repeat(500) + "]".repeat(500);
    for (String bad :
        new String[] {"{", "not json", "{}{}", "{\"a\":1,\"a\":2}", deep, "\"\u00ff\u00fe\""}) {
      OcpiFixture.Heard heard = ocpi.call("PUT", LIST, token, bad, Map.of());
      assertThat(heard.http()).as(bad.substring(0, 1)).isEqualTo(400);
      assertThat(heard.status()).isBetween(2000, 2999);
    }
    for (String wrong : new String[] {"[]", "7", "\"text\"", "null"}) {
      OcpiFixture.Heard heard = ocpi.call("PUT", LIST, token, wrong, Map.of());
      assertThat(heard.http()).isEqualTo(200);
      assertThat(heard.status()).isEqualTo(2001);
    }
    assertThat(ocpi.call("PUT", LIST, token, null, Map.of()).status()).isEqualTo(2001);
    OcpiFixture.Heard exact = ocpi.call("PUT", LIST, token, "{\"a\":0.10}", Map.of());
    assertThat(exact.raw().body()).contains("{\"a\":0.10}");
  }

  @Test
  void unknownAddressesAre404_methods405_ourFaults3000() {
    for (String path : new String[] {"/2.1.1", "/2.1.1/locations", "/2.2.1/nothing", "/", "/x"}) {
      OcpiFixture.Heard heard = ocpi.get(token, path);
      assertThat(heard.http()).as(path).isEqualTo(404);
      assertThat(heard.status()).isBetween(2000, 2999);
    }
    assertThat(ocpi.call("PATCH", LIST, token, "{}", Map.of()).http()).isEqualTo(405);
    assertThat(ocpi.call("DELETE", "/versions", token, null, Map.of()).http()).isEqualTo(405);
    OcpiFixture.Heard fault = ocpi.call("POST", LIST, token, "{}", Map.of());
    assertThat(fault.http()).isEqualTo(200);
    assertThat(fault.status()).isEqualTo(3000);
    assertThat(fault.raw().body()).doesNotContain("secret detail");
  }

  @Test
  void tenMegabytes_areRefusedWithAnEnvelope() {
    OcpiFixture.Heard heard = ocpi.call("PUT", LIST, token, "x".repeat(10_000_000), Map.of());
    assertThat(heard.http()).isEqualTo(413);
    assertThat(heard.status()).isEqualTo(2000);
    assertThat(ocpi.get(token, LIST).status()).isEqualTo(1000);
  }

  @Test
  void aPartnerThatCallsTooOften_is429_andOthersAreNot() {
    int served = 0;
    OcpiFixture.Heard heard = ocpi.get(token, "/versions");
    while (heard.http() == 200 && served < 3_000) {
      served++;
      heard = ocpi.get(token, "/versions");
    }
    assertThat(heard.http()).isEqualTo(429);
    assertThat(heard.header("retry-after")).isEqualTo("1");
    assertThat(heard.status()).isEqualTo(2000);
    String other = ocpi.invite("OTH").path("token_a").asText();
    assertThat(ocpi.get(other, "/versions").http()).isEqualTo(200);
    ocpi.web.time.advance(java.time.Duration.ofSeconds(1));
    assertThat(ocpi.get(token, "/versions").http()).isEqualTo(200);
  }
}
