package org.ampay.ocpp.edge;

import org.ampay.station.reports.ReportPort;

/** Where an edge brings what stations report beside charging. */
public record ReportRooms(ReportPort reports, DataTransfers transfers) {}
