package org.ampay.ocpp.wire;

/** A generated enum of the protocol. */
public interface WireEnum {

  /** The value as it is on the wire, {@code Energy.Active.Import.Register}. */
  String wireName();
}
