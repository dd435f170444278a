package org.ampay.ocpi.cdr;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.ampay.ocpi.OcpiVersion;
import org.ampay.ocpi.json.JsonText;

/**
 * A CDR's texts, one a version, ready to be handed out; they never change.
 *
 * @param repriced whether the partner's own computing comes to the same total, in each version
 */
public record CdrTexts(Map<OcpiVersion, String> texts, boolean repriced) {

  static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder().enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN).build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  public CdrTexts {
    texts = Map.copyOf(texts);
  }

  /** The text of a version. */
  public String of(OcpiVersion version) {
    String text = texts.get(version);
    if (text == null) {
      throw new IllegalArgumentException("no text of version " + version);
    }
    return text;
  }

  /** What is wrong with one of them, with the version before it. */
  public List<String> problems(BiFunction<OcpiVersion, ObjectNode, List<String>> further) {
    List<String> problems = new ArrayList<>();
    for (OcpiVersion version : OcpiVersion.values()) {
      ObjectNode tree = tree(of(version));
      CdrCheck.problems(tree).forEach(problem -> problems.add(version.wire() + " " + problem));
      further.apply(version, tree).forEach(problem -> problems.add(version.wire() + " " + problem));
    }
    return problems;
  }

  /**
   * The credit of it: all the same, but an id of its own, whose credit it is, and a total below 0.
   */
  public CdrTexts credit(String id, Instant at) {
    Map<OcpiVersion, String> credits = new EnumMap<>(OcpiVersion.class);
    texts.forEach(
        (version, text) -> {
          ObjectNode cdr = tree(text);
          String reference = cdr.path("id").asText();
          cdr.put("id", id);
          negate(cdr.withObject("/total_cost"));
          cdr.put("credit", true);
          cdr.put("credit_reference_id", reference);
          cdr.put("last_updated", JsonText.time(at));
          credits.put(version, text(cdr));
        });
    return new CdrTexts(credits, repriced);
  }

  private static void negate(ObjectNode cost) {
    for (String field : List.of("excl_vat", "incl_vat", "before_taxes")) {
      Optional.ofNullable(cost.get(field))
          .ifPresent(amount -> cost.put(field, negated(amount.decimalValue())));
    }
    cost.path("taxes")
        .forEach(
            tax -> ((ObjectNode) tax).put("amount", negated(tax.path("amount").decimalValue())));
  }

  private static BigDecimal negated(BigDecimal amount) {
    return amount.negate();
  }

  /** A text as a tree that keeps every digit. */
  public static ObjectNode tree(String text) {
    try {
      return (ObjectNode) JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a stored CDR is no JSON", e);
    }
  }

  static String text(ObjectNode tree) {
    try {
      return JSON.writeValueAsString(tree);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree is always JSON", e);
    }
  }
}
