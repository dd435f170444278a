package org.ampay.web.console;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ampay.base.Money;
import org.ampay.web.command.Commands;
import org.ampay.web.http.Answer;
import org.ampay.web.read.DashboardStore;
import org.ampay.web.read.Scope;
import org.ampay.web.read.SessionReadStore;
import org.ampay.web.read.SessionReadStore.SessionFilter;

/** The first page: how things are, and what needs somebody. */
public final class DashboardPages {

  /** How long a failed renewal is shown. */
  private static final Duration SHOWN = Duration.ofDays(7);

  private final Pages pages;
  private final DashboardStore figures;
  private final SessionReadStore sessions;
  private final Commands commands;
  private final Duration endingSoon;

  DashboardPages(
      Pages pages,
      DashboardStore figures,
      SessionReadStore sessions,
      Commands commands,
      Duration endingSoon) {
    this.pages = pages;
    this.figures = figures;
    this.sessions = sessions;
    this.commands = commands;
    this.endingSoon = endingSoon;
  }

  List<ConsoleRoute> routes() {
    return List.of(
        ConsoleRoute.get("/", null, this::dashboard),
        ConsoleRoute.get("/dashboard/figures", null, this::fragment),
        ConsoleRoute.get("/quarantine", null, this::quarantine));
  }

  /** What the dashboard shows. */
  public record Figures(
      int online,
      int stations,
      int active,
      DashboardStore.Billed today,
      List<Attention> attention) {

    /** The day's revenue, zero in the operator's currency when nothing was billed. */
    public List<Money> revenue(String currency) {
      return today.revenue().isEmpty() ? List.of(Money.zero(currency)) : today.revenue();
    }
  }

  /**
   * Something that somebody should look at.
   *
   * @param count shown as it is up to {@link DashboardStore#MOST}
   */
  public record Attention(String key, int count, String link, String color) {
    public String shown() {
      return count > DashboardStore.MOST ? DashboardStore.MOST + "+" : String.valueOf(count);
    }
  }

  private Answer dashboard(PageCall call) {
    return pages.page(200, "dashboard", call.ui(), model(call));
  }

  private Answer fragment(PageCall call) {
    return pages.page(200, "part/figures", call.ui(), model(call));
  }

  private Map<String, Object> model(PageCall call) {
    Scope scope = call.scope();
    List<Long> ids = figures.stationIds(scope);
    int online = (int) ids.stream().filter(commands::connected).count();
    java.time.ZoneId zone = call.ui().place().zone();
    LocalDate today = LocalDate.ofInstant(call.ui().place().now(), zone);
    Map<String, Object> model = new HashMap<>();
    model.put(
        "figures",
        new Figures(
            online,
            ids.size(),
            figures.sessionsIn(scope, "active"),
            figures.billed(scope, today.atStartOfDay(zone).toInstant()),
            attention(scope, call.ui().place().now())));
    model.put("sessions", sessions.list(scope, SessionFilter.ALL, Long.MAX_VALUE, 8));
    return model;
  }

  private List<Attention> attention(Scope scope, Instant now) {
    return java.util.stream.Stream.of(
            new Attention(
                "attention.review",
                figures.sessionsIn(scope, "review"),
                "/sessions?state=review",
                "orange"),
            new Attention(
                "attention.debt",
                figures.settlementsIn(scope, "debt"),
                "/sessions?settlement=debt",
                "red"),
            new Attention(
                "attention.manual",
                figures.settlementsIn(scope, "manual"),
                "/sessions?settlement=manual",
                "orange"),
            new Attention("attention.quarantine", figures.quarantined(scope), "/quarantine", "red"),
            new Attention(
                "attention.orphan",
                figures.sessionsIn(scope, "orphan"),
                "/sessions?state=orphan",
                "purple"),
            new Attention(
                "attention.unknown_tokens",
                figures.unknownTokens(scope),
                "/tokens#unknown",
                "azure"),
            new Attention(
                "attention.certificates_ending",
                figures.certificatesEnding(scope, now.plus(endingSoon)),
                "/certificates#ending",
                "orange"),
            new Attention(
                "attention.certificates_failed",
                figures.certificatesFailed(scope, now.minus(SHOWN)),
                "/certificates#failed",
                "red"))
        .filter(item -> item.count() > 0)
        .toList();
  }

  private Answer quarantine(PageCall call) {
    return pages.page(
        200, "quarantine", call.ui(), Map.of("frames", figures.quarantine(call.scope(), 100)));
  }
}
