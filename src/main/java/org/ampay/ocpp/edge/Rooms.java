package org.ampay.ocpp.edge;

import org.ampay.access.Authorizer;
import org.ampay.charging.SessionPort;
import org.ampay.power.PowerPort;
import org.ampay.station.StationLifecycle;

/** The rooms below that an edge speaks to. */
public record Rooms(StationLifecycle lifecycle, Authorizer authorizer, SessionPort sessions, PowerPort power) {}
