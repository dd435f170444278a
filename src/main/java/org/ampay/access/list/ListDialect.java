package org.ampay.access.list;

import java.util.OptionalInt;
import org.ampay.access.StationOrder;

/** How one OCPP version speaks of local lists. */
public interface ListDialect {

  /** What a station said to a SendLocalList. */
  enum Sent {
    ACCEPTED,
    FAILED,
    VERSION_MISMATCH,
    NOT_SUPPORTED
  }

  /** Characters of a token at most; longer ones do not belong in the list. */
  int longestUid();

  /** Whether stations know that a master pass starts nothing. */
  boolean knowsMasterPass();

  StationOrder askVersion();

  /** 0: an empty list, or none; empty: the station keeps no list. */
  OptionalInt version(String answer);

  StationOrder askLimits();

  /** What is missing in the answer is as in {@link ListLimits#UNKNOWN}. */
  ListLimits limits(String answer);

  StationOrder send(ListPart part);

  Sent sent(String answer);

  /** Bytes of a line in the message. */
  int size(ListChange change);
}
