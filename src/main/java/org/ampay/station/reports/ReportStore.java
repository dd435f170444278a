package org.ampay.station.reports;

import static org.ampay.store.tables.Tables.DATA_TRANSFER;
import static org.ampay.store.tables.Tables.OPERATION_EVENT;
import static org.ampay.store.tables.Tables.SECURITY_EVENT;
import static org.ampay.store.tables.Tables.STATION_OPERATION;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ampay.base.Digests;
import org.ampay.station.StationInfo;
import org.ampay.store.GroupCommit;
import org.ampay.store.Rows;
import org.ampay.store.SqlTx;
import org.ampay.store.Tx;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Record4;
import org.jspecify.annotations.Nullable;

/**
 * Writes the reports of many stations in one transaction. Security events come by the thousand when
 * a site boots, and go by multi-row statements; the others are rare and go one by one, because each
 * looks for the operation it belongs to.
 */
public final class ReportStore implements GroupCommit.Writer<ReportStore.Fact, Boolean> {

  /**
   * A report as it is to be stored.
   *
   * @param id of its row, so that writing it twice does no harm
   */
  public record Fact(long id, StationInfo station, Report report, Instant at) {}

  private static final List<Field<?>> SECURITY =
      List.of(
          SECURITY_EVENT.ID,
          SECURITY_EVENT.OPERATOR_ID,
          SECURITY_EVENT.STATION_ID,
          SECURITY_EVENT.FACT_KEY,
          SECURITY_EVENT.TYPE,
          SECURITY_EVENT.CRITICAL,
          SECURITY_EVENT.AT,
          SECURITY_EVENT.RECEIVED_AT,
          SECURITY_EVENT.TECH_INFO);

  private static final List<Field<?>> TRANSFER =
      List.of(
          DATA_TRANSFER.ID,
          DATA_TRANSFER.OPERATOR_ID,
          DATA_TRANSFER.STATION_ID,
          DATA_TRANSFER.DIRECTION,
          DATA_TRANSFER.VENDOR_ID,
          DATA_TRANSFER.MESSAGE_ID,
          DATA_TRANSFER.DATA,
          DATA_TRANSFER.STATUS,
          DATA_TRANSFER.ANSWER_DATA,
          DATA_TRANSFER.AT);

  private static final int LONGEST_DETAIL = 512;
  private static final Instant EARLIEST = Instant.parse("1000-01-01T00:00:00Z");

  @Override
  public List<Boolean> write(Tx tx, List<Fact> facts) {
    List<Object[]> security = new ArrayList<>();
    List<Object[]> transfers = new ArrayList<>();
    List<Boolean> results = new ArrayList<>(facts.size());
    for (Fact fact : facts) {
      boolean result = true;
      switch (fact.report()) {
        case Report.Security event -> security.add(row(fact, event));
        case Report.Transfer transfer -> transfers.add(row(fact, transfer));
        case Report.Status status -> status(tx, fact, status);
        case Report.Booted booted -> result = booted(tx, fact, booted);
        case Report.Displays displays -> DisplayStore.reported(tx, fact, displays);
        case Report.Customer customer -> CustomerStore.reported(tx, fact, customer);
      }
      results.add(result);
    }
    Rows.insertMissing(tx, SECURITY_EVENT, SECURITY, security);
    Rows.insertMissing(tx, DATA_TRANSFER, TRANSFER, transfers);
    return results;
  }

  @Override
  public Optional<Boolean> find(Tx tx, Fact fact) {
    return Optional.empty(); // every row has its id or key before: twice does no harm
  }

  private static Object[] row(Fact fact, Report.Security event) {
    StationInfo station = fact.station();
    return new Object[] {
      fact.id(),
      station.operatorId(),
      station.id(),
      Digests.key16(event.type(), event.at(), String.valueOf(event.techInfo())),
      event.type(),
      SecurityEvents.isCritical(event.type()),
      storable(event.at()),
      fact.at(),
      event.techInfo()
    };
  }

  private static Object[] row(Fact fact, Report.Transfer transfer) {
    StationInfo station = fact.station();
    return new Object[] {
      fact.id(),
      station.operatorId(),
      station.id(),
      "in",
      transfer.vendorId(),
      transfer.messageId(),
      transfer.data(),
      transfer.status(),
      transfer.answerData(),
      fact.at()
    };
  }

