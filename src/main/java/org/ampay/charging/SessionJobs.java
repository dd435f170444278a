package org.ampay.charging;

/** The kinds of jobs that follow from sessions; their ref is the session's id. */
public final class SessionJobs {

  /** A finished session is to be billed. */
  public static final String BILL = "bill";

  /** A session waits for events, or has got late ones: it is looked at again. */
  public static final String CHECK = "session_check";

  /** A session that a roaming partner pays for has changed. */
  public static final String ROAMING = "ocpi_session";

  private SessionJobs() {}
}
