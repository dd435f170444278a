package org.ampay.ocpi.session;

/** A session as one version writes it. */
@FunctionalInterface
public interface SessionForm {

  /** The JSON object. */
  String text(RoamingState session);
}
