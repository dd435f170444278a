package org.ampay.ocpp.edge;

import org.ampay.access.Authorizer;
import org.ampay.access.reservation.ReservationReports;
import org.ampay.charging.DriverPrices;
import org.ampay.charging.SessionPort;
import org.ampay.power.PowerPort;
import org.ampay.station.StationLifecycle;
import org.ampay.station.certs.CertificateDesk;
import org.ampay.station.device.DevicePort;

/** The rooms below that an edge speaks to. */
public record Rooms(
    StationLifecycle lifecycle,
    Authorizer authorizer,
    SessionPort sessions,
    ReservationReports reservations,
    CertificateDesk certificates,
    ReportRooms reports,
    DevicePort devices,
    PowerPort power,
    DriverPrices prices) {}
