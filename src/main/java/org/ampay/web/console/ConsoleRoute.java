package org.ampay.web.console;

import java.util.function.Function;
import org.ampay.web.http.Answer;
import org.ampay.web.people.Permission;
import org.jspecify.annotations.Nullable;

/**
 * A page or form of the console.
 *
 * @param method GET or POST; every POST must carry the session's CSRF token
 * @param permission null: everybody who is signed in
 */
record ConsoleRoute(
    String method,
    String path,
    @Nullable Permission permission,
    Function<PageCall, Answer> handler) {

  static ConsoleRoute get(
      String path, @Nullable Permission permission, Function<PageCall, Answer> handler) {
    return new ConsoleRoute("GET", path, permission, handler);
  }

  static ConsoleRoute post(
      String path, @Nullable Permission permission, Function<PageCall, Answer> handler) {
    return new ConsoleRoute("POST", path, permission, handler);
  }
}
