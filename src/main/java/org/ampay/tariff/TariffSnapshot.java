package org.ampay.tariff;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.ampay.base.Digests;
import org.jspecify.annotations.Nullable;

/**
 * Everything a price depends on besides the session: frozen into a session at its start. Equal
 * snapshots have the same text and the same {@link #hash}, and are stored once.
 */
public final class TariffSnapshot {

  /** Raised whenever a rule of the engine changes; old snapshots keep the rules they have. */
  public static final String ENGINE = "1";

  private static final int MAX_TARIFFS = 20;
  private static final int MAX_ZONE = 64;
  private static final List<RoundingMode> ROUNDINGS =
      List.of(
          RoundingMode.HALF_UP,
          RoundingMode.HALF_EVEN,
          RoundingMode.HALF_DOWN,
          RoundingMode.UP,
          RoundingMode.DOWN,
          RoundingMode.CEILING,
          RoundingMode.FLOOR);

  private final List<Tariff> tariffs;
  private final ZoneId zone;
  private final RoundingMode rounding;
  private final long tariffId;
  private final int version;
  private final DriverTerms terms;
  private final String json;
  private final CompiledTariffs compiled;

  private TariffSnapshot(
      List<Tariff> tariffs, ZoneId zone, RoundingMode rounding, long tariffId, int version) {
    this.tariffs = List.copyOf(tariffs);
    this.zone = zone;
    this.rounding = rounding;
    this.tariffId = tariffId;
    this.version = version;
    check(this.tariffs);
    Checks.require(ROUNDINGS.contains(rounding), "rounding", "must be one of " + ROUNDINGS);
    Checks.require(zone.getId().length() <= MAX_ZONE, "time_zone", "is too long");
    this.json = TariffWriter.text(tree());
    this.compiled = CompiledTariffs.of(this.tariffs);
    this.terms = DriverTerms.NONE;
  }

  /** The same prices with terms; the text ends with them. */
  private TariffSnapshot(TariffSnapshot plain, DriverTerms terms) {
    this.tariffs = plain.tariffs;
    this.zone = plain.zone;
    this.rounding = plain.rounding;
    this.tariffId = plain.tariffId;
    this.version = plain.version;
    this.compiled = plain.compiled;
    this.terms = terms;
    String text = plain.json;
    this.json = text.substring(0, text.length() - 1) + ",\"terms\":" + terms.toJson() + "}";
  }

  /**
   * A snapshot of one stored version of a tariff.
   *
   * @param zone the site's
   * @throws InvalidInputException when the parts do not fit
   */
  public static TariffSnapshot of(
      long tariffId, int version, Tariff tariff, ZoneId zone, RoundingMode rounding) {
    return new TariffSnapshot(List.of(tariff), zone, rounding, tariffId, version);
  }

  /** A snapshot of tariffs that are not stored; the first holds where a segment names none. */
  public static TariffSnapshot adHoc(List<Tariff> tariffs, ZoneId zone, RoundingMode rounding) {
    return new TariffSnapshot(tariffs, zone, rounding, 0, 0);
  }

  /** The same prices in another time zone. */
  public TariffSnapshot withZone(ZoneId other) {
    return other.equals(zone)
        ? this
        : new TariffSnapshot(tariffs, other, rounding, tariffId, version).withTerms(terms);
  }

  /** The same prices for a driver who pays less. */
  public TariffSnapshot withTerms(DriverTerms others) {
    if (others.equals(terms)) {
      return this;
    }
    TariffSnapshot plain =
        terms.isNone() ? this : new TariffSnapshot(tariffs, zone, rounding, tariffId, version);
    return others.isNone() ? plain : new TariffSnapshot(plain, others);
  }

  /**
   * The snapshot that {@link #toJson} wrote; writing it again gives the same text.
   *
   * @throws InvalidInputException when the text is something else, or of an unknown engine
   */
  public static TariffSnapshot parse(String json) {
    JsonFields fields = JsonFields.of(TariffJson.readTree(json), "");
    String engine = fields.requiredText("engine");
    Checks.require(engine.equals(ENGINE), "engine", "is unknown: '" + engine + "'");
    fields.required("tariff_id");
    JsonNode id = fields.required("tariff_id");
    Checks.require(id.isIntegralNumber(), "tariff_id", "must be an integer");
    int version = fields.requiredInt("version");
    ZoneId zone = zoneOf(fields.requiredText("time_zone"), "time_zone");
    RoundingMode rounding = fields.choice("rounding", RoundingMode.values(), RoundingMode::name);
    List<Tariff> tariffs = fields.list("tariffs", TariffJson::read);
    JsonNode terms = fields.find("terms");
    fields.end();
    return new TariffSnapshot(
            tariffs, zone, Objects.requireNonNull(rounding, "rounding"), id.longValue(), version)
        .withTerms(terms == null ? DriverTerms.NONE : DriverTerms.read(terms, "terms"));
  }

  /**
   * A time zone by its name.
   *
   * @throws InvalidInputException naming {@code path} when there is none of that name
   */
  public static ZoneId zoneOf(String name, String path) {
    try {
      return ZoneId.of(name);
    } catch (DateTimeException e) {
      throw new InvalidInputException(path, "must be a time zone like Asia/Shanghai");
    }
  }

  /** Canonical JSON text. */
  public String toJson() {
    return json;
  }

  /** SHA-256 of {@link #toJson}, 32 bytes. */
  public byte[] hash() {
    return Digests.sha256(json);
  }

  /** At least one. */
  public List<Tariff> tariffs() {
    return tariffs;
  }

  public ZoneId zone() {
    return zone;
  }

  public RoundingMode rounding() {
    return rounding;
  }

  /** ISO 4217, the same in all the tariffs. */
  public String currency() {
    return tariffs.getFirst().currency();
  }

  /** Our id of the tariff, 0 when it is not stored. */
  public long tariffId() {
    return tariffId;
  }

  /** The stored version, 0 when it is not stored. */
  public int version() {
    return version;
  }

  /** What the driver pays less; {@link DriverTerms#NONE} for nothing. */
  public DriverTerms terms() {
    return terms;
  }

  CompiledTariffs compiled() {
    return compiled;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TariffSnapshot snapshot && json.equals(snapshot.json);
  }

  @Override
  public int hashCode() {
    return json.hashCode();
  }

  @Override
  public String toString() {
    return json;
  }

  private ObjectNode tree() {
    ObjectNode node = TariffWriter.NODES.objectNode();
    node.put("engine", ENGINE);
    node.put("tariff_id", tariffId);
    node.put("version", version);
    node.put("time_zone", zone.getId());
    node.put("rounding", rounding.name());
    ArrayNode list = node.putArray("tariffs");
    tariffs.forEach(tariff -> list.add(TariffWriter.tariff(tariff)));
    return node;
  }

  private static void check(List<Tariff> tariffs) {
    Checks.require(!tariffs.isEmpty(), "tariffs", "must not be empty");
    Checks.require(tariffs.size() <= MAX_TARIFFS, "tariffs", "must have at most " + MAX_TARIFFS);
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < tariffs.size(); i++) {
      Tariff tariff = tariffs.get(i);
      Checks.require(
          tariff.currency().equals(tariffs.getFirst().currency()),
          "tariffs[" + i + "].currency",
          "must be the same in all the tariffs");
      Checks.require(ids.add(tariff.idOrEmpty()), "tariffs[" + i + "].id", "must be unique");
      Checks.require(
          !tariff.usesTiers() || tariff.extras().calendar() != null,
          "tariffs[" + i + "].calendar_id",
          "needs its calendar in the tariff to be priced");
    }
  }
}
