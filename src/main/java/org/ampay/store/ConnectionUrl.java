package org.ampay.store;

import org.jspecify.annotations.Nullable;

/**
 * What the driver needs to connect. Not a thing to log: the URL may hold a password.
 *
 * @param jdbc a URL of Connector/J, which also speaks to MariaDB
 */
record ConnectionUrl(String jdbc, @Nullable String user, @Nullable String password) {

  private static final String JDBC = "jdbc:mysql://";

  /**
   * The operator's URL as the driver wants it.
   *
   * @throws StoreException when it is no URL of a MySQL or MariaDB database
   */
  static ConnectionUrl of(DatabaseSettings.Outside target) {
    String url = target.url().strip();
    for (String prefix : new String[] {JDBC, "jdbc:mariadb://", "mysql://", "mariadb://"}) {
      if (url.startsWith(prefix)) {
        String rest = url.substring(prefix.length());
        if (!rest.matches("[^/?]+/[^/?]+(\\?.*)?")) {
          throw new StoreException("AMPAY_DB_URL must end with the database's name: /NAME");
        }
        return new ConnectionUrl(JDBC + rest, target.user(), target.password());
      }
    }
    throw new StoreException(
        "AMPAY_DB_URL must begin with jdbc:mysql://, jdbc:mariadb:// or mysql://");
  }

  @Override
  public String toString() {
    return "ConnectionUrl[…]";
  }
}
