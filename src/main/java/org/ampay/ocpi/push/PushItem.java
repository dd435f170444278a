package org.ampay.ocpi.push;

/**
 * An object that waits to be sent.
 *
 * @param wanted which of its changes is the newest that the sending is sure to contain
 * @param attempts failures since it was last taken
 */
record PushItem(PushKind kind, String key, long wanted, int attempts) {

  /** One of them is sent at a time. */
  String name() {
    return kind + " " + key;
  }

  /** The location that this is of or in; empty: another kind of object. */
  String place() {
    return switch (kind) {
      case LOCATION -> key;
      case EVSE -> key.substring(0, Math.max(0, key.indexOf('/')));
      case TARIFF, SESSION, CDR -> "";
    };
  }
}
