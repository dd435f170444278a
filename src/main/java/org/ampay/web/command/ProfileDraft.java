package org.ampay.web.command;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.ampay.power.Profile;
import org.ampay.power.Profile.Kind;
import org.ampay.power.Profile.Purpose;
import org.ampay.power.Schedule;
import org.ampay.web.http.Problem;
import org.jspecify.annotations.Nullable;

/**
 * A charging profile as a person or key wants it, in the words of no version.
 *
 * @param id null: a free one
 * @param purpose {@code station_max}, {@code tx_default}, {@code tx}
 * @param kind {@code Absolute} when null
 * @param unit {@code A}, {@code W}
 * @param start null: now, unless it is relative
 */
public record ProfileDraft(
    int evseNo,
    @Nullable Integer id,
    String purpose,
    int stackLevel,
    @Nullable String kind,
    @Nullable String recurrency,
    @Nullable Instant validFrom,
    @Nullable Instant validTo,
    @Nullable String transactionId,
    String unit,
    @Nullable Instant start,
    @Nullable Integer durationSeconds,
    List<Schedule.Period> periods) {

  private static final Map<String, Purpose> PURPOSES =
      Map.of(
          "station_max", Purpose.STATION_MAX,
          "tx_default", Purpose.TX_DEFAULT,
          "tx", Purpose.TX);
  private static final Map<String, Kind> KINDS =
      Map.of("Absolute", Kind.ABSOLUTE, "Recurring", Kind.RECURRING, "Relative", Kind.RELATIVE);
  private static final Map<String, Schedule.Unit> UNITS =
      Map.of("A", Schedule.Unit.A, "W", Schedule.Unit.W);

  /**
   * The profile.
   *
   * @throws org.ampay.web.http.ProblemException naming the field that is not of the known words
   */
  public Profile profile(int freeId, Instant now) {
    Kind of = one("kind", KINDS, kind == null ? "Absolute" : kind);
    if (recurrency != null && !List.of("Daily", "Weekly").contains(recurrency)) {
      throw Problem.badField("recurrency", "must be Daily or Weekly").exception();
    }
    if (periods.isEmpty()) {
      throw Problem.badField("periods", "needs one at least").exception();
    }
    Instant begin =
        start != null || of == Kind.RELATIVE ? start : now.truncatedTo(ChronoUnit.SECONDS);
    return new Profile(
        id == null ? freeId : id,
        stackLevel,
        one("purpose", PURPOSES, purpose),
        of,
        recurrency,
        validFrom,
        validTo,
        transactionId,
        List.of(new Schedule(1, begin, durationSeconds, one("unit", UNITS, unit), periods, null)));
  }

  private static <T> T one(String field, Map<String, T> words, String word) {
    T value = words.get(word);
    if (value == null) {
      throw Problem.badField(field, "must be one of " + words.keySet().stream().sorted().toList())
          .exception();
    }
    return value;
  }

  /** What a field of the wire is called here. */
  public static String fieldOf(String wireField) {
    String last = wireField.substring(wireField.lastIndexOf('.') + 1);
    int at = wireField.indexOf("chargingSchedulePeriod[");
    if (at >= 0) {
      String index =
          wireField.substring(wireField.indexOf('[', at), wireField.indexOf(']', at) + 1);
      return "periods" + index + "." + FIELDS.getOrDefault(last, last);
    }
    return FIELDS.getOrDefault(last, last);
  }

  private static final Map<String, String> FIELDS =
      Map.ofEntries(
          Map.entry("evseId", "evse"),
          Map.entry("connectorId", "evse"),
          Map.entry("chargingProfileId", "id"),
          Map.entry("transactionId", "transaction_id"),
          Map.entry("stackLevel", "stack_level"),
          Map.entry("chargingProfilePurpose", "purpose"),
          Map.entry("chargingProfileKind", "kind"),
          Map.entry("recurrencyKind", "recurrency"),
          Map.entry("validFrom", "valid_from"),
          Map.entry("validTo", "valid_to"),
          Map.entry("startSchedule", "start"),
          Map.entry("duration", "duration_seconds"),
          Map.entry("chargingRateUnit", "unit"),
          Map.entry("chargingSchedulePeriod", "periods"),
          Map.entry("startPeriod", "start"),
          Map.entry("numberPhases", "phases"));
}
