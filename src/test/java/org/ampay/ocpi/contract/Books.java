package org.ampay.ocpi.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;

/** The ledger, as the API shows it. */
final class Books {

  private Books() {}

  /** Debits less credits of an account in CNY; 0 when there is none. */
  static BigDecimal balance(String code) {
    for (JsonNode one :
        World.api().get("/ledger/accounts?limit=500&prefix=" + code).expect(200).path("items")) {
      if (one.path("code").asText().equals(code)) {
        return BigDecimal.valueOf(one.at("/balance/minor").asLong(), 2);
      }
    }
    return new BigDecimal("0.00");
  }
}
