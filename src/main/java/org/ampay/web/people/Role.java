package org.ampay.web.people;

import static org.ampay.web.people.Permission.DRIVERS_READ;
import static org.ampay.web.people.Permission.DRIVERS_WRITE;
import static org.ampay.web.people.Permission.FEES_WRITE;
import static org.ampay.web.people.Permission.LEDGER_READ;
import static org.ampay.web.people.Permission.PARTNERS_READ;
import static org.ampay.web.people.Permission.PROMOTIONS_READ;
import static org.ampay.web.people.Permission.PROMOTIONS_WRITE;
import static org.ampay.web.people.Permission.REVENUE_WRITE;
import static org.ampay.web.people.Permission.SESSIONS_READ;
import static org.ampay.web.people.Permission.SESSIONS_RESOLVE;
import static org.ampay.web.people.Permission.SETTLEMENTS_READ;
import static org.ampay.web.people.Permission.SETTLEMENTS_REFUND;
import static org.ampay.web.people.Permission.STATIONS_COMMAND;
import static org.ampay.web.people.Permission.STATIONS_READ;
import static org.ampay.web.people.Permission.TARIFFS_APPROVE;
import static org.ampay.web.people.Permission.TARIFFS_READ;
import static org.ampay.web.people.Permission.TARIFFS_WRITE;
import static org.ampay.web.people.Permission.TOKENS_READ;
import static org.ampay.web.people.Permission.TOKENS_WRITE;
import static org.ampay.web.people.Permission.WALLETS_READ;
import static org.ampay.web.people.Permission.WALLETS_WRITE;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The roles of people and keys, and the whole matrix of what each may do. */
public enum Role {
  /** The platform: everything, of every operator. */
  ADMIN(EnumSet.allOf(Permission.class)),
  /** Everything, of one operator; but not what the platform takes of it. */
  OPERATOR_ADMIN(EnumSet.complementOf(EnumSet.of(FEES_WRITE))),
  TARIFF_MANAGER(
      EnumSet.of(
          STATIONS_READ,
          SESSIONS_READ,
          TARIFFS_READ,
          TARIFFS_WRITE,
          TARIFFS_APPROVE,
          PROMOTIONS_READ,
          PROMOTIONS_WRITE)),
  FINANCE(
      EnumSet.of(
          PARTNERS_READ,
          STATIONS_READ,
          TOKENS_READ,
          DRIVERS_READ,
          WALLETS_READ,
          WALLETS_WRITE,
          SESSIONS_READ,
          SESSIONS_RESOLVE,
          TARIFFS_READ,
          PROMOTIONS_READ,
          SETTLEMENTS_READ,
          SETTLEMENTS_REFUND,
          LEDGER_READ,
          REVENUE_WRITE)),
  SUPPORT(
      EnumSet.of(
          PARTNERS_READ,
          STATIONS_READ,
          STATIONS_COMMAND,
          TOKENS_READ,
          TOKENS_WRITE,
          DRIVERS_READ,
          DRIVERS_WRITE,
          WALLETS_READ,
          SESSIONS_READ,
          TARIFFS_READ,
          PROMOTIONS_READ,
          SETTLEMENTS_READ)),
  VIEWER(EnumSet.of(STATIONS_READ, TOKENS_READ, DRIVERS_READ, SESSIONS_READ, TARIFFS_READ)),
  /** Reads everything, changes nothing. */
  AUDITOR(
      EnumSet.of(
          PARTNERS_READ,
          STATIONS_READ,
          TOKENS_READ,
          DRIVERS_READ,
          WALLETS_READ,
          SESSIONS_READ,
          TARIFFS_READ,
          PROMOTIONS_READ,
          SETTLEMENTS_READ,
          LEDGER_READ));

  private final Set<Permission> permissions;

  Role(EnumSet<Permission> permissions) {
    this.permissions = Set.copyOf(permissions);
  }

  public boolean may(Permission permission) {
    return permissions.contains(permission);
  }

  /** {@code operator_admin}: as stored and shown. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The role of a word, empty for an unknown one. */
  public static Optional<Role> of(String word) {
    for (Role role : values()) {
      if (role.word().equals(word)) {
        return Optional.of(role);
      }
    }
    return Optional.empty();
  }
}
