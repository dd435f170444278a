package org.ampay.charging;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ampay.charging.Write.Fact;
import org.ampay.charging.Write.FactKey;

/**
 * Takes out of decisions what is stored already.
 *
 * @param answers the stored facts among those asked for, with their answers
 * @param sessions keys of the stored sessions among those asked for
 */
record Repeats(Map<FactKey, Optional<String>> answers, Set<ByteBuffer> sessions) {

  /** What is left of a decision. */
  record Filtered(Outcome outcome, List<Write> writes) {}

  /** Every fact of a decision: its own, and those of readings that are facts by themselves. */
  static List<FactKey> facts(Decision decision) {
    List<FactKey> keys = new ArrayList<>(decision.writes().size());
    for (Write write : decision.writes()) {
      switch (write) {
        case Fact fact -> keys.add(fact.key());
        case Write.Reading reading -> {
          if (reading.fact() != null) {
            keys.add(reading.fact().key());
          }
        }
        case Write.NewSession session -> {}
        case Write.ChangedSession session -> {}
        case Write.Phase phase -> {}
        case Write.Bill bill -> {}
        case Write.Check check -> {}
        case Write.Resolved resolved -> {}
      }
    }
    return keys;
  }

  Filtered filter(Decision decision) {
    Set<FactKey> seen = new HashSet<>();
    List<Write> kept = new ArrayList<>(decision.writes().size());
    boolean own = false;
    int dropped = 0;
    int readings = 0;
    for (Write write : decision.writes()) {
      switch (write) {
        case Fact fact -> {
          Optional<String> answer = answers.get(fact.key());
          if (answer != null) {
            return nothing(new Outcome.Duplicate(answer.orElse(null), false));
          }
          own = true;
        }
        case Write.NewSession made -> {
          if (sessions.contains(ByteBuffer.wrap(made.session().identity().key()))) {
            return nothing(new Outcome.SessionExists());
          }
        }
        case Write.Reading reading -> {
          readings++;
          if (reading.fact() != null && isRepeat(reading.fact().key(), seen)) {
            dropped++;
            continue;
          }
        }
        case Write.ChangedSession changed -> {}
        case Write.Phase phase -> {}
        case Write.Bill bill -> {}
        case Write.Check check -> {}
        case Write.Resolved resolved -> {}
      }
      kept.add(write);
    }
    return !own && readings > 0 && dropped == readings
        ? nothing(new Outcome.Duplicate(null, false))
        : new Filtered(new Outcome.Stored(), kept);
  }

  private boolean isRepeat(FactKey key, Set<FactKey> seen) {
    return answers.containsKey(key) || !seen.add(key);
  }

  private static Filtered nothing(Outcome outcome) {
    return new Filtered(outcome, List.of());
  }
}
