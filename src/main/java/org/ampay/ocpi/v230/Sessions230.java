package org.ampay.ocpi.v230;

import org.ampay.ocpi.json.SessionJson;
import org.ampay.ocpi.session.RoamingState;
import org.ampay.ocpi.session.SessionForm;

/** Sessions of OCPI 2.3.0. */
public final class Sessions230 implements SessionForm {

  @Override
  public String text(RoamingState session) {
    return SessionJson.text(session, Prices230::write);
  }
}
