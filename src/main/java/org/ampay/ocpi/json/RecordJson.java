package org.ampay.ocpi.json;

import java.io.IOException;
import java.util.List;
import org.ampay.ocpi.RoamingSession;
import org.ampay.ocpi.cdr.Bucket;
import org.ampay.ocpi.cdr.CdrPeriod;
import org.ampay.ocpi.cdr.Cost;
import org.ampay.ocpi.cdr.Periods;
import org.ampay.ocpi.cdr.RoamingCdr;
import org.ampay.ocpi.cdr.RoamingPlace;
import org.ampay.ocpi.cdr.SignedData;
import org.jspecify.annotations.Nullable;

/** The parts of CDRs and sessions that all versions write alike. */
public final class RecordJson {

  /** CdrLocation stays short although Location does not. */
  private static final int MAX_ADDRESS = 45;

  private static final int MAX_CITY = 45;
  private static final int MAX_STATE = 20;
  private static final int MAX_NAME = 255;
  private static final int MAX_POSTAL_CODE = 10;

  private RecordJson() {}

  /** How a version writes a price. */
  @FunctionalInterface
  public interface PriceFields {
    void write(JsonText json, Cost cost) throws IOException;
  }

  /** The first fields of a CDR: up to the currency. */
  public static void head(JsonText json, RoamingCdr cdr) throws IOException {
    json.text("country_code", cdr.ours().countryCode())
        .text("party_id", cdr.ours().partyId())
        .text("id", cdr.id())
        .time("start_date_time", cdr.start())
        .time("end_date_time", cdr.end())
        .text("session_id", Long.toString(cdr.session().sessionId()));
    token(json, cdr.session());
    json.object("cdr_location", fields -> place(fields, cdr.place()))
        .text("meter_id", cdr.meterId())
        .text("currency", cdr.costs().total().excl().currency());
  }

  /** The last fields of a CDR: all behind the tariffs. */
  public static void rest(JsonText json, RoamingCdr cdr, PriceFields price) throws IOException {
    json.list("charging_periods", items -> periods(items, cdr.periods().list()));
    SignedData signed = cdr.signed();
    if (signed != null) {
      json.object("signed_data", fields -> signed(fields, signed));
    }
    json.object("total_cost", fields -> price.write(fields, cdr.costs().total()));
    for (Bucket bucket : Bucket.values()) {
      Cost cost = cdr.costs().buckets().get(bucket);
      if (cost != null) {
        json.object(bucket.wire(), fields -> price.write(fields, cost));
      }
    }
    json.number("total_energy", cdr.periods().kwh())
        .number("total_time", cdr.periods().hours(cdr.start(), cdr.end()))
        .number("total_parking_time", cdr.periods().parkingHours())
        .text("remark", cdr.remark())
        .time("last_updated", cdr.lastUpdated());
  }

  /** Token, method and reference of the authorization. */
  public static void token(JsonText json, RoamingSession session) throws IOException {
    json.object(
            "cdr_token",
            fields ->
                fields
                    .text("country_code", session.token().countryCode())
                    .text("party_id", session.token().partyId())
                    .text("uid", session.uid())
                    .text("type", session.type())
                    .text("contract_id", session.contractId()))
        .text("auth_method", session.authMethod())
        .text("authorization_reference", session.authorizationReference());
  }

  private static void place(JsonText json, RoamingPlace place) throws IOException {
    RoamingPlace.Address address = place.address();
    RoamingPlace.Outlet outlet = place.outlet();
    String postal = address.postalCode();
    json.text("id", address.locationId())
        .text("name", cut(address.name(), MAX_NAME))
        .text("address", cut(address.street(), MAX_ADDRESS))
        .text("city", cut(address.city(), MAX_CITY))
        .text("postal_code", postal == null || postal.length() > MAX_POSTAL_CODE ? null : postal)
        .text("state", address.state() == null ? null : cut(address.state(), MAX_STATE))
        .text("country", address.country())
        .object(
            "coordinates",
            fields ->
                fields.text("latitude", place.latitude()).text("longitude", place.longitude()))
        .text("evse_uid", outlet.evseUid())
        .text("evse_id", outlet.evseId())
        .text("connector_id", outlet.connectorId())
        .text("connector_standard", outlet.standard())
        .text("connector_format", outlet.format())
        .text("connector_power_type", outlet.powerType());
  }

  /** Charging periods. */
  public static void periods(JsonText json, List<CdrPeriod> periods) throws IOException {
    for (CdrPeriod period : periods) {
      json.item(
          fields ->
              fields
                  .time("start_date_time", period.start())
                  .list("dimensions", items -> volumes(items, period.dimensions()))
                  .text("tariff_id", period.tariffId()));
    }
  }

  private static void volumes(JsonText json, List<CdrPeriod.Volume> volumes) throws IOException {
    for (CdrPeriod.Volume volume : volumes) {
      json.item(
          fields ->
              fields.text("type", volume.type()).number("volume", Periods.plain(volume.volume())));
    }
  }

  private static void signed(JsonText json, SignedData signed) throws IOException {
    json.text("encoding_method", signed.encoding()).text("public_key", signed.publicKey());
    json.list(
        "signed_values",
        items -> {
          for (SignedData.Value value : signed.values()) {
            items.item(
                fields ->
                    fields
                        .text("nature", value.nature())
                        .text("plain_data", value.plain())
                        .text("signed_data", value.signed()));
          }
        });
  }

  /** At most so many characters, and no half of one. */
  static @Nullable String cut(@Nullable String text, int most) {
    if (text == null || text.length() <= most) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
    return text.substring(0, end);
  }
}
