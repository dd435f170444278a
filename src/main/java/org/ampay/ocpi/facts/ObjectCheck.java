package org.ampay.ocpi.facts;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.ampay.ocpi.facts.Complaint.Kind;

/** Walks through an object and its parts. */
final class ObjectCheck {

  private static final String LAST_UPDATED = "last_updated";

  private final Facts facts;
  private final Strictness strictness;
  private final List<Complaint> complaints;
  private final ValueCheck values;

  ObjectCheck(Facts facts, Strictness strictness, List<Complaint> complaints) {
    this.facts = facts;
    this.strictness = strictness;
    this.complaints = complaints;
    this.values = new ValueCheck(facts, strictness, complaints);
  }

  void object(String path, String object, JsonNode value, boolean patch) {
    if (!value.isObject()) {
      complain(path, Kind.WRONG_TYPE, object + " wanted", value);
      return;
    }
    Map<String, FieldFacts> fields = facts.fields(object);
    for (FieldFacts field : fields.values()) {
      boolean required =
          patch ? field.name().equals(LAST_UPDATED) : field.cardinality().isRequired();
      field(path + "." + field.name(), object, field, value, required);
    }
    if (strictness == Strictness.SENT) {
      for (Map.Entry<String, JsonNode> entry : value.properties()) {
        if (!fields.containsKey(entry.getKey())) {
          complain(
              path + "." + entry.getKey(), Kind.UNKNOWN_FIELD, "nothing wanted", entry.getValue());
        }
      }
    }
  }

  private void field(
      String path, String object, FieldFacts field, JsonNode parent, boolean required) {
    JsonNode value = parent.path(field.name());
    if (value.isMissingNode()) {
      if (required) {
        complain(path, Kind.MISSING, field.type() + " wanted", "not there");
      }
    } else if (value.isNull()) {
      absent(path, field, required);
    } else if (field.cardinality().isList()) {
      list(path, object, field, value);
    } else {
      one(path, object, field, value);
    }
  }

  private void absent(String path, FieldFacts field, boolean required) {
    if (required || field.cardinality().isRequired()) {
      complain(path, Kind.MISSING, field.type() + " wanted", "null");
    } else if (strictness == Strictness.SENT) {
      complain(path, Kind.NULL, field.type() + " or nothing wanted", "null");
    }
  }

  private void list(String path, String object, FieldFacts field, JsonNode value) {
    if (!value.isArray()) {
      complain(path, Kind.WRONG_TYPE, "a list of " + field.type() + " wanted", value);
      return;
    }
    if (value.isEmpty() && field.cardinality() == Cardinality.SOME) {
      complain(path, Kind.TOO_SHORT, "at least one " + field.type() + " wanted", value);
    }
    for (int i = 0; i < value.size(); i++) {
      one(path + "[" + i + "]", object, field, value.get(i));
    }
  }

  private void one(String path, String object, FieldFacts field, JsonNode value) {
    if (facts.has(field.type())) {
      object(path, field.type(), value, false);
    } else {
      values.check(path, object, field, value);
    }
  }

  private void complain(String path, Kind kind, String wanted, Object found) {
    complaints.add(Complaint.of(path, kind, wanted, found));
  }
}
