package org.ampay.ocpi.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a module answers with; envelope, ids and paging headers are not its concern. */
public sealed interface OcpiAnswer {

  /**
   * Done.
   *
   * @param http 200 or 201
   * @param data null: none
   */
  record Done(int http, @Nullable JsonNode data) implements OcpiAnswer {}

  /**
   * A part of a list, oldest first.
   *
   * @param items each the JSON text of an object, ready to send
   * @param total how many match, wherever the page begins
   */
  record Page(List<String> items, long total) implements OcpiAnswer {
    public Page {
      items = List.copyOf(items);
    }
  }

  static OcpiAnswer ok(JsonNode data) {
    return new Done(200, data);
  }

  static OcpiAnswer ok() {
    return new Done(200, null);
  }

  static OcpiAnswer created() {
    return new Done(201, null);
  }
}
