package org.ampay.app.simulator;

/** The states of an outlet, in the words of OCPP 1.6. */
public enum PlugState {
  AVAILABLE("Available", "Available", "Idle"),
  PREPARING("Preparing", "Occupied", "EVConnected"),
  CHARGING("Charging", "Occupied", "Charging"),
  SUSPENDED_EV("SuspendedEV", "Occupied", "SuspendedEV"),
  SUSPENDED_EVSE("SuspendedEVSE", "Occupied", "SuspendedEVSE"),
  FINISHING("Finishing", "Occupied", "EVConnected"),
  UNAVAILABLE("Unavailable", "Unavailable", "Idle");

  final String word16;
  final String word201;
  final String chargingState201;

  PlugState(String word16, String word201, String chargingState201) {
    this.word16 = word16;
    this.word201 = word201;
    this.chargingState201 = chargingState201;
  }
}
