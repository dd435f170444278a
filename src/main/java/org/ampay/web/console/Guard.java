package org.ampay.web.console;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.ampay.web.http.Call;
import org.ampay.web.http.Problem;

/** Refuses forms that another site made a browser send. */
public final class Guard {

  private Guard() {}

  /**
   * Checks the token of a form or htmx call, and what the browser says of where it comes from.
   *
   * @throws org.ampay.web.http.ProblemException 403
   */
  public static void check(Call call, String expected) {
    String site = call.header("sec-fetch-site").orElse("same-origin");
    String shown =
        call.header("x-csrf-token").orElseGet(() -> String.valueOf(call.form().get("_csrf")));
    boolean same = site.equals("same-origin") || site.equals("none");
    if (!same || expected.isEmpty() || !equal(shown, expected)) {
      throw Problem.forbidden("the form has expired: load the page again").exception();
    }
  }

  private static boolean equal(String a, String b) {
    return MessageDigest.isEqual(
        a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
  }
}
