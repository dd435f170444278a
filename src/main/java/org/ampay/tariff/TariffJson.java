package org.ampay.tariff;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tariffs from and to JSON. Reads the shapes of OCPI 2.2.1 and 2.3.0 and the fields of {@link
 * TariffExtras}; a field that is neither is an error that names it.
 */
public final class TariffJson {

  /** Keeps every digit of a number, and bounds what a text may cost. */
  static final ObjectMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(20)
                          .maxNumberLength(60)
                          .maxStringLength(20_000)
                          .build())
                  .build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
          .build();

  private static final int MAX_DAYS = 14;

  private TariffJson() {}

  /**
   * A JSON tree that keeps every digit; read bodies that hold prices with it.
   *
   * @throws InvalidInputException when the text is no JSON, has a key twice or is too deep
   */
  public static JsonNode readTree(String json) {
    try {
      return MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new InvalidInputException("", "no valid JSON: " + e.getOriginalMessage());
    }
  }

  /**
   * A tariff from its JSON object.
   *
   * @throws InvalidInputException naming the path of what is wrong
   */
  public static Tariff read(JsonNode node) {
    return read(node, "");
  }

  /** As {@link #read(JsonNode)}, for a tariff that lies at {@code path} of a larger document. */
  public static Tariff read(JsonNode node, String path) {
    JsonFields fields = JsonFields.of(node, path).ignoring(OWNER_FIELDS);
    TariffInfo info = info(fields);
    String currency = fields.requiredText("currency");
    TaxIncluded tax = fields.choice("tax_included", TaxIncluded.values(), TaxIncluded::wire);
    PriceLimit min = limit(fields.object("min_price"));
    PriceLimit max = limit(fields.object("max_price"));
    var start = fields.instant("start_date_time");
    var end = fields.instant("end_date_time");
    JsonNode list = fields.required("elements");
    Checks.require(
        !list.isArray() || list.size() <= Tariff.MAX_ELEMENTS,
        fields.at("elements"),
        "must have at most " + Tariff.MAX_ELEMENTS);
    List<TariffElement> elements = fields.list("elements", TariffJson::element);
    TariffExtras extras = ExtrasJson.read(fields);
    fields.end();
    return fields.build(
        () ->
            new Tariff(
                info,
                currency,
                tax,
                elements,
                new Tariff.Limits(min, max),
                new Tariff.Validity(start, end),
                extras));
  }

  /** The JSON text: canonical, equal for equal tariffs. */
  public static String write(Tariff tariff) {
    return TariffWriter.text(TariffWriter.tariff(tariff));
  }

  private static final String[] OWNER_FIELDS = {"country_code", "party_id", "last_updated"};

  private static TariffInfo info(JsonFields fields) {
    String id = fields.text("id");
    TariffType type = fields.choice("type", TariffType.values(), TariffType::name);
    List<DisplayText> texts = fields.list("tariff_alt_text", TariffJson::displayText);
    String url = fields.text("tariff_alt_url");
    JsonNode mix = fields.find("energy_mix");
    Checks.require(mix == null || mix.isObject(), fields.at("energy_mix"), "must be an object");
    BigDecimal preauthorize = fields.decimal("preauthorize_amount");
    return fields.build(
        () ->
            new TariffInfo(
                id, type, texts, url, mix == null ? null : TariffWriter.text(mix), preauthorize));
  }

  private static DisplayText displayText(JsonNode node, String path) {
    JsonFields fields = JsonFields.of(node, path);
    String language = fields.requiredText("language");
    String text = fields.requiredText("text");
    fields.end();
    return fields.build(() -> new DisplayText(language, text));
  }

  private static @Nullable PriceLimit limit(@Nullable JsonFields fields) {
    if (fields == null) {
      return null;
    }
    boolean newShape = fields.has("before_taxes") || fields.has("after_taxes");
    BigDecimal excl = fields.requiredDecimal(newShape ? "before_taxes" : "excl_vat");
    BigDecimal incl = fields.decimal(newShape ? "after_taxes" : "incl_vat");
    fields.end();
    return fields.build(() -> new PriceLimit(excl, incl));
  }

  private static TariffElement element(JsonNode node, String path) {
    JsonFields fields = JsonFields.of(node, path);
    fields.required("price_components");
    List<PriceComponent> components = fields.list("price_components", TariffJson::component);
    JsonFields restrictions = fields.object("restrictions");
    Restrictions limits = restrictions == null ? Restrictions.NONE : restrictions(restrictions);
    fields.end();
    return fields.build(() -> new TariffElement(components, limits));
  }

  private static PriceComponent component(JsonNode node, String path) {
    JsonFields fields = JsonFields.of(node, path);
    fields.required("type");
    Dimension type =
        Objects.requireNonNull(fields.choice("type", Dimension.values(), Dimension::name));
    BigDecimal price = fields.requiredDecimal("price");
    BigDecimal vat = fields.decimal("vat");
    int step = fields.requiredInt("step_size");
    fields.end();
    return fields.build(() -> new PriceComponent(type, price, vat, step));
  }

  private static Restrictions restrictions(JsonFields fields) {
    LocalWindow window = window(fields);
    Restrictions.Bounds kwh = bounds(fields, "kwh");
    Restrictions.Bounds current = bounds(fields, "current");
    Restrictions.Bounds power = bounds(fields, "power");
    Restrictions.Bounds duration = bounds(fields, "duration");
    ReservationKind reservation =
        fields.choice("reservation", ReservationKind.values(), ReservationKind::name);
    List<TouTier> tiers = fields.list("calendar_tiers", TouTier.values().length, TariffJson::tier);
    Checks.require(
        !tiers.isEmpty() || !fields.has("calendar_tiers"),
        fields.at("calendar_tiers"),
        "must not be empty, else it never matches");
    fields.end();
    return fields.build(
        () ->
            new Restrictions(
                window, kwh, current, power, duration, reservation, Set.copyOf(tiers)));
  }

  private static Restrictions.Bounds bounds(JsonFields fields, String name) {
    return new Restrictions.Bounds(fields.decimal("min_" + name), fields.decimal("max_" + name));
  }

  static LocalWindow window(JsonFields fields) {
    var from = fields.clock("start_time");
    var to = fields.clock("end_time");
    var first = fields.date("start_date");
    var last = fields.date("end_date");
    Set<DayOfWeek> days = days(fields);
    return fields.build(() -> new LocalWindow(from, to, first, last, days));
  }

  static Set<DayOfWeek> days(JsonFields fields) {
    return Set.copyOf(fields.list("day_of_week", MAX_DAYS, TariffJson::day));
  }

  private static TouTier tier(JsonNode node, String path) {
    return JsonFields.choose(node.asText(), TouTier.values(), TouTier::name, path);
  }

  private static DayOfWeek day(JsonNode node, String path) {
    return JsonFields.choose(node.asText(), DayOfWeek.values(), DayOfWeek::name, path);
  }
}
