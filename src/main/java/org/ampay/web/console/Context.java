package org.ampay.web.console;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.ampay.base.TimeSource;
import org.ampay.station.Inventory;
import org.ampay.station.Operator;
import org.ampay.station.Site;
import org.ampay.web.http.Assets;
import org.ampay.web.http.Call;
import org.ampay.web.http.Ref;
import org.ampay.web.people.SignIn;
import org.ampay.web.people.UserSession;

/** Finds out who looks at a page, in which language, at whose data. */
final class Context {

  static final String SESSION_COOKIE = "ampay_session";
  static final String LANGUAGE_COOKIE = "ampay_language";
  static final String OPERATOR_COOKIE = "ampay_operator";

  /** Of the sign-in form, which has no session yet. */
  static final String FORM_COOKIE = "ampay_form";

  private final SignIn signIn;
  private final Inventory inventory;
  private final TimeSource time;
  private final Assets assets;

  Context(SignIn signIn, Inventory inventory, TimeSource time, Assets assets) {
    this.signIn = signIn;
    this.inventory = inventory;
    this.time = time;
    this.assets = assets;
  }

  Optional<UserSession> session(Call call) {
    return call.cookie(SESSION_COOKIE).flatMap(signIn::session);
  }

  /** The page of a signed-in person. */
  Ui ui(Call call, UserSession session) {
    return new Ui(
        Language.of(session.user().language()).orElseGet(() -> language(call)),
        session,
        session.csrfToken(),
        call.path(),
        place(call, session),
        assets);
  }

  /** The page of somebody unknown. */
  Ui anonymous(Call call, String csrf) {
    Operator nobody = new Operator(0, "", "CN", "AMP", "CNY", 0);
    Ui.Place place = new Ui.Place(nobody, List.of(), ZoneOffset.UTC, time.now());
    return new Ui(language(call), null, csrf, call.path(), place, assets);
  }

  private static Language language(Call call) {
    return call.cookie(LANGUAGE_COOKIE)
        .flatMap(Language::of)
        .orElseGet(() -> Language.accepted(call.header("accept-language").orElse("")));
  }

  private Ui.Place place(Call call, UserSession session) {
    Long own = session.user().operatorId();
    List<Operator> operators =
        inventory.operators().stream()
            .filter(o -> own == null || o.id() == own)
            .sorted(Comparator.comparingLong(Operator::id))
            .toList();
    if (operators.isEmpty()) {
      throw org.ampay.web.http.Problem.forbidden("the user's operator is gone").exception();
    }
    long wanted = call.cookie(OPERATOR_COOKIE).map(id -> new Ref(id).id().orElse(0)).orElse(0L);
    Operator operator =
        operators.stream().filter(o -> o.id() == wanted).findFirst().orElse(operators.getFirst());
    return new Ui.Place(operator, operators, zone(operator), time.now());
  }

  private ZoneId zone(Operator operator) {
    return inventory.sites(operator.id()).stream()
        .map(Site::zone)
        .findFirst()
        .orElse(ZoneOffset.UTC);
  }
}
