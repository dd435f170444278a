package org.ampay.ocpi.json;

import java.io.IOException;
import org.ampay.ocpi.cdr.Cost;
import org.ampay.ocpi.session.RoamingState;

/** Sessions, which all versions write alike but for the price. */
public final class SessionJson {

  private SessionJson() {}

  /** The text of a session. */
  public static String text(RoamingState session, RecordJson.PriceFields price) {
    return JsonText.of(json -> write(json, session, price));
  }

  private static void write(JsonText json, RoamingState session, RecordJson.PriceFields price)
      throws IOException {
    json.text("country_code", session.ours().countryCode())
        .text("party_id", session.ours().partyId())
        .text("id", Long.toString(session.session().sessionId()))
        .time("start_date_time", session.start())
        .time("end_date_time", session.end())
        .number("kwh", session.kwh());
    RecordJson.token(json, session.session());
    json.text("location_id", session.place().address().locationId())
        .text("evse_uid", session.place().outlet().evseUid())
        .text("connector_id", session.place().outlet().connectorId())
        .text("currency", session.currency())
        .list("charging_periods", items -> RecordJson.periods(items, session.periods()));
    Cost total = session.total();
    if (total != null) {
      json.object("total_cost", fields -> price.write(fields, total));
    }
    json.text("status", session.status().name()).time("last_updated", session.lastUpdated());
  }
}
