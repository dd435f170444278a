package org.ampay.station.device;

/** What pages and calls need of this room. */
public record DeviceDesk(
    AdmissionDesk admission, Onboarding onboarding, DeviceReadStore known, StationOrders orders) {}
