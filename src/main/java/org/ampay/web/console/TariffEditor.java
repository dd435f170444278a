package org.ampay.web.console;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ampay.tariff.InvalidInputException;
import org.ampay.tariff.Tariff;
import org.ampay.tariff.TariffJson;
import org.jspecify.annotations.Nullable;

/**
 * A tariff that somebody works at: the form, or its JSON where somebody prefers that or no form can
 * show the tariff.
 */
public final class TariffEditor {

  /** What a ceiling may hold down. */
  public static final List<String> CEILINGS =
      List.of("ENERGY", "SERVICE", "TIME", "PARKING_TIME", "OCCUPANCY", "FLAT", "RESERVATION_TIME");

  private static final String RAW = "_json";
  private static final Pattern OP = Pattern.compile("(add|remove|up):([a-z]+)([0-9]*)");
  private static final List<String> LISTS = List.of("row", "exempt", "ceiling", "text");

  /** A choice of a select. */
  public record Choice(String value, String text) {}

  private final Ui ui;
  private TypedForm form;
  private @Nullable String json;

  private TariffEditor(Ui ui, TypedForm form, @Nullable String json) {
    this.ui = ui;
    this.form = form;
    this.json = json;
  }

  /** An empty form. */
  static TariffEditor blank(Ui ui) {
    TypedForm form = new TypedForm();
    form.set("currency", ui.operator().currency());
    form.set("tax_included", "NO");
    return new TariffEditor(ui, trial(form, ui), null);
  }

  /** A form with a tariff, or its JSON. */
  static TariffEditor of(Ui ui, String name, Tariff tariff) {
    Optional<TypedForm> shown = TariffFormWriter.of(ui, tariff);
    TypedForm form = shown.orElseGet(TypedForm::new).set("name", name);
    form.set("currency", tariff.currency());
    return new TariffEditor(
        ui,
        trial(form, ui),
        shown.isPresent() ? null : TariffFormWriter.json(tariff).toPrettyString());
  }

  /** As it was posted. */
  static TariffEditor posted(PageCall call) {
    String raw = call.formNames().contains(RAW) ? call.form(RAW) : null;
    return new TariffEditor(call.ui(), TypedForm.posted(call), raw);
  }

  /** A session of an hour on this hour, to begin with. */
  private static TypedForm trial(TypedForm form, Ui ui) {
    LocalDateTime now = LocalDateTime.ofInstant(ui.place().now(), ui.place().zone());
    form.set("trial.kwh", "30").set("trial.minutes", "60").set("trial.parking", "0");
    return form.set("trial.from", now.withMinute(0).withSecond(0).withNano(0).toString());
  }

  TypedForm form() {
    return form;
  }

  @Nullable String json() {
    return json;
  }

  String name() {
    return form.get("name");
  }

  /** When the version is to hold from; null: at once. */
  @Nullable Instant versionFrom() {
    return instant("version_from");
  }

  private @Nullable Instant instant(String field) {
    String text = form.get(field);
    if (text.isEmpty()) {
      return null;
    }
    try {
      return LocalDateTime.parse(text).atZone(ui.place().zone()).toInstant();
    } catch (DateTimeException e) {
      form.wrong(field, ui.t("tariff.no_time"));
      return null;
    }
  }

  /** Adds, removes and moves rows, and turns the form into JSON and back. */
  void change(String op) {
    Matcher matcher = OP.matcher(op);
    if (matcher.matches() && LISTS.contains(matcher.group(2))) {
      String list = matcher.group(2);
      String row = list + matcher.group(3);
      switch (matcher.group(1)) {
        case "add" -> form.addRow(list);
        case "remove" -> form.removeRow(list, row);
        default -> form.moveUp(list, row);
      }
    } else if (op.equals("raw")) {
      ObjectNode typed = TariffFormReader.read(form, ui).json();
      // What is no number would be lost: it has to be put right first.
      json = form.isWrong() ? null : typed.toPrettyString();
    } else if (op.equals("form")) {
      toForm();
    }
  }

  private void toForm() {
    tariff()
        .flatMap(tariff -> TariffFormWriter.of(ui, tariff))
        .ifPresentOrElse(
            shown -> {
              for (String field : form.names()) {
                if (field.startsWith("trial.") || field.matches("name|version_from")) {
                  shown.set(field, form.get(field));
                }
              }
              form = shown;
              json = null;
            },
            () -> form.wrong("json", ui.t("tariff.no_form")));
  }

  /** The tariff; empty when something is wrong, which the form then tells. */
  Optional<Tariff> tariff() {
    String text = json;
    try {
      if (text != null) {
        return Optional.of(TariffJson.read(withoutId(text)));
      }
      TariffFormReader.Typed typed = TariffFormReader.read(form, ui);
      if (form.isWrong()) {
        return Optional.empty();
      }
      if (typed.json().path("elements").isEmpty()) {
        form.wrong("elements", ui.t("tariff.no_prices"));
        return Optional.empty();
      }
      return read(typed);
    } catch (InvalidInputException e) {
      complain("json", e);
      return Optional.empty();
    }
  }

  private static com.fasterxml.jackson.databind.JsonNode withoutId(String text) {
    com.fasterxml.jackson.databind.JsonNode tree = TariffJson.readTree(text);
    if (tree instanceof ObjectNode object) {
      object.remove("id");
    }
    return tree;
  }

  private Optional<Tariff> read(TariffFormReader.Typed typed) {
    try {
      return Optional.of(TariffJson.read(typed.json()));
    } catch (InvalidInputException e) {
      complain(e);
      return Optional.empty();
    }
  }

  /** Puts a complaint of the catalog or the engine at its field. */
  void complain(InvalidInputException e) {
    if (json != null) {
      complain(e.path().equals("name") ? "name" : "json", e);
      return;
    }
    String field = TariffFormReader.read(form, ui).field(e.path());
    String reason = TariffComplaints.text(ui, e.reason());
    boolean named = field.isEmpty() || field.equals("expert");
    form.wrong(field, named && !e.path().isEmpty() ? e.path() + ": " + reason : reason);
  }

  private void complain(String field, InvalidInputException e) {
    String reason = TariffComplaints.text(ui, e.reason());
    form.wrong(
        field, e.path().isEmpty() || !field.equals("json") ? reason : e.path() + ": " + reason);
  }

  /** The session to try the price with; null when it is not all there. */
  TariffPreview.@Nullable Trial trial() {
    Optional<BigDecimal> kwh = positive("trial.kwh");
    Optional<BigDecimal> minutes = positive("trial.minutes");
    Instant from = instant("trial.from");
    return kwh.isEmpty() || minutes.isEmpty() || from == null
        ? null
        : new TariffPreview.Trial(
            from, kwh.get(), minutes.get(), positive("trial.parking").orElse(BigDecimal.ZERO));
  }

  private Optional<BigDecimal> positive(String field) {
    String text = form.get(field).replace(',', '.');
    if (!text.matches("[0-9]{1,5}([.][0-9]{1,3})?")) {
      if (!text.isEmpty()) {
        form.wrong(field, ui.t("tariff.no_number"));
      }
      return Optional.empty();
    }
    return Optional.of(new BigDecimal(text));
  }

  /** What is wrong and has no field on the page. */
  List<String> homeless() {
    List<String> found = new ArrayList<>();
    for (Map.Entry<String, String> error : form.errors().entrySet()) {
      if (error.getKey().isEmpty()) {
        found.add(error.getValue());
      }
    }
    return found;
  }
}
