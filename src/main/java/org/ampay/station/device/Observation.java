package org.ampay.station.device;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a station's answer to one of our commands tells of it. */
public sealed interface Observation {

  /** Where a value comes from, as stored. */
  enum Source {
    REPORT("report"),
    GET("get"),
    SET("set");

    private final String word;

    Source(String word) {
      this.word = word;
    }

    /** The stored word. */
    public String word() {
      return word;
    }
  }

  /**
   * A report was asked for.
   *
   * @param kind {@code variables} or {@code monitors}
   * @param asked {@code FullInventory}, {@code GetReport}, {@code GetMonitoringReport}, ...
   * @param answer the station's status
   * @param accepted parts will follow
   */
  record ReportAsked(String kind, long requestId, String asked, String answer, boolean accepted)
      implements Observation {}

  /**
   * Values that were read or written.
   *
   * @param unknown what the station says it does not have
   * @param everything the station has no others: the answer to GetConfiguration without keys
   */
  record Values(
      Source source, List<VariableFact> facts, List<VariableKey> unknown, boolean everything)
      implements Observation {
    public Values {
      facts = List.copyOf(facts);
      unknown = List.copyOf(unknown);
    }
  }

  /** Monitors that the station accepted, and ids of those it has no longer. */
  record Monitors(List<MonitorFact> set, List<Integer> cleared) implements Observation {
    public Monitors {
      set = List.copyOf(set);
      cleared = List.copyOf(cleared);
    }
  }

  /** SetMonitoringBase or SetMonitoringLevel was accepted; null: not changed. */
  record Monitoring(@Nullable String base, @Nullable Integer level) implements Observation {}
}
