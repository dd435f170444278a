package org.ampay.charging;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** What the core counts. */
final class SessionMeters {

  private final Counter started;
  private final Counter rejected;
  private final Counter finished;
  private final Counter review;
  private final Counter orphans;
  private final Counter duplicates;
  private final Counter quarantined;
  private final Counter unavailable;
  private final Counter full;

  SessionMeters(MeterRegistry registry) {
    this.started = sessions(registry, "started");
    this.rejected = sessions(registry, "rejected");
    this.finished = sessions(registry, "finished");
    this.review = sessions(registry, "review");
    this.orphans = sessions(registry, "orphan");
    this.duplicates = Counter.builder("ampay.facts.duplicate").register(registry);
    this.quarantined = Counter.builder("ampay.facts.quarantined").register(registry);
    this.unavailable = Counter.builder("ampay.facts.unavailable").register(registry);
    this.full = Counter.builder("ampay.mailbox.full").register(registry);
  }

  private static Counter sessions(MeterRegistry registry, String what) {
    return Counter.builder("ampay.sessions").tag("became", what).register(registry);
  }

  void stored(Decision decision) {
    for (Write write : decision.writes()) {
      switch (write) {
        case Write.NewSession made -> became(made.session());
        case Write.ChangedSession changed -> {
          if (!changed.session().open()) {
            became(changed.session());
          }
        }
        case Write.Fact fact -> {}
        case Write.Reading reading -> {}
        case Write.Phase phase -> {}
        case Write.Bill bill -> {}
        case Write.Check check -> {}
        case Write.Resolved resolved -> {}
      }
    }
  }

  private void became(Session session) {
    switch (session.state()) {
      case ACTIVE -> started.increment();
      case FINISHED -> finished.increment();
      case REVIEW -> review.increment();
      case ORPHAN -> orphans.increment();
      case REJECTED -> rejected.increment();
    }
  }

  void duplicate() {
    duplicates.increment();
  }

  void quarantined() {
    quarantined.increment();
  }

  void unavailable() {
    unavailable.increment();
  }

  void full() {
    full.increment();
  }
}
