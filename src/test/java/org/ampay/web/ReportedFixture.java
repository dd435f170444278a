package org.ampay.web;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.ampay.ocpp.v16.ReportOrders16;
import org.ampay.ocpp.v201.ReportOrders201;
import org.ampay.station.Protocol;
import org.ampay.station.files.FileLinks;
import org.ampay.station.files.FileSettings;
import org.ampay.station.files.Firmwares;
import org.ampay.station.files.StationFiles;
import org.ampay.station.reports.Transfers;

/** What stations report beside charging, for {@link WebFixture}. */
final class ReportedFixture {

  private ReportedFixture() {}

  static WebRooms.Reported of(WebFixture web, Path folder) {
    StationFiles files =
        new StationFiles(web.database, web.ids, web.time, FileSettings.defaults(folder));
    return new WebRooms.Reported(
        files,
        new FileLinks(new byte[32], () -> URI.create(web.url(""))),
        new Firmwares(web.database, files, web.ids, web.time),
        new Transfers(web.database, web.time),
        Map.of(Protocol.OCPP_16, new ReportOrders16(), Protocol.OCPP_201, new ReportOrders201()));
  }
}
