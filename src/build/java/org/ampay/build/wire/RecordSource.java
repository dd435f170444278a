package org.ampay.build.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.ampay.build.wire.Dictionary.Message;
import org.ampay.build.wire.Dictionary.ObjectType;

/** The source of one record: components, reader, writer. */
final class RecordSource {

  /** Imports by the simple name that makes them needed. */
  private static final Map<String, String> IMPORTS =
      Map.ofEntries(
          Map.entry("JsonGenerator", "com.fasterxml.jackson.core.JsonGenerator"),
          Map.entry("IOException", "java.io.IOException"),
          Map.entry("BigDecimal", "java.math.BigDecimal"),
          Map.entry("Instant", "java.time.Instant"),
          Map.entry("Collections", "java.util.Collections"),
          Map.entry("LinkedHashMap", "java.util.LinkedHashMap"),
          Map.entry("List", "java.util.List"),
          Map.entry("Map", "java.util.Map"),
          Map.entry("Direction", "org.ampay.ocpp.wire.Direction"),
          Map.entry("MessageType", "org.ampay.ocpp.wire.MessageType"),
          Map.entry("RawJson", "org.ampay.ocpp.wire.RawJson"),
          Map.entry("Wire", "org.ampay.ocpp.wire.Wire"),
          Map.entry("WireException", "org.ampay.ocpp.wire.WireException"),
          Map.entry("WireObject", "org.ampay.ocpp.wire.WireObject"),
          Map.entry("WireReader", "org.ampay.ocpp.wire.WireReader"),
          Map.entry("Protocol", "org.ampay.station.Protocol"),
          Map.entry("Nullable", "org.jspecify.annotations.Nullable"));

  private final Version version;
  private final ObjectType type;
  private final List<FieldCode> fields;
  private final String name;
  private final StringBuilder body = new StringBuilder();

  private RecordSource(Version version, ObjectType type) {
    this.version = version;
    this.type = type;
    this.name = type.javaName();
    this.fields = type.fields().stream().map(FieldCode::new).toList();
  }

  /** The file of a type. */
  static String ofType(Version version, ObjectType type) {
    RecordSource source = new RecordSource(version, type);
    return source.render(type.javaName() + " of OCPP " + version.text() + ".", "WireObject", null);
  }

  /** The file of a request. */
  static String ofRequest(Version version, Message message) {
    RecordSource source = new RecordSource(version, message.request());
    return source.render(
        message.action() + " of OCPP " + version.text() + ", " + message.block() + ".",
        version.requestInterfaces(message.direction()),
        message);
  }

  /** The file of a response. */
  static String ofResponse(Version version, Message message) {
    RecordSource source = new RecordSource(version, message.response().orElseThrow());
    return source.render(
        "Answer to " + message.action() + " of OCPP " + version.text() + ".",
        version.suffixed("Response"),
        null);
  }

  private String render(String doc, String interfaces, Message request) {
    header(interfaces);
    constants(request);
    constructor();
    of();
    withers();
    fallbacks();
    if (request != null) {
      messageType(request);
    }
    read();
    write();
    body.append("}\n");
    return Version.BANNER
        + "package "
        + version.packageName()
        + ";\n\n"
        + imports()
        + "\n/** "
        + doc
        + " */\n"
        + body;
  }

  private String imports() {
    String code = body.toString();
    TreeSet<String> imports = new TreeSet<>();
    for (var entry : IMPORTS.entrySet()) {
      if (code.matches("(?s).*\\b" + entry.getKey() + "\\b.*")) {
        imports.add(entry.getValue());
      }
    }
    return imports.stream().map(i -> "import " + i + ";\n").collect(Collectors.joining());
  }

  private void line(String text) {
    body.append(text.isEmpty() ? "" : "  ").append(text).append('\n');
  }

  private void header(String interfaces) {
    List<String> components = new ArrayList<>(fields.stream().map(FieldCode::component).toList());
    if (type.open()) {
      components.add("Map<String, RawJson> more");
    }
    body.append("public record ").append(name).append('(');
    body.append(components.isEmpty() ? "" : "\n    ");
    body.append(String.join(",\n    ", components)).append(")\n");
    body.append("    implements ").append(interfaces).append(" {\n\n");
  }

  private void constants(Message request) {
    if (request != null) {
      String response = request.response().orElseThrow().javaName();
      line("/** Action, direction, readers. */");
      line("public static final MessageType<" + name + ", " + response + "> TYPE =");
      line("    new MessageType<>(");
      line("        Protocol." + version.protocol() + ",");
      line("        \"" + request.action() + "\",");
      line("        Direction." + Version.direction(request.direction()) + ",");
      line("        \"" + request.block() + "\",");
      line("        " + name + "::read,");
      line("        " + response + "::read);");
      line("");
    }
    if (required() != 0) {
      String names =
          fields.stream().map(f -> '"' + f.field().name() + '"').collect(Collectors.joining(", "));
      line("private static final long REQUIRED = 0b" + Long.toBinaryString(required()) + "L;");
      line("private static final String[] FIELDS = {" + names + "};");
    }
    fields.forEach(field -> field.constants().forEach(this::line));
    line("");
  }

