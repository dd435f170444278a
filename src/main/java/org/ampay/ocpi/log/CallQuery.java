package org.ampay.ocpi.log;

import org.ampay.ocpi.CallLog;
import org.jspecify.annotations.Nullable;

/**
 * Which calls are wanted.
 *
 * @param direction null: both
 * @param errorsOnly whose OCPI status is not 1xxx
 */
public record CallQuery(CallLog.@Nullable Direction direction, boolean errorsOnly) {

  public static final CallQuery ALL = new CallQuery(null, false);
}
