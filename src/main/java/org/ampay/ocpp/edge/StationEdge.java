package org.ampay.ocpp.edge;

import java.util.concurrent.CompletionStage;

/** The edge of one OCPP version: translates its wire records to version-neutral commands. */
public interface StationEdge {

  /**
   * Answers one CALL. The stage completes after the commit; when it fails, nothing was stored, and
   * the station must not be answered. Actions that need no database complete at once.
   */
  CompletionStage<CallAnswer> handle(StationCall call);
}
