package org.ampay.web.api;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.ampay.web.http.Answer;
import org.ampay.web.people.Permission;
import org.jspecify.annotations.Nullable;

/**
 * A call of the API: what the server routes by and what the OpenAPI document is made from.
 *
 * @param path below {@code /api/v1}, with variables like {@code {id}}
 * @param in the body's record; null: no body, or one that is described in words
 * @param out the answer's record, or its items' when {@code list}; null: any JSON
 */
record ApiRoute(
    String method,
    String path,
    Permission permission,
    Text text,
    Shapes shapes,
    List<Parameter> query,
    Function<ApiCall, Answer> handler) {

  /** Summary and, where it needs one, a longer description. */
  record Text(String summary, String description) {}

  /** What goes in and comes out. */
  record Shapes(
      @Nullable Class<?> in, @Nullable Class<?> out, boolean list, int status, boolean anyBody) {}

  /** A parameter of the query. */
  record Parameter(String name, String description) {}

  private static final List<Parameter> PAGING =
      List.of(
          new Parameter("limit", "how many items, 1 to 1000; 100 by default"),
          new Parameter("cursor", "`next` of the page before"));
  private static final Parameter OPERATOR =
      new Parameter("operator", "id of an operator, for keys of the platform");

  boolean writes() {
    return !method.equals("GET");
  }

  static Builder get(String path, Permission permission, String summary) {
    return new Builder("GET", path, permission, summary);
  }

  static Builder post(String path, Permission permission, String summary) {
    return new Builder("POST", path, permission, summary);
  }

  static Builder put(String path, Permission permission, String summary) {
    return new Builder("PUT", path, permission, summary);
  }

  static Builder patch(String path, Permission permission, String summary) {
    return new Builder("PATCH", path, permission, summary);
  }

  static Builder delete(String path, Permission permission, String summary) {
    return new Builder("DELETE", path, permission, summary);
  }

  /** Collects what a route has. */
  static final class Builder {
    private final String method;
    private final String path;
    private final Permission permission;
    private final String summary;
    private final List<Parameter> query = new ArrayList<>(List.of(OPERATOR));
    private String description = "";
    private @Nullable Class<?> in;
    private @Nullable Class<?> out;
    private boolean list;
    private boolean anyBody;
    private int status = 200;

    private Builder(String method, String path, Permission permission, String summary) {
      this.method = method;
      this.path = path;
      this.permission = permission;
      this.summary = summary;
    }

    Builder describe(String text) {
      this.description = text;
      return this;
    }

    Builder query(String name, String text) {
      query.add(new Parameter(name, text));
      return this;
    }

    Builder takes(Class<? extends Record> type) {
      this.in = type;
      return this;
    }

    /** A body that the description tells of. */
    Builder takesAny() {
      this.anyBody = true;
      return this;
    }

    Builder answers(int code, @Nullable Class<?> type) {
      this.status = code;
      this.out = type;
      return this;
    }

    /** A page of items. */
    Builder lists(Class<?> item) {
      this.list = true;
      this.out = item;
      query.addAll(PAGING);
      return this;
    }

    ApiRoute by(Function<ApiCall, Answer> handler) {
      return new ApiRoute(
          method,
          path,
          permission,
          new Text(summary, description),
          new Shapes(in, out, list, status, anyBody),
          List.copyOf(query),
          handler);
    }
  }
}
