package org.ampay.ocpi.facts;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.ampay.ocpi.facts.Complaint.Kind;

/** Checks texts, numbers, times: all that has no fields of its own. */
final class ValueCheck {

  private static final int MAX_URL = 255;

  /** OCPI 2.2.1 §16.5: unless said otherwise. */
  private static final int MAX_DECIMALS = 4;

  /** Few letters write a number whose sum with another one fills all memory: 1E999999999. */
  private static final int MAX_DIGITS = 18;

  private static final Set<String> WEB = Set.of("http", "https");

  private final Facts facts;
  private final Strictness strictness;
  private final List<Complaint> complaints;

  ValueCheck(Facts facts, Strictness strictness, List<Complaint> complaints) {
    this.facts = facts;
    this.strictness = strictness;
    this.complaints = complaints;
  }

  void check(String path, String object, FieldFacts field, JsonNode value) {
    switch (field.type()) {
      case "any" -> {}
      case "boolean" -> wants(path, value.isBoolean(), "boolean", value);
      case "number" -> number(path, value);
      case "int" -> integer(path, object, field, value);
      case "DateTime" -> time(path, value);
      case "URL" -> url(path, value);
      case "string", "CiString" -> text(path, object, field, value);
      default -> code(path, field, value);
    }
  }

  private boolean wants(String path, boolean right, String wanted, JsonNode value) {
    if (!right) {
      complain(path, Kind.WRONG_TYPE, wanted + " wanted", value.getNodeType() + " " + value);
    }
    return right;
  }

  private void number(String path, JsonNode value) {
    if (!wants(path, value.isNumber(), "number", value)) {
      return;
    }
    BigDecimal plain = value.decimalValue().stripTrailingZeros();
    if (plain.scale() > MAX_DECIMALS) {
      complain(path, Kind.NUMBER_FORM, "at most " + MAX_DECIMALS + " decimals wanted", value);
    }
    if ((long) plain.precision() - plain.scale() > MAX_DIGITS) {
      complain(path, Kind.NUMBER_FORM, "fewer digits wanted", value);
    }
  }

  private void integer(String path, String object, FieldFacts field, JsonNode value) {
    if (!wants(path, value.isIntegralNumber(), "int", value)) {
      return;
    }
    String digits = value.bigIntegerValue().abs().toString();
    if (!value.canConvertToInt()
        || (field.maxLength() > 0 && digits.length() > field.maxLength())) {
      complain(path, Kind.NUMBER_FORM, "fewer digits wanted", value);
    }
    pattern(path, object, field, value.asText());
  }

  private void time(String path, JsonNode value) {
    if (!wants(path, value.isTextual(), "DateTime", value)) {
      return;
    }
    String text = value.textValue();
    boolean sent = strictness == Strictness.SENT;
    if (!(sent ? TimeForm.isExact(text) : TimeForm.read(text).isPresent())) {
      complain(path, Kind.TIME_FORM, "yyyy-MM-ddTHH:mm:ss[.fff]Z wanted", text);
    }
  }

  private void url(String path, JsonNode value) {
    if (!wants(path, value.isTextual(), "URL", value)) {
      return;
    }
    String text = value.textValue();
    if (text.length() > MAX_URL) {
      complain(path, Kind.TOO_LONG, "at most " + MAX_URL + " characters wanted", text);
    }
    if (!isWebAddress(text)) {
      complain(path, Kind.URL_FORM, "an absolute http address wanted", text);
    }
  }

  private static boolean isWebAddress(String text) {
    try {
      URI uri = new URI(text);
      String scheme = uri.getScheme();
      return scheme != null
          && WEB.contains(scheme.toLowerCase(Locale.ROOT))
          && uri.getHost() != null;
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private void text(String path, String object, FieldFacts field, JsonNode value) {
    if (!wants(path, value.isTextual(), field.type(), value)) {
      return;
    }
    String text = value.textValue();
    int length = text.codePointCount(0, text.length());
    if (field.maxLength() > 0 && length > field.maxLength()) {
      complain(path, Kind.TOO_LONG, "at most " + field.maxLength() + " characters wanted", text);
    }
    int least = strictness == Strictness.SENT ? Math.max(1, field.minLength()) : field.minLength();
    if (length < least) {
      complain(path, Kind.TOO_SHORT, "at least " + least + " characters wanted", text);
    }
    boolean ascii = field.type().equals("CiString");
    if (!text.codePoints().allMatch(c -> ascii ? c >= ' ' && c <= '~' : isPrintable(c))) {
      complain(
          path, Kind.CHARACTERS, ascii ? "printable ASCII wanted" : "printable text wanted", text);
    }
    pattern(path, object, field, text);
  }

  private static boolean isPrintable(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }

  private void pattern(String path, String object, FieldFacts field, String text) {
    facts
        .pattern(object, field.name())
        .filter(pattern -> !pattern.matcher(text).matches())
        .ifPresent(pattern -> complain(path, Kind.PATTERN, pattern + " wanted", text));
  }

  private void code(String path, FieldFacts field, JsonNode value) {
    EnumFacts codes = facts.enumFacts(field.type());
    if (!wants(path, value.isTextual(), field.type(), value)) {
      return;
    }
    String text = value.textValue();
    boolean known = codes.values().contains(text);
    boolean mayBeNew = codes.open() && text.matches("[A-Za-z0-9._/-]{1,50}");
    if (!known && !mayBeNew) {
      complain(path, Kind.NOT_IN_ENUM, "one of " + field.type() + " wanted", text);
    }
  }

  private void complain(String path, Kind kind, String wanted, Object found) {
    complaints.add(Complaint.of(path, kind, wanted, found));
  }
}
