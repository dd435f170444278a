package org.ampay.web.report;

import org.ampay.base.TimeSource;
import org.ampay.station.files.FileLinks;
import org.ampay.station.files.Firmwares;
import org.ampay.station.files.StationFiles;
import org.ampay.station.reports.Customers;
import org.ampay.station.reports.Displays;
import org.ampay.station.reports.Operations;
import org.ampay.station.reports.SecurityLog;
import org.ampay.station.reports.Transfers;
import org.ampay.web.WebRooms;
import org.ampay.web.command.Commands;

/** Everything that API and console need of firmware, logs, displays, customers and vendors. */
public record Desks(
    FirmwareDesk firmware,
    LogDesk logs,
    DisplayDesk displays,
    CustomerDesk customers,
    Reading reading,
    Storage storage) {

  /** What has been reported. */
  public record Reading(
      Operations operations,
      SecurityLog security,
      Displays displays,
      Customers customers,
      Transfers transfers) {}

  /** Files and images. */
  public record Storage(
      StationFiles files, FileLinks links, Firmwares firmwares, TimeSource time) {}

  public static Desks of(WebRooms rooms, Commands commands) {
    WebRooms.Ground ground = rooms.ground();
    WebRooms.Reported reported = rooms.reported();
    Operations operations = new Operations(ground.database(), ground.ids(), ground.time());
    Customers customers = new Customers(ground.database(), ground.time());
    Orders orders = new Orders(reported.orders(), commands, operations, ground.ids());
    return new Desks(
        new FirmwareDesk(
            orders,
            new FirmwareDesk.Ground(
                rooms.field().inventory(),
                rooms.security().stations(),
                reported.firmwares(),
                reported.files(),
                reported.links(),
                ground.time(),
                ground.audit())),
        new LogDesk(
            orders,
            rooms.security().stations(),
            reported.files(),
            reported.links(),
            ground.time(),
            ground.audit()),
        new DisplayDesk(orders, ground.audit()),
        new CustomerDesk(orders, customers, ground.audit()),
        new Reading(
            operations,
            new SecurityLog(ground.database(), ground.time()),
            new Displays(ground.database()),
            customers,
            reported.transfers()),
        new Storage(reported.files(), reported.links(), reported.firmwares(), ground.time()));
  }
}
