package org.ampay.web.console;

import com.linecorp.armeria.server.ServerBuilder;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.random.RandomGenerator;
import org.ampay.web.http.Answer;
import org.ampay.web.http.Call;
import org.ampay.web.http.Gate;
import org.ampay.web.http.Problem;
import org.ampay.web.people.SignIn;
import org.ampay.web.people.UserSession;

/** Signing in and out, and the choice of language and operator. */
final class SignInPages {

  private final Context context;
  private final SignIn signIn;
  private final Pages pages;
  private final RandomGenerator random;
  private final boolean secure;

  /**
   * @param secure cookies go over https only
   */
  SignInPages(Context context, SignIn signIn, Pages pages, RandomGenerator random, boolean secure) {
    this.context = context;
    this.signIn = signIn;
    this.pages = pages;
    this.random = random;
    this.secure = secure;
  }

  void install(ServerBuilder server, Gate gate, BiFunction<Call, Problem, Answer> failed) {
    server.route().get("/sign-in").build(gate.service(this::show, failed));
    server.route().post("/sign-in").build(gate.service(this::enter, failed));
    server.route().post("/sign-out").build(gate.service(this::leave, failed));
    server.route().post("/language").build(gate.service(this::language, failed));
    server.route().post("/operator").build(gate.service(this::operator, failed));
  }

  private Answer show(Call call) {
    if (context.session(call).isPresent()) {
      return Answer.seeOther("/");
    }
    return form(call, 200, "", "");
  }

  private Answer form(Call call, int status, String error, String email) {
    String token = call.cookie(Context.FORM_COOKIE).orElseGet(this::newToken);
    Answer page =
        pages.page(
            status,
            "signin",
            context.anonymous(call, token),
            Map.of("error", error, "email", email, "next", next(call)));
    return page.with("set-cookie", cookie(Context.FORM_COOKIE, token, 86_400, true));
  }

  private Answer enter(Call call) {
    Guard.check(call, call.cookie(Context.FORM_COOKIE).orElse(""));
    String email = String.valueOf(call.form().get("email"));
    String password = String.valueOf(call.form().get("password"));
    return switch (signIn.signIn(email, password, call.address())) {
      case SignIn.Outcome.Wrong wrong -> form(call, 401, "signin.wrong", email);
      case SignIn.Outcome.TooMany many -> form(call, 429, "signin.too_many", email);
      case SignIn.Outcome.SignedIn in ->
          Answer.seeOther(next(call))
              .with(
                  "set-cookie",
                  cookie(Context.SESSION_COOKIE, in.token(), SignIn.SESSION.toSeconds(), true));
    };
  }

  /** Where somebody wanted to go; never to another site. */
  private static String next(Call call) {
    String next =
        call.method().equals("POST")
            ? String.valueOf(call.form().get("next"))
            : call.query("next").orElse("/");
    boolean ours =
        next.startsWith("/")
            && !next.startsWith("//")
            && next.length() < 1_000
            && next.chars().allMatch(c -> c > ' ' && c < 127 && c != '\\');
    return ours ? next : "/";
  }

  private Answer leave(Call call) {
    Optional<UserSession> session = checked(call);
    session.ifPresent(
        s ->
            signIn.signOut(
                call.cookie(Context.SESSION_COOKIE).orElse(""), s.user(), call.address()));
    return Answer.seeOther("/sign-in")
        .with("set-cookie", cookie(Context.SESSION_COOKIE, "", 0, true));
  }

  private Answer language(Call call) {
    Optional<UserSession> session = checked(call);
    Language language =
        Language.of(String.valueOf(call.form().get("language")))
            .orElseThrow(() -> Problem.badField("language", "is not known").exception());
    session.ifPresent(s -> signIn.setLanguage(s.user(), language.tag()));
    return Answer.seeOther(next(call))
        .with("set-cookie", cookie(Context.LANGUAGE_COOKIE, language.tag(), 31_536_000, false));
  }

  private Answer operator(Call call) {
    checked(call);
    String id = String.valueOf(call.form().get("operator"));
    if (!id.matches("[0-9]{1,18}")) {
      throw Problem.badField("operator", "must be an id").exception();
    }
    return Answer.seeOther("/")
        .with("set-cookie", cookie(Context.OPERATOR_COOKIE, id, 31_536_000, true));
  }

  /** The session, after its form token or that of the sign-in page was checked. */
  private Optional<UserSession> checked(Call call) {
    Optional<UserSession> session = context.session(call);
    Guard.check(
        call,
        session
            .map(UserSession::csrfToken)
            .orElseGet(() -> call.cookie(Context.FORM_COOKIE).orElse("")));
    return session;
  }

  private String newToken() {
    byte[] bytes = new byte[24];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private String cookie(String name, String value, long seconds, boolean httpOnly) {
    return name
        + "="
        + value
        + "; Path=/; SameSite=Lax; Max-Age="
        + seconds
        + (httpOnly ? "; HttpOnly" : "")
        + (secure ? "; Secure" : "");
  }
}
