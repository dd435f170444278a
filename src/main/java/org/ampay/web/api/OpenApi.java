package org.ampay.web.api;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.ampay.base.Energy;
import org.ampay.base.Money;
import org.ampay.web.http.Field;
import org.ampay.web.http.FieldChecks;
import org.ampay.web.http.Ref;
import org.jspecify.annotations.Nullable;

/**
 * The OpenAPI document, made from the routes and the records that go in and out: it cannot drift.
 */
final class OpenApi {

  private final Map<String, Object> schemas = new TreeMap<>();

  private OpenApi() {}

  static Map<String, Object> of(List<ApiRoute> routes) {
    return new OpenApi().document(routes);
  }

  private Map<String, Object> document(List<ApiRoute> routes) {
    Map<String, Map<String, Object>> paths = new LinkedHashMap<>();
    for (ApiRoute route : routes) {
      paths
          .computeIfAbsent("/api/v1" + route.path(), path -> new LinkedHashMap<>())
          .put(route.method().toLowerCase(Locale.ROOT), operation(route));
    }
    schemas.put("Problem", problem());
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("openapi", "3.1.0");
    document.put(
        "info",
        map(
            "title",
            "Ampay",
            "version",
            "1",
            "description",
            "Times are RFC 3339 in UTC; money is in minor units; energy in watt-hours."
                + " Write calls accept an Idempotency-Key."));
    document.put("security", List.of(Map.of("key", List.of())));
    document.put("paths", paths);
    document.put(
        "components",
        map(
            "securitySchemes",
            Map.of("key", map("type", "http", "scheme", "bearer")),
            "schemas",
            schemas));
    return document;
  }

  private Map<String, Object> operation(ApiRoute route) {
    Map<String, Object> operation = new LinkedHashMap<>();
    operation.put("summary", route.text().summary());
    operation.put("operationId", operationId(route));
    operation.put("tags", List.of(route.path().split("/", -1)[1]));
    String needs = "Needs the permission `" + route.permission().name() + "`.";
    String description = route.text().description();
    operation.put("description", description.isEmpty() ? needs : description + "\n\n" + needs);
    operation.put("parameters", parameters(route));
    Class<?> in = route.shapes().in();
    if (in != null || route.shapes().anyBody()) {
      operation.put(
          "requestBody", map("content", json(in == null ? map("type", "object") : schema(in))));
    }
    Map<String, Object> responses = new LinkedHashMap<>();
    responses.put(String.valueOf(route.shapes().status()), answer(route));
    responses.put(
        "default",
        map(
            "description",
            "a problem",
            "content",
            Map.of(
                "application/problem+json",
                Map.of("schema", Map.of("$ref", "#/components/schemas/Problem")))));
    operation.put("responses", responses);
    return operation;
  }

  private static String operationId(ApiRoute route) {
    StringBuilder id = new StringBuilder(route.method().toLowerCase(Locale.ROOT));
    for (String part : route.path().split("[^A-Za-z]+", -1)) {
      if (!part.isEmpty()) {
        id.append(Character.toUpperCase(part.charAt(0))).append(part.substring(1));
      }
    }
    return id.toString();
  }

  private static List<Object> parameters(ApiRoute route) {
    List<Object> parameters = new ArrayList<>();
    for (String part : route.path().split("/", -1)) {
      if (part.startsWith("{")) {
        parameters.add(
            map(
                "name",
                part.substring(1, part.length() - 1),
                "in",
                "path",
                "required",
                true,
                "schema",
                Map.of("type", "string")));
      }
    }
    for (ApiRoute.Parameter parameter : route.query()) {
      parameters.add(
          map(
              "name",
              parameter.name(),
              "in",
              "query",
              "description",
              parameter.description(),
              "schema",
              Map.of("type", "string")));
    }
    if (route.writes()) {
      parameters.add(
          map("name", "Idempotency-Key", "in", "header", "schema", Map.of("type", "string")));
    }
    return parameters;
  }

