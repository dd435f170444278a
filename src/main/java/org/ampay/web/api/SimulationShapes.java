package org.ampay.web.api;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.ampay.base.Energy;
import org.ampay.base.Money;
import org.ampay.billing.simulation.NewRun;
import org.ampay.billing.simulation.Rise;
import org.ampay.billing.simulation.Run;
import org.ampay.billing.simulation.RunResult;
import org.ampay.billing.simulation.Sums;
import org.ampay.web.http.Field;
import org.jspecify.annotations.Nullable;

/** Runs over past sessions, as the API shows them. */
final class SimulationShapes {

  private SimulationShapes() {}

  record SkippedOut(
      @Field("active, review, not_priced, not_billed, currency, unreadable") String reason,
      long sessions) {}

  record SimulationOut(
      long id,
      long operator,
      @Nullable Long tariffId,
      @Field("absent: a draft") @Nullable Integer version,
      String name,
      String currency,
      @Field("list: the frozen tariff without the driver's discounts; billed: what was billed")
          String basis,
      Instant from,
      Instant to,
      @Field("ids; empty: all") List<Long> sites,
      @Field("ids; empty: all") List<Long> stations,
      @Field("only sessions that this stored tariff priced") boolean tariffOnly,
      @Field("queued, running, done, cancelled, failed") String state,
      @Nullable String reason,
      @Field("sessions to look at; absent while they are not counted") @Nullable Long total,
      @Field("sessions that were looked at") long done,
      String author,
      Instant createdAt,
      @Nullable Instant startedAt,
      @Nullable Instant endedAt) {

    static SimulationOut of(Run run) {
      NewRun what = run.what();
      return new SimulationOut(
          run.id(),
          run.operatorId(),
          what.tariffId(),
          what.version(),
          what.name(),
          run.currency(),
          what.basis().code(),
          what.from(),
          what.to(),
          what.places().sites().stream().sorted().toList(),
          what.places().stations().stream().sorted().toList(),
          what.places().tariffOnly(),
          run.state().code(),
          run.reason(),
          run.total(),
          run.done(),
          run.author(),
          run.createdAt(),
          run.startedAt(),
          run.endedAt());
    }
  }

  record SimulatedRevenueOut(Money excl, Money incl) {}

  record SimulatedSumsOut(
      @Field("that began there") long sessions,
      long dearer,
      long cheaper,
      long equal,
      @Field("Wh of the sessions that began there") Energy energy,
      SimulatedRevenueOut before,
      SimulatedRevenueOut after,
      SimulatedRevenueOut change) {

    static SimulatedSumsOut of(String currency, Sums sums) {
      return new SimulatedSumsOut(
          sums.sessions(),
          sums.dearer(),
          sums.cheaper(),
          sums.equal(),
          new Energy(sums.energyMwh()),
          revenue(currency, sums.beforeExcl(), sums.beforeIncl()),
          revenue(currency, sums.afterExcl(), sums.afterIncl()),
          revenue(currency, sums.changeExcl(), sums.changeIncl()));
    }

    private static SimulatedRevenueOut revenue(String currency, long excl, long incl) {
      return new SimulatedRevenueOut(new Money(currency, excl), new Money(currency, incl));
    }
  }

  record SimulatedHourOut(
      @Field("of the site's local day, 0 to 23") int hour, SimulatedSumsOut sums) {}

  record SimulatedSiteOut(long site, @Nullable String name, SimulatedSumsOut sums) {}

  record SimulatedRiseOut(long session, Money before, Money after, Money change) {

    static SimulatedRiseOut of(String currency, Rise rise) {
      return new SimulatedRiseOut(
          rise.sessionId(),
          new Money(currency, rise.before()),
          new Money(currency, rise.after()),
          new Money(currency, rise.by()));
    }
  }

  record SimulationDetailOut(
      @com.fasterxml.jackson.annotation.JsonUnwrapped SimulationOut run,
      @Field("what the figures are") String compares,
      SimulatedSumsOut result,
      @Field("where the revenue lies, whenever its sessions began") List<SimulatedHourOut> hours,
      @Field("the greatest change first") List<SimulatedSiteOut> sites,
      @Field("the greatest, at most 10") List<SimulatedRiseOut> rises,
      @Field("sessions that could not be priced") List<SkippedOut> skipped,
      @Field("sessions of other tariffs, with tariff_only") long outside,
      @Field("sessions whose sum without tax is unknown on one side: it holds the tax there")
          long taxUnknown) {

    static SimulationDetailOut of(Run run, RunResult result) {
      String currency = run.currency();
      List<SimulatedHourOut> hours = new ArrayList<>();
      for (int hour = 0; hour < result.hours().size(); hour++) {
        hours.add(
            new SimulatedHourOut(hour, SimulatedSumsOut.of(currency, result.hours().get(hour))));
      }
      return new SimulationDetailOut(
          SimulationOut.of(run),
          comparison(run),
          SimulatedSumsOut.of(currency, result.all()),
          hours,
          result.sites().stream()
              .map(
                  s ->
                      new SimulatedSiteOut(
                          s.siteId(), s.name(), SimulatedSumsOut.of(currency, s.sums())))
              .toList(),
          run.found().rises().stream().map(rise -> SimulatedRiseOut.of(currency, rise)).toList(),
          run.found().skipped().entrySet().stream()
              .sorted(java.util.Map.Entry.comparingByKey())
              .map(e -> new SkippedOut(e.getKey().code(), e.getValue()))
              .toList(),
          run.found().outside(),
          run.found().taxUnknown());
    }
  }

  private static String comparison(Run run) {
    return switch (run.what().basis()) {
      case LIST ->
          "before: each session priced with the tariff frozen at its start, without the driver's"
              + " tier, coupons and points; after: with this tariff, likewise";
      case BILLED ->
          "before: what was billed, with the driver's discounts; after: the list price of this"
              + " tariff, without any";
    };
  }
}
