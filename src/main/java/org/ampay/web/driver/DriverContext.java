package org.ampay.web.driver;

import java.net.URI;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.ampay.base.TimeSource;
import org.ampay.station.Operator;
import org.ampay.web.console.Guard;
import org.ampay.web.console.Language;
import org.ampay.web.console.Pages;
import org.ampay.web.console.Ui;
import org.ampay.web.http.Answer;
import org.ampay.web.http.Assets;
import org.ampay.web.http.Call;
import org.ampay.web.http.PublicUrl;

/**
 * What every page of a driver has. A form is ours when it carries what our cookie has: another site
 * can neither read nor set it.
 */
final class DriverContext {

  private static final String LANGUAGE_COOKIE = "ampay_language";
  private static final String FORM_COOKIE = "ampay_pay";
  private static final String ORDER_COOKIE = "ampay_order";
  private static final int DAY = 86_400;
  private static final int YEAR = 31_536_000;
  private static final Operator NOBODY = new Operator(0, "", "CN", "AMP", "CNY", 0);

  private final Pages pages;
  private final Assets assets;
  private final TimeSource time;
  private final RandomGenerator random;
  private final PublicUrl publicUrl;

  DriverContext(Assets assets, TimeSource time, RandomGenerator random, PublicUrl publicUrl) {
    this.pages = new Pages();
    this.assets = assets;
    this.time = time;
    this.random = random;
    this.publicUrl = publicUrl;
  }

  /** What a page of a point or order is written with. */
  Ui ui(Call call, PayPoint point) {
    return ui(call, point.operator(), point.station().zone());
  }

  /** What a page that belongs nowhere is written with. */
  Ui ui(Call call) {
    return ui(call, NOBODY, ZoneOffset.UTC);
  }

  private Ui ui(Call call, Operator operator, ZoneId zone) {
    return new Ui(
        language(call),
        null,
        call.cookie(FORM_COOKIE).filter(DriverContext::isOurs).orElseGet(this::secret),
        call.path(),
        new Ui.Place(operator, List.of(), zone, time.now()),
        assets);
  }

  static Language language(Call call) {
    return call.cookie(LANGUAGE_COOKIE)
        .flatMap(Language::of)
        .orElseGet(() -> Language.accepted(call.header("accept-language").orElse("")));
  }

  private static boolean isOurs(String secret) {
    return secret.matches("[A-Za-z0-9_-]{32}");
  }

  /** 32 characters that nobody guesses. */
  String secret() {
    byte[] bytes = new byte[24];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Refuses what another site made the browser send. */
  void check(Call call) {
    Guard.check(call, call.cookie(FORM_COOKIE).filter(DriverContext::isOurs).orElse(""));
  }

  /** A whole page; nobody keeps or indexes it. */
  Answer page(int status, String template, Ui ui, Map<String, ?> model) {
    Answer page = fragment(status, template, ui, model);
    return page.with("set-cookie", cookie(FORM_COOKIE, ui.csrf(), DAY));
  }

  /** A part of a page. */
  Answer fragment(int status, String template, Ui ui, Map<String, ?> model) {
    return pages
        .page(status, template, ui, model)
        .with("x-robots-tag", "noindex, nofollow")
        .with("cache-control", "no-store");
  }

  /** The order that this browser made last. */
  Optional<String> order(Call call) {
    return call.cookie(ORDER_COOKIE);
  }

  /** To the page of an order, which the browser then remembers. */
  Answer toOrder(String code) {
    return Answer.seeOther("/pay/orders/" + code)
        .with("set-cookie", cookie(ORDER_COOKIE, code, DAY));
  }

  /** The same page in the language that the query asks for; empty when it asks for none. */
  Optional<Answer> otherLanguage(Call call) {
    return call.query("lang")
        .flatMap(Language::of)
        .map(
            language ->
                Answer.seeOther(call.path())
                    .with(
                        "set-cookie",
                        LANGUAGE_COOKIE
                            + "="
                            + language.tag()
                            + "; Path=/; SameSite=Lax; Max-Age="
                            + YEAR));
  }

  private String cookie(String name, String value, int seconds) {
    return name
        + "="
        + value
        + "; Path=/pay; SameSite=Lax; HttpOnly; Max-Age="
        + seconds
        + (publicUrl.secure() ? "; Secure" : "");
  }

  /** How the outside reaches a page of ours. */
  URI outside(Call call, String path) {
    return publicUrl.of(call, path);
  }
}