  private long required() {
    return IntStream.range(0, fields.size())
        .filter(i -> fields.get(i).field().required())
        .mapToLong(i -> 1L << i)
        .sum();
  }

  private void constructor() {
    List<FieldCode> lists = fields.stream().filter(f -> f.field().isList()).toList();
    if (lists.isEmpty() && !type.open()) {
      return;
    }
    line("public " + name + " {");
    for (FieldCode list : lists) {
      String component = list.field().javaName();
      line("  " + component + " = List.copyOf(" + component + ");");
    }
    if (type.open()) {
      line("  more = Collections.unmodifiableMap(new LinkedHashMap<>(more));");
    }
    line("}");
    line("");
  }

  private void of() {
    String parameters =
        fields.stream()
            .filter(f -> f.field().required())
            .map(FieldCode::parameter)
            .collect(Collectors.joining(", "));
    String arguments =
        fields.stream()
            .map(f -> f.field().required() ? f.field().javaName() : f.absent())
            .collect(Collectors.joining(", "));
    line("/** With the required fields only. */");
    line("public static " + name + " of(" + parameters + ") {");
    line("  return new " + name + "(" + arguments + openArgument("Map.of()") + ");");
    line("}");
    line("");
  }

  private String openArgument(String argument) {
    if (!type.open()) {
      return "";
    }
    return (fields.isEmpty() ? "" : ", ") + argument;
  }

  private String arguments() {
    return fields.stream().map(f -> f.field().javaName()).collect(Collectors.joining(", "));
  }

  private void withers() {
    for (FieldCode field : fields) {
      if (field.field().required()) {
        continue;
      }
      String method = "with" + Names.capital(field.field().name());
      line("/** The same with " + field.field().name() + ". */");
      line("public " + name + ' ' + method + '(' + field.parameter() + ") {");
      line("  return new " + name + "(" + arguments() + openArgument("more") + ");");
      line("}");
      line("");
    }
    if (type.open()) {
      line("/** The same with other fields than the dictionary's. */");
      line("public " + name + " withMore(Map<String, RawJson> more) {");
      line("  return new " + name + "(" + arguments() + openArgument("more") + ");");
      line("}");
      line("");
    }
  }

  private void fallbacks() {
    for (FieldCode field : fields) {
      if (field.field().fallback().isEmpty()) {
        continue;
      }
      String component = field.field().javaName();
      line("/** What counts when " + field.field().name() + " is absent, too. */");
      line("public " + field.fallbackType() + ' ' + component + "OrDefault() {");
      line("  return " + component + " == null ? " + field.fallback() + " : " + component + ";");
      line("}");
      line("");
    }
  }

  private void messageType(Message request) {
    String response = request.response().orElseThrow().javaName();
    line("@Override");
    line("public MessageType<" + name + ", " + response + "> messageType() {");
    line("  return TYPE;");
    line("}");
    line("");
  }

  private void read() {
    line("static " + name + " read(WireReader in) throws IOException, WireException {");
    fields.forEach(field -> line("  " + field.local()));
    if (type.open()) {
      line("  Map<String, RawJson> more = new LinkedHashMap<>();");
    }
    if (!fields.isEmpty()) {
      line("  long seen = 0;");
    }
    line("  in.beginObject();");
    line("  for (String next = in.nextField(); next != null; next = in.nextField()) {");
    line("    switch (next) {");
    for (int i = 0; i < fields.size(); i++) {
      FieldCode field = fields.get(i);
      line("      case \"" + field.field().name() + "\" -> {");
      line("        seen = in.once(seen, 1L << " + i + ");");
      line("        " + field.field().javaName() + " = " + field.read() + ";");
      line("      }");
    }
    String other = type.open() ? "in.moreField(more, next)" : "in.unknownField()";
    line("      default -> " + other + ";");
    line("    }");
    line("  }");
    if (required() != 0) {
      line("  in.endObject(seen, REQUIRED, FIELDS);");
    }
    line("  return new " + name + "(" + arguments() + openArgument("more") + ");");
    line("}");
    line("");
  }

  private void write() {
    line("@Override");
    line("public void write(JsonGenerator out) throws IOException {");
    line("  out.writeStartObject();");
    for (FieldCode field : fields) {
      boolean guarded = !field.present().isEmpty();
      String indent = guarded ? "    " : "  ";
      if (guarded) {
        line("  if (" + field.present() + ") {");
      }
      line(indent + "out.writeFieldName(\"" + field.field().name() + "\");");
      line(indent + field.write());
      if (guarded) {
        line("  }");
      }
    }
    if (type.open()) {
      line("  for (Map.Entry<String, RawJson> field : more.entrySet()) {");
      line("    out.writeFieldName(field.getKey());");
      line("    out.writeRawValue(field.getValue().text());");
      line("  }");
    }
    line("  out.writeEndObject();");
    line("}");
  }
}
