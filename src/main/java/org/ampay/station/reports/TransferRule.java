package org.ampay.station.reports;

import org.jspecify.annotations.Nullable;

/** Decides on a vendor's message, from memory. */
@FunctionalInterface
public interface TransferRule {

  /** What an operator has decided of a vendor's message. */
  enum Decision {
    UNKNOWN_VENDOR,
    UNKNOWN_MESSAGE,
    ACCEPT
  }

  Decision decide(long operatorId, String vendorId, @Nullable String messageId);
}
