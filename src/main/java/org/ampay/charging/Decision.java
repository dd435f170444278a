package org.ampay.charging;

import java.util.List;

/**
 * What follows from a message: all of it once the writes are committed, nothing before.
 *
 * @param writes the first fact is the decision's own; empty when nothing changes
 * @param changed sessions whose pages want to know
 */
record Decision(StationState state, SessionReply reply, List<Write> writes, List<Long> changed) {

  Decision {
    writes = List.copyOf(writes);
    changed = List.copyOf(changed);
  }
}
