package org.ampay.app.simulator;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One transaction of a simulated station, of either version. */
final class Charge {

  final Outlet outlet;
  final String token;
  final @Nullable Integer remoteStartId;

  /** 2.0.1: made by the station. 1.6: what the central system answered, null until then. */
  @Nullable String transactionId;

  /** 2.0.1 chargingState. */
  String chargingState = "EVConnected";

  private int seqNo;

  private Charge(
      Outlet outlet, String token, @Nullable Integer remoteStartId, @Nullable String id) {
    this.outlet = outlet;
    this.token = token;
    this.remoteStartId = remoteStartId;
    this.transactionId = id;
  }

  static Charge numberedByServer(Outlet outlet, String token) {
    return new Charge(outlet, token, null, null);
  }

  static Charge numberedByStation(Outlet outlet, String token, @Nullable Integer remoteStartId) {
    return new Charge(outlet, token, remoteStartId, UUID.randomUUID().toString());
  }

  int nextSeqNo() {
    return seqNo++;
  }
}
