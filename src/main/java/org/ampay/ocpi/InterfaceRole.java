package org.ampay.ocpi;

/** Which side of a module: the owner of the data sends, the other side receives. */
public enum InterfaceRole {
  SENDER,
  RECEIVER
}
