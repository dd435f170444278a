package org.ampay.web.console;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ampay.ocpp.dictionary.FieldSpec;
import org.ampay.ocpp.dictionary.FieldSpec.Kind;
import org.ampay.web.console.FormNode.Control;
import org.ampay.web.console.FormNode.Option;
import org.ampay.web.message.FieldNames;
import org.jspecify.annotations.Nullable;

/** Lays a command's form out. */
final class CommandFormView {

  private static final int LONG_TEXT = 200;

  private final Ui ui;
  private final CommandForm form;
  private final CommandDefaults defaults;
  private final Map<String, String> errors;

  /**
   * @param errors by path; those that find no place are left in {@link #homeless}
   */
  CommandFormView(Ui ui, CommandForm form, CommandDefaults defaults, Map<String, String> errors) {
    this.ui = ui;
    this.form = form;
    this.defaults = defaults;
    this.errors = new LinkedHashMap<>(errors);
  }

  List<FormNode> nodes(List<FieldSpec> fields) {
    return nodes("", fields);
  }

  /** What could not be shown next to a field. */
  List<String> homeless() {
    return errors.entrySet().stream().map(e -> (e.getKey() + " " + e.getValue()).strip()).toList();
  }

  private List<FormNode> nodes(String prefix, List<FieldSpec> fields) {
    List<FormNode> nodes = new ArrayList<>();
    for (FieldSpec field : fields) {
      String path = prefix + field.name();
      String label = FieldNames.field(ui.language().locale(), field.name());
      nodes.add(field.isList() ? rows(path, label, field) : one(path, label, field));
    }
    return nodes;
  }

  private FormNode rows(String path, String label, FieldSpec field) {
    FieldSpec.Items items = java.util.Objects.requireNonNull(field.items());
    int count = form.rowsOf(path, field);
    List<FormNode> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(one(path + "[" + i + "]", label + " " + (i + 1), field.item()));
    }
    int most = Math.min(items.max(), CommandForm.MOST_ROWS);
    String hint =
        items.max() == Integer.MAX_VALUE
            ? field.required() ? ui.t("form.rows_from", Math.max(1, items.min())) : ""
            : ui.t("form.rows", items.min(), items.max());
    return new FormNode.Rows(path, label, hint, rows, count < most, error(path));
  }

  private FormNode one(String path, String label, FieldSpec field) {
    if (field.kind() instanceof Kind.Group(List<FieldSpec> fields)) {
      boolean present = form.shows(path, field);
      boolean removable = path.endsWith("]") || !field.required();
      List<FormNode> children = present ? nodes(path + ".", fields) : List.of();
      return new FormNode.Group(path, label, present, removable, children, error(path));
    }
    String typed = form.values.get(path);
    String value = typed == null ? defaults.of(path, field) : typed;
    return new FormNode.Input(
        path, label, hint(field), field.required(), control(field, value), error(path));
  }

  private Control control(FieldSpec field, String value) {
    return switch (field.kind()) {
      case Kind.Text(int _, int max) ->
          new Control(
              max > LONG_TEXT ? "area" : "text",
              value,
              List.of(),
              max == Integer.MAX_VALUE ? 0 : max,
              null,
              null,
              null);
      case Kind.Whole(int min, int max) ->
          number(
              value,
              min == Integer.MIN_VALUE ? null : String.valueOf(min),
              max == Integer.MAX_VALUE ? null : String.valueOf(max),
              "1");
      case Kind.Decimal decimal -> number(value, plain(decimal.min()), plain(decimal.max()), "any");
      case Kind.Bool _ -> select(field, value, List.of("true", "false"));
      case Kind.Choice(List<String> words) -> select(field, value, words);
      case Kind.DateTime _ -> new Control("datetime-local", value, List.of(), 0, null, null, "1");
      case Kind.Any _, Kind.Group _ -> new Control("area", value, List.of(), 0, null, null, null);
    };
  }

  private static Control number(
      String value, @Nullable String min, @Nullable String max, String step) {
    return new Control("number", value, List.of(), 0, min, max, step);
  }

  private Control select(FieldSpec field, String value, List<String> words) {
    List<Option> options = new ArrayList<>();
    boolean known = words.contains(value);
    options.add(new Option("", field.required() ? ui.t("form.choose") : "–"));
    words.forEach(word -> options.add(new Option(word, ui.word("form.word", word))));
    if (!known && !value.isEmpty()) {
      options.add(new Option(value, value)); // of a raw payload: shown, and named as wrong
    }
    return new Control("select", value, options, 0, null, null, null);
  }

  private String hint(FieldSpec field) {
    String fallback = field.fallback();
    String limit =
        switch (field.kind()) {
          case Kind.Text(int _, int max) ->
              max == Integer.MAX_VALUE ? "" : ui.t("form.length", max);
          case Kind.Whole(int min, int max) ->
              min == Integer.MIN_VALUE && max == Integer.MAX_VALUE ? "" : range(min, max);
          case Kind.Decimal decimal -> step(decimal.step());
          case Kind.DateTime _ -> ui.place().zone().getId();
          case Kind.Bool _, Kind.Choice _, Kind.Any _, Kind.Group _ -> "";
        };
    return fallback == null ? limit : (limit + " " + ui.t("form.default", fallback)).strip();
  }

  private String step(@Nullable BigDecimal step) {
    return step == null ? "" : ui.t("form.step", step.toPlainString());
  }

  private String range(int min, int max) {
    if (max == Integer.MAX_VALUE) {
      return ui.t("form.from", min);
    }
    return min == Integer.MIN_VALUE ? ui.t("form.to", max) : min + " – " + max;
  }

  private static @Nullable String plain(@Nullable BigDecimal number) {
    return number == null ? null : number.toPlainString();
  }

  private String error(String path) {
    String error = errors.remove(path);
    return error == null ? "" : error;
  }
}
