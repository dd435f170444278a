package org.ampay.payment.sim;

/** The process ends here, whatever it was doing: nobody catches this. */
final class Crash extends Error {

  private static final long serialVersionUID = 1L;

  Crash(String where) {
    super(where);
  }
}
