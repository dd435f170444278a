package org.ampay.ocpp.edge;

/** What is known of DataTransfer: vendors whose messages we send, and none that we receive. */
public final class DataTransfers {

  /** The price messages of the Open Charge Alliance's white paper for OCPP 1.6. */
  private static final String COST_MESSAGES = "org.openchargealliance.costmsg";

  private DataTransfers() {}

  /** Whether the vendor is ours to talk to; then it is the message that is unknown. */
  public static boolean isKnownVendor(String vendorId) {
    return vendorId.equals(COST_MESSAGES);
  }
}
