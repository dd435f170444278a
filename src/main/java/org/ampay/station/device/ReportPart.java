package org.ampay.station.device;

import java.util.List;

/**
 * One message of a report that comes in parts.
 *
 * @param seqNo from 0
 * @param last no further part follows
 */
public record ReportPart(long requestId, int seqNo, boolean last, Items items) {

  /** What the parts of a report hold. */
  public sealed interface Items {

    /** NotifyReport. */
    record Variables(List<VariableFact> facts) implements Items {
      public Variables {
        facts = List.copyOf(facts);
      }
    }

    /** NotifyMonitoringReport. */
    record Monitors(List<MonitorFact> facts) implements Items {
      public Monitors {
        facts = List.copyOf(facts);
      }
    }

    /** {@code variables} or {@code monitors}: as stored. */
    default String kind() {
      return switch (this) {
        case Variables _ -> "variables";
        case Monitors _ -> "monitors";
      };
    }
  }
}
