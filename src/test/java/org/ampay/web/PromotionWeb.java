package org.ampay.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.ampay.audit.AuditLog.Verification;
import org.ampay.audit.AuditRecord;
import org.ampay.store.TestDatabase;
import org.ampay.web.WebFixture.Reply;
import org.ampay.web.people.Role;

/** The web with two operators, and what tests of promotions do over it. */
final class PromotionWeb implements AutoCloseable {

  static final String TEN_OFF =
      "{\"name\":\"立减 10\",\"kind\":\"AMOUNT\",\"value\":10,\"min_spend\":30,\"per_user\":2}";

  final WebFixture web;
  final String admin;
  final String own;
  final String other;
  final long driver;
  final long site;

  PromotionWeb(TestDatabase database) {
    web = new WebFixture(database.database());
    web.otherOperator(2);
    admin = web.key(Role.ADMIN, null);
    own = web.key(Role.OPERATOR_ADMIN, 1L);
    other = web.key(Role.OPERATOR_ADMIN, 2L);
    driver = newDriver();
    site = id(web.post(own, "/sites", "{\"code\":\"east\",\"name\":\"East\"}"));
  }

  @Override
  public void close() {
    web.close();
  }

  long newDriver() {
    return id(web.post(own, "/drivers", "{\"name\":\"Zhang Wei\"}"));
  }

  static long id(Reply reply) {
    assertThat(reply.status()).as(reply.text()).isEqualTo(201);
    return reply.body().at("/id").asLong();
  }

  long coupon(String body) {
    return id(web.post(own, "/coupons", body));
  }

  long tier(String body) {
    return id(web.post(own, "/tiers", body));
  }

  static void assertBad(Reply reply, String field) {
    assertThat(reply.status()).as(reply.text()).isEqualTo(400);
    assertThat(reply.field()).as(reply.text()).isEqualTo(field);
  }

  static void assertConflict(Reply reply, String type) {
    assertThat(reply.status()).as(reply.text()).isEqualTo(409);
    assertThat(reply.body().at("/type").asText()).isEqualTo("urn:ampay:problem:" + type);
  }

  List<AuditRecord> audit(String action, String subject) {
    assertThat(web.audit.verify()).isInstanceOf(Verification.Intact.class);
    return web.audit.list(1L, Long.MAX_VALUE, 1_000).stream()
        .filter(entry -> entry.action().equals(action) && entry.subject().equals(subject))
        .toList();
  }

  static List<Long> ids(JsonNode items) {
    List<Long> ids = new ArrayList<>();
    items.forEach(item -> ids.add(item.at("/id").asLong()));
    return ids;
  }

  long campaign(String fields) {
    return id(web.post(own, "/campaigns", "{\"name\":\"C\"," + fields + "}"));
  }
}