  private Map<String, Object> answer(ApiRoute route) {
    ApiRoute.Shapes shapes = route.shapes();
    if (shapes.status() == 204) {
      return map("description", "done");
    }
    Class<?> out = shapes.out();
    Map<String, Object> item = out == null ? map("type", "object") : schema(out);
    Map<String, Object> body =
        shapes.list()
            ? map(
                "type",
                "object",
                "properties",
                map(
                    "items",
                    map("type", "array", "items", item),
                    "next",
                    map("type", List.of("string", "null"), "description", "cursor")))
            : item;
    return map("description", "done", "content", json(body));
  }

  private static Map<String, Object> json(Object schema) {
    return Map.of("application/json", Map.of("schema", schema));
  }

  private Map<String, Object> schema(Type type) {
    if (type instanceof ParameterizedType list) {
      return map("type", "array", "items", schema(list.getActualTypeArguments()[0]));
    }
    if (type instanceof Class<?> plain) {
      Map<String, Object> simple = simple(plain);
      return simple == null ? reference(plain) : simple;
    }
    return map("type", "object");
  }

  private static @Nullable Map<String, Object> simple(Class<?> type) {
    if (type == String.class) {
      return map("type", "string");
    }
    if (type == Ref.class) {
      return map("type", List.of("string", "integer"));
    }
    if (type == Instant.class) {
      return map("type", "string", "format", "date-time");
    }
    if (type == BigDecimal.class || type == Energy.class) {
      return map("type", "number");
    }
    if (type == boolean.class || type == Boolean.class) {
      return map("type", "boolean");
    }
    if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
      return map("type", "integer", "format", "int64");
    }
    return type.isRecord() ? null : map("type", "object");
  }

  private Map<String, Object> reference(Class<?> record) {
    String name = record.getSimpleName().replaceAll("(In|Out)$", record == Money.class ? "" : "$1");
    if (!schemas.containsKey(name)) {
      schemas.put(name, Map.of());
      schemas.put(name, object(record));
    }
    return map("$ref", "#/components/schemas/" + name);
  }

  private Map<String, Object> object(Class<?> record) {
    if (record == Money.class) {
      return map(
          "type",
          "object",
          "properties",
          map(
              "currency",
              map("type", "string", "description", "ISO 4217"),
              "minor",
              map("type", "integer", "description", "minor units")));
    }
    Map<String, Object> properties = new LinkedHashMap<>();
    List<String> required = new ArrayList<>();
    collect(record, properties, required);
    Map<String, Object> object = map("type", "object", "properties", properties);
    if (!required.isEmpty()) {
      object.put("required", required);
    }
    return object;
  }

  private void collect(Class<?> record, Map<String, Object> properties, List<String> required) {
    for (RecordComponent component : record.getRecordComponents()) {
      if (component
          .getAccessor()
          .isAnnotationPresent(com.fasterxml.jackson.annotation.JsonUnwrapped.class)) {
        collect(component.getType(), properties, required);
        continue;
      }
      String name = FieldChecks.jsonName(component.getName());
      Map<String, Object> schema = new LinkedHashMap<>(schema(component.getGenericType()));
      Field field = component.getAnnotation(Field.class);
      if (field != null) {
        limits(schema, field);
      }
      properties.put(name, schema);
      if (!FieldChecks.optional(component)) {
        required.add(name);
      }
    }
  }

  private static void limits(Map<String, Object> schema, Field field) {
    if (!field.value().isEmpty()) {
      schema.put("description", field.value());
    }
    if ("string".equals(schema.get("type")) && !schema.containsKey("format")) {
      schema.put("maxLength", field.maxLength());
    }
    if (field.min() != Long.MIN_VALUE) {
      schema.put("minimum", field.min());
    }
    if (field.max() != Long.MAX_VALUE) {
      schema.put("maximum", field.max());
    }
  }

  private static Map<String, Object> problem() {
    Map<String, Object> text = map("type", "string");
    return map(
        "type",
        "object",
        "properties",
        map(
            "type",
            map("type", "string", "description", "stable, urn:ampay:problem:…"),
            "title",
            text,
            "status",
            map("type", "integer"),
            "detail",
            text,
            "field",
            map("type", "string", "description", "path of the field that is to blame")));
  }

  private static Map<String, Object> map(Object... keysAndValues) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      map.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return map;
  }
}
