package org.ampay.ocpi.v221;

import org.ampay.ocpi.json.SessionJson;
import org.ampay.ocpi.session.RoamingState;
import org.ampay.ocpi.session.SessionForm;

/** Sessions of OCPI 2.2.1. */
public final class Sessions221 implements SessionForm {

  @Override
  public String text(RoamingState session) {
    return SessionJson.text(session, Prices221::write);
  }
}
