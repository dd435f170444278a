package org.ampay.web.console;

import com.linecorp.armeria.common.QueryParams;
import java.math.BigDecimal;
import java.util.Optional;
import org.ampay.web.http.Call;
import org.ampay.web.http.Problem;
import org.ampay.web.http.Ref;
import org.ampay.web.people.Caller;
import org.ampay.web.read.Scope;
import org.jspecify.annotations.Nullable;

/** A request of a signed-in person. */
final class PageCall {

  private final Call call;
  private final Ui ui;
  private final QueryParams form;

  PageCall(Call call, Ui ui) {
    this.call = call;
    this.ui = ui;
    this.form = call.method().equals("POST") ? call.form() : QueryParams.of();
  }

  Call http() {
    return call;
  }

  Ui ui() {
    return ui;
  }

  Caller caller() {
    return ui.user().caller();
  }

  Scope scope() {
    return Scope.of(operatorId());
  }

  long operatorId() {
    return ui.operator().id();
  }

  String pathParam(String name) {
    return call.pathParam(name);
  }

  long idParam(String name) {
    return new Ref(pathParam(name)).id().orElseThrow(() -> Problem.notFound(null).exception());
  }

  /** A parameter of the query, empty when absent. */
  String query(String name) {
    return call.query(name).map(String::strip).orElse("");
  }

  @Nullable String queryOrNull(String name) {
    String value = query(name);
    return value.isEmpty() ? null : value;
  }

  long queryLong(String name, long otherwise) {
    return new Ref(query(name)).id().orElse(otherwise);
  }

  /** A field of the form, stripped; empty when absent. */
  String form(String name) {
    return Optional.ofNullable(form.get(name)).map(String::strip).orElse("");
  }

  @Nullable String formOrNull(String name) {
    String value = form(name);
    return value.isEmpty() ? null : value;
  }

  java.util.List<String> formAll(String name) {
    return form.getAll(name).stream().map(String::strip).toList();
  }

  long formLong(String name, long otherwise) {
    return new Ref(form(name)).id().orElse(otherwise);
  }

  /** The names of the form's fields. */
  java.util.Set<String> formNames() {
    return form.names();
  }

  /** A decimal number of the form; a comma counts as a point. */
  Optional<BigDecimal> formDecimal(String name) {
    return decimal(name, form(name));
  }

  static Optional<BigDecimal> decimal(String name, String text) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    if (!text.matches("[0-9]{1,12}([.,][0-9]{1,9})?")) {
      throw Problem.badField(name, "must be a number").exception();
    }
    return Optional.of(new BigDecimal(text.replace(',', '.')));
  }

  /** True when htmx asks for a fragment. */
  boolean fromHtmx() {
    return call.header("hx-request").isPresent();
  }
}
