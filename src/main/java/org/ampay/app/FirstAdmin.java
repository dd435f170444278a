package org.ampay.app;

import java.io.PrintWriter;
import org.ampay.audit.AuditLog;
import org.ampay.web.people.People;
import org.ampay.web.people.Role;

/** Makes the first console user, without whom nobody could sign in. */
public final class FirstAdmin {

  private FirstAdmin() {}

  /**
   * Makes the user of the settings when there is none at all.
   *
   * @param err where a generated password is printed, once
   */
  public static void ensure(Foundation on, PrintWriter err) {
    People people =
        new People(
            on.database(),
            on.ids(),
            on.time(),
            new AuditLog(on.database(), on.time()),
            on.random());
    if (!people.users().isEmpty()) {
      return;
    }
    Settings.Admin admin = on.settings().admin();
    boolean generated = admin.password().isEmpty();
    String password = generated ? people.generatePassword() : admin.password();
    people.createUser(admin.email(), Role.ADMIN, null, password, "system");
    err.println(
        "first console user: "
            + admin.email()
            + (generated ? "  password: " + password + "  (shown once)" : ""));
  }
}
