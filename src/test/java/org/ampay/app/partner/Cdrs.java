package org.ampay.app.partner;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** A right CDR of DE*CPO in 2.2.1. */
final class Cdrs {

  private Cdrs() {}

  static ObjectNode right(PartnerSystem partner, String id) {
    ObjectNode token = partner.tokens().issue("T-" + id, "RFID", "ALWAYS", true);
    ObjectNode cdr =
        PartnerJson.object(
            """
            {"country_code": "DE", "party_id": "CPO", "currency": "EUR",
             "start_date_time": "2026-01-31T10:00:00Z", "end_date_time": "2026-01-31T11:00:00Z",
             "auth_method": "WHITELIST", "cdr_location": {"id": "L1", "address": "a", "city": "b",
               "country": "DEU", "coordinates": {"latitude": "50.77063", "longitude": "6.09500"},
               "evse_uid": "1", "evse_id": "DE*CPO*E1", "connector_id": "1",
               "connector_standard": "IEC_62196_T2", "connector_format": "SOCKET",
               "connector_power_type": "AC_3_PHASE"},
             "charging_periods": [{"start_date_time": "2026-01-31T10:00:00Z", "dimensions": [
               {"type": "ENERGY", "volume": 10}, {"type": "TIME", "volume": 1}]}],
             "total_cost": {"excl_vat": 5.00, "incl_vat": 5.95}, "total_energy": 10,
             "total_time": 1, "last_updated": "2026-01-31T11:00:01Z"}
            """);
    ObjectNode of = cdr.put("id", id).putObject("cdr_token");
    for (String name : List.of("country_code", "party_id", "uid", "type", "contract_id")) {
      of.set(name, token.path(name));
    }
    return cdr;
  }
}
