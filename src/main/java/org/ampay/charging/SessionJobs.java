package org.ampay.charging;

/** The kinds of jobs that follow from sessions; their ref is the session's id. */
public final class SessionJobs {

  /** A finished session is to be billed. */
  public static final String BILL = "bill";

  private SessionJobs() {}
}