  private static void status(Tx tx, Fact fact, Report.Status status) {
    DSLContext dsl = SqlTx.of(tx).dsl();
    Condition named =
        STATION_OPERATION
            .STATION_ID
            .eq(fact.station().id())
            .and(STATION_OPERATION.KIND.eq(status.kind().word()));
    Integer requestId = status.requestId();
    Record4<Long, String, String, String> operation =
        dsl.select(
                STATION_OPERATION.ID,
                STATION_OPERATION.STATE,
                STATION_OPERATION.STATUS,
                STATION_OPERATION.DETAIL)
            .from(STATION_OPERATION)
            .where(
                requestId == null ? named : named.and(STATION_OPERATION.REQUEST_ID.eq(requestId)))
            .orderBy(STATION_OPERATION.CREATED_AT.desc(), STATION_OPERATION.ID.desc())
            .limit(1)
            .forUpdate()
            .fetchOne();
    Long operationId = operation == null ? null : operation.value1();
    event(
        tx,
        fact,
        new Event(status.kind(), requestId, status.status(), status.detail()),
        operationId);
    if (operation == null) {
      return;
    }
    OperationState before = OperationState.of(operation.value2());
    OperationState after = status.kind().after(before, status.status());
    String detail = status.detail().isEmpty() ? operation.value4() : cut(status.detail());
    dsl.update(STATION_OPERATION)
        .set(STATION_OPERATION.STATE, after.word())
        .set(STATION_OPERATION.STATUS, status.status())
        .set(STATION_OPERATION.DETAIL, detail)
        .set(STATION_OPERATION.CHANGED_AT, fact.at())
        .where(STATION_OPERATION.ID.eq(operation.value1()))
        .execute();
  }

  /**
   * The version that runs after an update confirms it, or shows that it has not taken hold (yet:
   * some stations also boot before they install).
   *
   * @return whether nothing more is to be learned from a boot
   */
  private static boolean booted(Tx tx, Fact fact, Report.Booted booted) {
    DSLContext dsl = SqlTx.of(tx).dsl();
    Record operation =
        dsl.select(
                STATION_OPERATION.ID,
                STATION_OPERATION.TARGET_VERSION,
                STATION_OPERATION.VERSION_BEFORE)
            .from(STATION_OPERATION)
            .where(STATION_OPERATION.STATION_ID.eq(fact.station().id()))
            .and(STATION_OPERATION.KIND.eq(OperationKind.FIRMWARE.word()))
            .orderBy(STATION_OPERATION.CREATED_AT.desc(), STATION_OPERATION.ID.desc())
            .limit(1)
            .forUpdate()
            .fetchOne();
    if (operation == null) {
      return true;
    }
    long id = operation.get(STATION_OPERATION.ID);
    String target = operation.get(STATION_OPERATION.TARGET_VERSION);
    String version = booted.firmwareVersion() == null ? "" : booted.firmwareVersion();
    boolean confirmed =
        target == null
            ? !version.equals(operation.get(STATION_OPERATION.VERSION_BEFORE))
            : target.equals(version);
    event(tx, fact, new Event(OperationKind.FIRMWARE, null, "booted", version), id);
    dsl.update(STATION_OPERATION)
        .set(STATION_OPERATION.VERSION_AFTER, version)
        .set(STATION_OPERATION.CONFIRMED_AT, confirmed ? fact.at() : null)
        .where(STATION_OPERATION.ID.eq(id))
        .execute();
    return confirmed;
  }

  /** A line of a timeline. */
  record Event(OperationKind kind, @Nullable Integer requestId, String status, String detail) {}

  static void event(Tx tx, Fact fact, Event event, @Nullable Long operationId) {
    SqlTx.of(tx)
        .dsl()
        .insertInto(OPERATION_EVENT)
        .set(OPERATION_EVENT.ID, fact.id())
        .set(OPERATION_EVENT.OPERATOR_ID, fact.station().operatorId())
        .set(OPERATION_EVENT.STATION_ID, fact.station().id())
        .set(OPERATION_EVENT.OPERATION_ID, operationId)
        .set(OPERATION_EVENT.KIND, event.kind().word())
        .set(OPERATION_EVENT.REQUEST_ID, event.requestId())
        .set(OPERATION_EVENT.STATUS, event.status())
        .set(OPERATION_EVENT.DETAIL, cut(event.detail()))
        .set(OPERATION_EVENT.AT, fact.at())
        .onDuplicateKeyIgnore()
        .execute();
  }

  /** A time that the database can hold: a station without a clock may be in the year 0. */
  static Instant storable(Instant at) {
    return at.isBefore(EARLIEST) ? EARLIEST : at;
  }

  static String cut(String text) {
    return text.length() <= LONGEST_DETAIL ? text : text.substring(0, LONGEST_DETAIL);
  }
}
