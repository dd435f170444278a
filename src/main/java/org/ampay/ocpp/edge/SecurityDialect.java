package org.ampay.ocpp.edge;

import java.util.Optional;
import org.ampay.ocpp.edge.RemoteOrders.Order;
import org.ampay.station.StationPasswordChanges.Outcome;

/** How one OCPP version changes a station's password and security profile (A01, A05). */
public interface SecurityDialect {

  /** What a command changes. */
  sealed interface Change {

    /**
     * The Basic password.
     *
     * @param text as the command has it
     */
    record Password(String text) implements Change {

      /** Never shows the password. */
      @Override
      public String toString() {
        return "Password[]";
      }
    }

    /** The security profile that the station shall connect under. */
    record Profile(int profile) implements Change {}
  }

  /**
   * Where a station shall connect.
   *
   * @param slot of its network profiles (2.0.1 only)
   * @param url without the identity (2.0.1 only)
   * @param interfaceName for example {@code Wired0} (2.0.1 only)
   */
  record Destination(int profile, int slot, String url, String interfaceName) {}

  /** What a command changes; empty for any other command, also one that is broken. */
  Optional<Change> read(String action, String payload);

  /** What the station's answer to such a command says of it. */
  Outcome outcome(Change change, String answer);

  /**
   * The command that changes the password.
   *
   * @throws IllegalArgumentException when the version cannot carry it, saying why
   */
  Order password(String password);

  /**
   * The command that changes the profile.
   *
   * @throws IllegalArgumentException when the version cannot say that, saying why
   */
  Order profile(Destination destination);
}
