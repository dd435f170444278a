package org.ampay.ocpi.facts;

/** How much is asked of an object. */
public enum Strictness {
  /**
   * What we send, as the pickiest reader wants it: nothing unknown, nothing null, no empty texts,
   * times that end in Z.
   */
  SENT,
  /**
   * What others send: unknown fields, nulls of optional fields and empty texts pass, so do times
   * without Z, with fractions and with an offset.
   */
  RECEIVED
}
