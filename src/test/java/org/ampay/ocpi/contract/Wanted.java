package org.ampay.ocpi.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.ampay.ocpi.OcpiVersion;
import org.ampay.ocpi.facts.Facts;
import org.ampay.ocpi.facts.FieldFacts;
import org.ampay.ocpi.facts.Sense;
import org.ampay.ocpi.facts.Strictness;

/** What is asked of objects. */
final class Wanted {

  private Wanted() {}

  static ObjectNode find(List<ObjectNode> all, String field, String value) {
    return all.stream()
        .filter(one -> one.path(field).asText().equals(value))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + field + " " + value + " in " + all));
  }

  /** Mandatory fields are checked by the facts; of the others those must be there. */
  static void has(OcpiVersion version, String object, JsonNode value, String... optional) {
    assertThat(Facts.of(version).check(object, value, Strictness.SENT)).isEmpty();
    assertThat(Sense.check(version, object, value)).isEmpty();
    for (String field : optional) {
      FieldFacts facts = Facts.of(version).fields(object).get(field);
      assertThat(facts).as(object + "." + field).isNotNull();
      assertThat(value.has(field)).as(object + "." + field + " of " + value).isTrue();
    }
  }
}
