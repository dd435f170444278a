package org.ampay.ocpi;

import java.time.Instant;
import org.ampay.ocpi.client.PartnerRequest;
import org.ampay.ocpi.http.OcpiRequest;
import org.jspecify.annotations.Nullable;

/** Where calls of partners and to partners are written down, without tokens. Never blocks. */
public interface CallLog {

  /** Nothing is written down. */
  CallLog NONE =
      new CallLog() {
        @Override
        public void came(Partner partner, OcpiRequest request, Answer answer, Instant at) {}

        @Override
        public void went(
            Partner partner,
            PartnerRequest request,
            String url,
            String requestId,
            Answer answer,
            Instant at) {}
      };

  /**
   * What became of a call.
   *
   * @param http null: there was no answer
   * @param status OCPI; null: the answer had none
   * @param note why it was not done
   */
  record Answer(@Nullable Integer http, @Nullable Integer status, int millis, String note) {}

  void came(Partner partner, OcpiRequest request, Answer answer, Instant at);

  void went(
      Partner partner,
      PartnerRequest request,
      String url,
      String requestId,
      Answer answer,
      Instant at);
}
