package org.ampay.app.simulator;

/** Why a session ends, in the words of both versions. */
enum StopCause {
  TOKEN("Local", "Local", "StopAuthorized"),
  UNPLUGGED("EVDisconnected", "EVDisconnected", "EVCommunicationLost"),
  REMOTE("Remote", "Remote", "RemoteStop"),
  REFUSED("DeAuthorized", "DeAuthorized", "Deauthorized"),
  RESET("SoftReset", "ImmediateReset", "ResetCommand");

  final String reason16;
  final String reason201;
  final String trigger201;

  StopCause(String reason16, String reason201, String trigger201) {
    this.reason16 = reason16;
    this.reason201 = reason201;
    this.trigger201 = trigger201;
  }
}
