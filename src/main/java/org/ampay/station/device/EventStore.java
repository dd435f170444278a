package org.ampay.station.device;

import static org.ampay.store.tables.Tables.DEVICE_EVENT;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ampay.base.IdSource;
import org.ampay.store.GroupCommit;
import org.ampay.store.Rows;
import org.ampay.store.SqlTx;
import org.ampay.store.Tx;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;

/** Writes the events of many stations in a few statements; a repeated event is kept once. */
public final class EventStore implements GroupCommit.Writer<EventStore.Batch, Boolean> {

  /** Events of one station; older ones are deleted. */
  static final int MOST_EVENTS = 10_000;

  /** After so many events of a station its oldest are looked for. */
  private static final int TRIM_EVERY = 500;

  /** What one message told. */
  public record Batch(long operatorId, long stationId, List<DeviceEvent> events, Instant at) {
    public Batch {
      events = List.copyOf(events);
    }
  }

  private static final List<Field<?>> COLUMNS =
      List.of(
          DEVICE_EVENT.ID,
          DEVICE_EVENT.OPERATOR_ID,
          DEVICE_EVENT.STATION_ID,
          DEVICE_EVENT.RECEIVED_AT,
          DEVICE_EVENT.EVENT_AT,
          DEVICE_EVENT.EVENT_ID,
          DEVICE_EVENT.TRIGGER_KIND,
          DEVICE_EVENT.CAUSE,
          DEVICE_EVENT.ACTUAL_VALUE,
          DEVICE_EVENT.TECH_CODE,
          DEVICE_EVENT.TECH_INFO,
          DEVICE_EVENT.CLEARED,
          DEVICE_EVENT.TRANSACTION_ID,
          DEVICE_EVENT.MONITOR_ID,
          DEVICE_EVENT.NOTIFICATION,
          DEVICE_EVENT.COMPONENT,
          DEVICE_EVENT.COMPONENT_INSTANCE,
          DEVICE_EVENT.EVSE_NO,
          DEVICE_EVENT.CONNECTOR_NO,
          DEVICE_EVENT.VARIABLE,
          DEVICE_EVENT.VARIABLE_INSTANCE);

  private final IdSource ids;
  private final Map<Long, Integer> sinceTrim = new HashMap<>();

  public EventStore(IdSource ids) {
    this.ids = ids;
  }

  @Override
  public List<Boolean> write(Tx tx, List<Batch> batches) {
    List<Object[]> rows = new ArrayList<>();
    for (Batch batch : batches) {
      for (DeviceEvent event : batch.events()) {
        rows.add(row(batch, event));
      }
    }
    Rows.insertMissing(tx, DEVICE_EVENT, COLUMNS, rows);
    for (Batch batch : batches) {
      if (trimIsDue(batch)) {
        trim(tx, batch.stationId());
      }
    }
    return new ArrayList<>(Collections.nCopies(batches.size(), Boolean.TRUE));
  }

  private Object[] row(Batch batch, DeviceEvent event) {
    VariableKey place = event.place();
    return new @Nullable Object[] {
      ids.next(),
      batch.operatorId(),
      batch.stationId(),
      batch.at(),
      event.at(),
      event.eventId(),
      event.trigger(),
      event.cause(),
      event.value(),
      event.techCode(),
      event.techInfo(),
      event.cleared(),
      event.transactionId(),
      event.monitorId(),
      event.notification(),
      place.component(),
      place.componentInstance(),
      place.evseNo(),
      place.connectorNo(),
      place.variable(),
      place.variableInstance()
    };
  }

  private boolean trimIsDue(Batch batch) {
    synchronized (sinceTrim) {
      int events = sinceTrim.merge(batch.stationId(), batch.events().size(), Integer::sum);
      if (events < TRIM_EVERY) {
        return false;
      }
      sinceTrim.remove(batch.stationId());
      return true;
    }
  }

  private static void trim(Tx tx, long stationId) {
    Long oldest =
        SqlTx.of(tx)
            .dsl()
            .select(DEVICE_EVENT.ID)
            .from(DEVICE_EVENT)
            .where(DEVICE_EVENT.STATION_ID.eq(stationId))
            .orderBy(DEVICE_EVENT.ID.desc())
            .limit(1)
            .offset(MOST_EVENTS)
            .fetchOne(DEVICE_EVENT.ID);
    if (oldest != null) {
      SqlTx.of(tx)
          .dsl()
          .deleteFrom(DEVICE_EVENT)
          .where(DEVICE_EVENT.STATION_ID.eq(stationId))
          .and(DEVICE_EVENT.ID.le(oldest))
          .execute();
    }
  }
}
