package org.ampay.station.device;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Which parts of a report have come: a bit a part, whatever order they come in.
 *
 * @param bits little-endian, as stored
 * @param last the number of the last part; null while unknown
 */
record SeqNumbers(byte[] bits, @Nullable Integer last) {

  /** Parts from this number on are kept, but the report is never complete. */
  static final int MOST = 4_096;

  static final SeqNumbers NONE = new SeqNumbers(new byte[0], null);

  boolean has(int seqNo) {
    return seqNo >= 0 && BitSet.valueOf(bits).get(seqNo);
  }

  int count() {
    return BitSet.valueOf(bits).cardinality();
  }

  SeqNumbers with(int seqNo, boolean isLast) {
    BitSet set = BitSet.valueOf(bits);
    if (seqNo >= 0 && seqNo < MOST) {
      set.set(seqNo);
    }
    return new SeqNumbers(set.toByteArray(), isLast ? Integer.valueOf(seqNo) : last);
  }

  boolean complete() {
    return last != null && last < MOST && BitSet.valueOf(bits).nextClearBit(0) > last;
  }
}
