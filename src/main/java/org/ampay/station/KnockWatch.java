package org.ampay.station;

/** Is told of whoever asks for a connection and is not known; must be quick and must not block. */
@FunctionalInterface
public interface KnockWatch {

  /**
   * A request that was refused because nobody knows its identity.
   *
   * @param remote IP address
   * @param offered the subprotocols it named
   * @param credentials whether it showed a password; never which
   */
  record Knock(String identity, String remote, String offered, boolean credentials) {}

  void knocked(Knock knock);
}
