package org.ampay.station;

/**
 * A command to be sent.
 *
 * @param action for example {@code RemoteStartTransaction}
 * @param payload JSON text of the request
 * @param recordId the record that it has already, because it waited in the queue; 0: a new one
 */
public record CommandOrder(Sender sender, String action, String payload, long recordId) {

  /** A new one. */
  public static CommandOrder of(Sender sender, String action, String payload) {
    return new CommandOrder(sender, action, payload, 0);
  }
}
