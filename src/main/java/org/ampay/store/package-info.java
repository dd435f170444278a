/**
 * The database: connections, the embedded server, migrations, transactions, group commit, ids and
 * jobs. The tables' classes in {@code org.ampay.store.tables} are generated from {@code sql/}.
 */
@NullMarked
package org.ampay.store;

import org.jspecify.annotations.NullMarked;
