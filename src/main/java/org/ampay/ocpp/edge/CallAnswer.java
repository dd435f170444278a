package org.ampay.ocpp.edge;

import org.ampay.ocpp.wire.ErrorCode;
import org.ampay.ocpp.wire.WireException;
import org.ampay.ocpp.wire.WireObject;

/** What becomes of a station's CALL. */
public sealed interface CallAnswer {

  /**
   * CALLRESULT.
   *
   * @param doubt what was wrong with the CALL although it is confirmed; empty when nothing was
   * @param then what follows when the answer is sent, on a thread that may block
   */
  record Result(WireObject payload, String doubt, Runnable then) implements CallAnswer {

    private static final Runnable NOTHING = () -> {};

    public Result(WireObject payload, String doubt) {
      this(payload, doubt, NOTHING);
    }

    public Result(WireObject payload) {
      this(payload, "", NOTHING);
    }

    /** Whether something follows. */
    public boolean isFollowed() {
      return then != NOTHING;
    }
  }

  /**
   * CALLERROR.
   *
   * @param description names the field, never its value; up to 255 characters
   */
  record Refused(ErrorCode code, String description) implements CallAnswer {

    /** What breaks the dictionary. */
    public static Refused of(WireException broken) {
      return new Refused(broken.code(), String.valueOf(broken.getMessage()));
    }
  }

  /** Nothing was stored: the station is not answered, and its connection is closed. */
  record NoAnswer(String reason) implements CallAnswer {}
}
