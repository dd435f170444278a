package org.ampay.web.read;

import org.ampay.store.Database;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;

/** What every read model has: the database and the operator's condition. */
abstract class ScopeStore {

  private final Database database;

  ScopeStore(Database database) {
    this.database = database;
  }

  DSLContext dsl() {
    return database.dsl();
  }

  static Condition in(Scope scope, Field<Long> operatorId) {
    Long operator = scope.operatorId();
    return operator == null ? DSL.noCondition() : operatorId.eq(operator);
  }

  /** A LIKE pattern that finds {@code text} anywhere; its own wildcards mean themselves. */
  static String anywhere(String text) {
    return "%" + text.replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%";
  }
}
