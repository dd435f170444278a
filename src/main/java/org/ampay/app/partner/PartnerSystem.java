package org.ampay.app.partner;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.ampay.ocpi.OcpiVersion;
import org.ampay.ocpi.PartyRef;

/** The system of a partner, listening. */
public final class PartnerSystem implements AutoCloseable {

  private static final Map<String, String> LISTS =
      Map.of(
          "locations", "Location",
          "sessions", "Session",
          "cdrs", "CDR",
          "tariffs", "Tariff",
          "invoicereconciliation", "InvoiceReconciliationRecord");

  private final PartnerSettings settings;
  private final Link link = new Link();
  private final Complaints complaints = new Complaints();
  private final PartnerFaults faults = new PartnerFaults();
  private final PartnerBooks books = new PartnerBooks();
  private final PartnerTokens tokens;
  private final PartnerCaller caller;
  private final Checker checker;
  private final Handshake handshake;
  private final PartnerHttp http;
  private final AtomicLong orders = new AtomicLong();
  private final ExecutorService workers =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("partner-", 1).factory());

  private PartnerSystem(PartnerSettings settings) {
    this.settings = settings;
    this.tokens = new PartnerTokens(settings.party(), settings.name(), settings.time());
    this.caller = new PartnerCaller(link, settings, complaints);
    this.checker = new Checker(link, tokens, complaints);
    this.handshake = new Handshake(link, settings, caller, complaints, this::versionsUrl);
    FrontDesk desk =
        new FrontDesk(link, settings, handshake, desks(), books, complaints, this::root);
    this.http = new PartnerHttp(desk, faults, () -> PartnerPage.of(this, books.calls()), workers);
  }

  /** Starts to listen. */
  public static PartnerSystem start(PartnerSettings settings) {
    PartnerSystem partner = new PartnerSystem(settings);
    partner.http.listen(settings.listen());
    return partner;
  }

  private Map<String, Desk> desks() {
    Map<String, Desk> desks = new LinkedHashMap<>();
    desks.put("locations", new LocationDesk(link, books, checker));
    desks.put("sessions", new ObjectDesk("sessions", "Session", link, books, checker));
    desks.put("tariffs", new ObjectDesk("tariffs", "Tariff", link, books, checker));
    desks.put("cdrs", new CdrDesk(books, checker, () -> moduleUrl("cdrs")));
    desks.put("tokens", new TokenDesk(tokens, checker, () -> moduleUrl("tokens")));
    desks.put("commands", new ResultDesk("commands", books, checker));
    desks.put("chargingprofiles", new ResultDesk("chargingprofiles", books, checker));
    if (settings.role().equals("PTP")) {
      desks.put("payments", new PaymentDesk(books, checker));
    }
    return desks;
  }

  private String root() {
    return http.address() + "/ocpi";
  }

  private String moduleUrl(String module) {
    return root() + "/" + link.version().wire() + "/" + module;
  }

  /** Where its page for people is. */
  public URI address() {
    return http.address();
  }

  /** Where its versions are. */
  public URI versionsUrl() {
    return URI.create(root() + "/versions");
  }

  public PartyRef party() {
    return settings.party();
  }

  public String name() {
    return settings.name();
  }

  /** A TOKEN_A of it, with which the other side may register. */
  public String invite() {
    return link.invite();
  }

  /**
   * Registers with the other side.
   *
   * @throws PartnerException if that fails
   */
  public void register(URI versions, String tokenA) {
    handshake.register(versions, tokenA);
  }

  /** Gives a new token and gets one; chooses the version again. */
  public void update() {
    handshake.update();
  }

  /** Ends the connection. */
  public void unregister() {
    handshake.unregister();
  }

  /** Whether the handshake is done. */
  public boolean isConnected() {
    return link.isUp();
  }

  /** The version that was agreed. */
  public OcpiVersion version() {
    return link.version();
  }

  /** The party of the other side, by its credentials. */
  public PartyRef otherParty() {
    return link.party();
  }

  /** The modules of the other side: {@code cdrs SENDER} and where it is. */
  public Map<String, URI> endpoints() {
    return link.endpoints();
  }

  /** The token that it calls with now, for tests of tokens. */
  public String callToken() {
    return link.theirs();
  }

  /** The token that the other side has to call with. */
  public String ownToken() {
    return link.ours();
  }

  public Complaints complaints() {
    return complaints;
  }

  public PartnerFaults faults() {
    return faults;
  }

  public PartnerBooks books() {
    return books;
  }

  public PartnerTokens tokens() {
    return tokens;
  }

  public PartnerCaller caller() {
    return caller;
  }

  /**
   * Reads a list of the other side to its end, into the books.
   *
   * @param module {@code locations}, {@code sessions}, {@code cdrs}, {@code tariffs}, {@code
   *     invoicereconciliation}
   * @throws PartnerException if a page does not come
   */
  public List<ObjectNode> pull(String module, Map<String, String> query) {
    String object = LISTS.getOrDefault(module, "");
    return new PartnerPull(caller, checker, books, module, object, query).run();
  }

  /** Tells the other side of a token. */
  public PartnerAnswer push(ObjectNode token) {
    return caller.call(
        "PUT",
        "tokens",
        "RECEIVER",
        List.of(
            token.path("country_code").asText(),
            token.path("party_id").asText(),
            token.path("uid").asText()),
        Map.of("type", token.path("type").asText()),
        token);
  }

  /** Tells the other side of a card terminal of its own, and knows it from then on. */
  public PartnerAnswer tell(ObjectNode terminal) {
    books.put("terminals", terminal.path("terminal_id").asText(), terminal);
    return caller.call("POST", "payments", "RECEIVER", List.of("terminals"), terminal);
  }

  /** Tells what came of taking a driver's money. */
  public PartnerAnswer confirm(ObjectNode advice) {
    List<String> path = List.of("financial-advice-confirmations");
    return caller.call("POST", "payments", "RECEIVER", path, advice);
  }

  /**
   * A command that was sent.
   *
   * @param number under which its result comes
   */
  public record Sent(String number, PartnerAnswer answer) {}

  /**
   * Sends a command.
   *
   * @param type {@code START_SESSION} …
   * @param fields of its object but response_url
   */
  public Sent command(String type, ObjectNode fields) {
    String number = Long.toString(orders.incrementAndGet());
    ObjectNode body = fields.deepCopy().put("response_url", resultUrl("CommandResult", number));
    PartnerAnswer answer = caller.call("POST", "commands", "RECEIVER", List.of(type), body);
    if (answer.isDone()) {
      checker.takes("answer to " + type, "CommandResponse", answer.data());
    }
    return new Sent(number, answer);
  }

  /**
   * Asks for something of a session's charging profile.
   *
   * @param kind of the result: {@code ChargingProfileResult}, {@code ClearProfileResult} …
   */
  public Sent profile(
      String method, String session, String kind, Optional<ObjectNode> profile, String seconds) {
    String number = Long.toString(orders.incrementAndGet());
    String result = moduleUrl("chargingprofiles") + "/results/" + kind + "/" + number;
    Map<String, String> query = new LinkedHashMap<>();
    if (profile.isEmpty()) {
      query.put("response_url", result);
    }
    if (!seconds.isEmpty()) {
      query.put("duration", seconds);
    }
    JsonNode body =
        profile
            .map(
                wanted -> {
                  ObjectNode set = PartnerJson.object().put("response_url", result);
                  set.set("charging_profile", wanted);
                  return set;
                })
            .orElse(null);
    PartnerAnswer answer =
        caller.call(method, "chargingprofiles", "RECEIVER", List.of(session), query, body);
    if (answer.isDone()) {
      checker.takes("answer to " + method, "ChargingProfileResponse", answer.data());
    }
    return new Sent(number, answer);
  }

  private String resultUrl(String kind, String number) {
    return moduleUrl("commands") + "/results/" + kind + "/" + number;
  }

  /** The result of a command, once it came. */
  public Optional<ObjectNode> result(Sent sent) {
    return books.find("results", sent.number());
  }

  @Override
  public void close() {
    http.close();
    caller.close();
    workers.shutdownNow();
  }
}
