package org.ampay.station.reports;

import java.util.Optional;
import java.util.Set;

/** Reads the commands of one OCPP version that lead to reports. */
public interface CommandReader {

  /** The actions it reads. */
  Set<String> actions();

  /** A command; empty when it breaks the dictionary, so that it will not be sent. */
  Optional<Sent> read(String action, String payload);

  /** An answer that keeps the dictionary. */
  Sent.Answer answer(String action, String payload);
}
