package org.ampay.app.check;

/**
 * An invariant in SQL that MySQL and MariaDB both understand.
 *
 * @param name stable: scripts know it
 * @param table what is counted
 * @param broken selects a text about each row that breaks it; every {@code ?} is the time now
 */
record SqlCheck(String name, String table, String broken) {}
