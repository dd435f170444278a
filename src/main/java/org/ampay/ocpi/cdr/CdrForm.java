package org.ampay.ocpi.cdr;

/** A CDR as one version writes it. */
@FunctionalInterface
public interface CdrForm {

  /** The JSON object. */
  String text(RoamingCdr cdr);
}
