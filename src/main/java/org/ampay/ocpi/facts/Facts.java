package org.ampay.ocpi.facts;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.ampay.ocpi.OcpiVersion;

/** All objects and enums of a version, and whether a JSON object is one of them. */
public final class Facts {

  /** Reads numbers as they are written. */
  static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .setNodeFactory(JsonNodeFactory.withExactBigDecimals(true));

  private static final String TIME_OF_DAY = "([0-1][0-9]|2[0-3]):[0-5][0-9]";
  private static final Map<OcpiVersion, Facts> ALL = new EnumMap<>(OcpiVersion.class);

  static {
    for (OcpiVersion version : OcpiVersion.values()) {
      ALL.put(version, read(version));
    }
  }

  private final OcpiVersion version;
  private final Map<String, Map<String, FieldFacts>> objects = new LinkedHashMap<>();
  private final Map<String, EnumFacts> enums = new LinkedHashMap<>();
  private final Map<String, Pattern> patterns = new LinkedHashMap<>();

  private Facts(OcpiVersion version) {
    this.version = version;
  }

  /** Those of a version. */
  public static Facts of(OcpiVersion version) {
    Facts facts = ALL.get(version);
    if (facts == null) {
      throw new IllegalStateException("no facts of " + version);
    }
    return facts;
  }

  private static Facts read(OcpiVersion version) {
    Facts facts = new Facts(version);
    JsonNode file = file(version);
    facts.add(file);
    facts.add(file.path("module_payments"));
    for (Map.Entry<String, JsonNode> entry : file.path("patterns").properties()) {
      facts.addPattern(entry.getKey(), Pattern.compile(entry.getValue().textValue()));
    }
    facts.addPattern("RegularHours.period_begin,period_end", Pattern.compile(TIME_OF_DAY));
    facts.addPattern("RegularHours.weekday", Pattern.compile("[1-7]"));
    facts.repair();
    return facts;
  }

  private static JsonNode file(OcpiVersion version) {
    String name = "/ocpi/ocpi-" + version.wire() + ".json";
    try (InputStream in = Facts.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("no " + name);
      }
      return JSON.readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void add(JsonNode part) {
    for (Map.Entry<String, JsonNode> object : part.path("objects").properties()) {
      objects.put(object.getKey(), fields(object.getValue()));
    }
    for (Map.Entry<String, JsonNode> more : part.path("added_fields").properties()) {
      Map<String, FieldFacts> all = new LinkedHashMap<>(fields(more.getKey()));
      all.putAll(fields(more.getValue()));
      objects.put(more.getKey(), all);
    }
    for (Map.Entry<String, JsonNode> one : part.path("enums").properties()) {
      Set<String> values = new LinkedHashSet<>();
      one.getValue().path("values").forEach(value -> values.add(value.textValue()));
      boolean open = one.getValue().path("open").booleanValue();
      enums.put(one.getKey(), new EnumFacts(one.getKey(), open, values));
    }
  }

  private static Map<String, FieldFacts> fields(JsonNode object) {
    Map<String, FieldFacts> fields = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      fields.put(field.getKey(), FieldFacts.parse(field.getKey(), field.getValue().textValue()));
    }
    return fields;
  }

  private void addPattern(String where, Pattern pattern) {
    String object = where.substring(0, where.indexOf('.') + 1);
    for (String field : where.substring(object.length()).split(",")) {
      patterns.put(object + field, pattern);
    }
  }

  /** 2.3.0 speaks of payment terminal providers, but forgot them in its list of roles. */
  private void repair() {
    EnumFacts roles = enumFacts("Role");
    if (version == OcpiVersion.V2_3_0) {
      Set<String> values = new LinkedHashSet<>(roles.values());
      values.add("PTP");
      enums.put("Role", new EnumFacts("Role", false, values));
    }
  }

  public OcpiVersion version() {
    return version;
  }

  /** The names of all objects. */
  public Collection<String> objects() {
    return List.copyOf(objects.keySet());
  }

  /** Whether there is an object of that name. */
  public boolean has(String object) {
    return objects.containsKey(object);
  }

  /**
   * An object's fields by their names, in the order of the specification.
   *
   * @throws IllegalArgumentException for an object that this version has not
   */
  public Map<String, FieldFacts> fields(String object) {
    Map<String, FieldFacts> fields = objects.get(object);
    if (fields == null) {
      throw new IllegalArgumentException("no " + object + " in " + version.wire());
    }
    return fields;
  }

  Optional<EnumFacts> enumOf(String type) {
    return Optional.ofNullable(enums.get(type));
  }

  /**
   * The enum of that name.
   *
   * @throws IllegalArgumentException for one that this version has not
   */
  public EnumFacts enumFacts(String name) {
    return enumOf(name)
        .orElseThrow(() -> new IllegalArgumentException("no " + name + " in " + version.wire()));
  }

  Optional<Pattern> pattern(String object, String field) {
    return Optional.ofNullable(patterns.get(object + "." + field));
  }

  /** What is wrong with a whole object. */
  public List<Complaint> check(String object, JsonNode value, Strictness strictness) {
    List<Complaint> complaints = new ArrayList<>();
    new ObjectCheck(this, strictness, complaints).object(object, object, value, false);
    return complaints;
  }

  /**
   * What is wrong with the changed fields of an object: none is required but last_updated where the
   * object has it.
   */
  public List<Complaint> checkPatch(String object, JsonNode value, Strictness strictness) {
    List<Complaint> complaints = new ArrayList<>();
    new ObjectCheck(this, strictness, complaints).object(object, object, value, true);
    return complaints;
  }
}
