package org.ampay.station.device;

import static org.ampay.store.tables.Tables.DEVICE_CHANGE;
import static org.ampay.store.tables.Tables.DEVICE_VARIABLE;

import org.jooq.Record;

/** Reads rows of the device model. */
final class VariableRowStore {

  private VariableRowStore() {}

  static VariableKey key(Record r) {
    return new VariableKey(
        r.get(DEVICE_VARIABLE.COMPONENT),
        r.get(DEVICE_VARIABLE.COMPONENT_INSTANCE),
        r.get(DEVICE_VARIABLE.EVSE_NO),
        r.get(DEVICE_VARIABLE.CONNECTOR_NO),
        r.get(DEVICE_VARIABLE.VARIABLE),
        r.get(DEVICE_VARIABLE.VARIABLE_INSTANCE),
        r.get(DEVICE_VARIABLE.ATTRIBUTE));
  }

  static VariableRow row(Record r) {
    return new VariableRow(
        r.get(DEVICE_VARIABLE.ID),
        key(r),
        r.get(DEVICE_VARIABLE.VALUE),
        r.get(DEVICE_VARIABLE.PENDING_VALUE),
        new VariableFact.Traits(
            r.get(DEVICE_VARIABLE.MUTABILITY),
            r.get(DEVICE_VARIABLE.IS_PERSISTENT),
            r.get(DEVICE_VARIABLE.IS_CONSTANT),
            r.get(DEVICE_VARIABLE.DATA_TYPE),
            r.get(DEVICE_VARIABLE.UNIT),
            r.get(DEVICE_VARIABLE.MIN_LIMIT),
            r.get(DEVICE_VARIABLE.MAX_LIMIT),
            r.get(DEVICE_VARIABLE.VALUES_LIST),
            r.get(DEVICE_VARIABLE.SUPPORTS_MONITORING)),
        r.get(DEVICE_VARIABLE.SOURCE),
        r.get(DEVICE_VARIABLE.FIRST_AT),
        r.get(DEVICE_VARIABLE.CHANGED_AT),
        r.get(DEVICE_VARIABLE.CONFIRMED_AT),
        r.get(DEVICE_VARIABLE.REMOVED_AT));
  }

  /** A change, joined with its variable. */
  static ValueChange change(Record r) {
    return new ValueChange(
        r.get(DEVICE_CHANGE.ID),
        key(r),
        r.get(DEVICE_CHANGE.CHANGED_AT),
        r.get(DEVICE_CHANGE.BEFORE_VALUE),
        r.get(DEVICE_CHANGE.AFTER_VALUE),
        r.get(DEVICE_CHANGE.PRESENT),
        r.get(DEVICE_CHANGE.SOURCE));
  }
}
