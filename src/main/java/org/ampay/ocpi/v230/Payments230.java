package org.ampay.ocpi.v230;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.ampay.base.Money;
import org.ampay.ocpi.InterfaceRole;
import org.ampay.ocpi.ModuleId;
import org.ampay.ocpi.OcpiVersion;
import org.ampay.ocpi.facts.Complaint;
import org.ampay.ocpi.facts.Facts;
import org.ampay.ocpi.facts.Strictness;
import org.ampay.ocpi.http.OcpiAnswer;
import org.ampay.ocpi.http.OcpiModule;
import org.ampay.ocpi.http.OcpiProblem;
import org.ampay.ocpi.http.OcpiStatus;
import org.ampay.ocpi.http.PartnerCall;
import org.ampay.ocpi.terminal.Confirmation;
import org.ampay.ocpi.terminal.TerminalPayments;
import org.ampay.ocpi.terminal.Terminals;

/**
 * The Payments module, as the CPO has it: services of card terminals tell their terminals and
 * confirm what they took.
 */
public final class Payments230 implements OcpiModule {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TERMINALS = "terminals";
  private static final String ADVICES = "financial-advice-confirmations";
  private static final BigDecimal MOST = BigDecimal.valueOf(1_000_000_000);

  private final Terminals terminals;
  private final TerminalPayments payments;

  public Payments230(Terminals terminals, TerminalPayments payments) {
    this.terminals = terminals;
    this.payments = payments;
  }

  @Override
  public ModuleId id() {
    return ModuleId.PAYMENTS;
  }

  @Override
  public InterfaceRole role() {
    return InterfaceRole.RECEIVER;
  }

  @Override
  public Set<OcpiVersion> versions() {
    return Set.of(OcpiVersion.V2_3_0);
  }

  @Override
  public OcpiAnswer handle(PartnerCall call) {
    List<String> path = call.path();
    String list = path.isEmpty() ? "" : path.getFirst();
    if (path.size() > 2 || !(list.equals(TERMINALS) || list.equals(ADVICES))) {
      throw OcpiProblem.notFound(OcpiStatus.CLIENT_ERROR, "there is no such thing");
    }
    boolean one = path.size() == 2;
    return switch (call.method()) {
      case "GET" -> one ? found(call, list, path.getLast()) : refused();
      case "POST" -> one ? refused() : posted(call, list);
      default -> refused();
    };
  }

  private static OcpiAnswer refused() {
    throw new OcpiProblem(405, OcpiStatus.CLIENT_ERROR, "this method is not for that");
  }

  private OcpiAnswer found(PartnerCall call, String list, String id) {
    Optional<String> body =
        list.equals(TERMINALS)
            ? terminals.find(call.partner(), id)
            : payments.find(call.partner(), id);
    return body.map(text -> OcpiAnswer.ok(read(text)))
        .orElseThrow(() -> OcpiProblem.notFound(OcpiStatus.CLIENT_ERROR, "there is no such id"));
  }

  private static JsonNode read(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("what is stored is no JSON", e);
    }
  }

  private OcpiAnswer posted(PartnerCall call, String list) {
    ObjectNode body = call.object();
    if (list.equals(TERMINALS)) {
      check("Terminal", body);
      terminals.told(call.partner(), body, time(body));
      return OcpiAnswer.created();
    }
    check("FinancialAdviceConfirmation", body);
    return answer(payments.confirm(call.partner(), confirmation(body)));
  }

  private static void check(String object, ObjectNode body) {
    List<Complaint> complaints =
        Facts.of(OcpiVersion.V2_3_0).check(object, body, Strictness.RECEIVED);
    if (!complaints.isEmpty()) {
      throw OcpiProblem.invalid(complaints.getFirst().toString());
    }
  }

  private static OcpiAnswer answer(TerminalPayments.Result result) {
    return switch (result) {
      case TerminalPayments.Result.Taken taken ->
          taken.isNew() ? OcpiAnswer.created() : OcpiAnswer.ok();
      case TerminalPayments.Result.UnknownReference _ ->
          throw OcpiProblem.invalid("authorization_reference: no session was started with it");
      case TerminalPayments.Result.NotYet _ ->
          throw new OcpiProblem(
              200, OcpiStatus.NOT_ENOUGH_INFORMATION, "the session has no CDR yet: try again");
      case TerminalPayments.Result.TooMuch(Money owed) ->
          throw OcpiProblem.invalid("total_costs: more than the " + owed + " that are owed");
      case TerminalPayments.Result.Conflict _ ->
          throw OcpiProblem.invalid("id: was used for another confirmation");
    };
  }

  /** Checked by the facts before: what must be there is there, with its type. */
  private static Confirmation confirmation(ObjectNode body) {
    Confirmation.Status status =
        Confirmation.Status.valueOf(body.path("capture_status_code").textValue());
    Money total = total(body);
    if (status != Confirmation.Status.FAILED && !total.isPositive()) {
      throw OcpiProblem.invalid("total_costs: nothing was taken");
    }
    return new Confirmation(
        body.path("id").textValue(),
        body.path("authorization_reference").textValue(),
        total,
        status,
        body.toString(),
        time(body));
  }

  /** With all taxes; to the last minor unit. */
  private static Money total(ObjectNode body) {
    String currency = body.path("currency").textValue().toUpperCase(Locale.ROOT);
    JsonNode costs = body.path("total_costs");
    BigDecimal sum = costs.path("before_taxes").decimalValue();
    for (JsonNode tax : costs.path("taxes")) {
      sum = sum.add(tax.path("amount").decimalValue());
    }
    if (sum.signum() < 0 || sum.compareTo(MOST) > 0) {
      throw OcpiProblem.invalid("total_costs: must be 0 to " + MOST);
    }
    try {
      Currency.getInstance(currency);
      return Money.of(currency, sum, RoundingMode.UNNECESSARY);
    } catch (IllegalArgumentException e) {
      throw OcpiProblem.invalid("currency: there is no " + currency);
    } catch (ArithmeticException e) {
      throw OcpiProblem.invalid("total_costs: has more digits than the currency");
    }
  }

  /** Without a zone it is UTC. */
  private static Instant time(ObjectNode body) {
    String text = body.path("last_updated").textValue();
    try {
      boolean zoned = text.endsWith("Z") || text.matches(".*[+-][0-9]{2}:?[0-9]{2}");
      return zoned
          ? OffsetDateTime.parse(text).toInstant()
          : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      throw OcpiProblem.invalid("last_updated: must be a time like 2026-03-02T08:00:00Z");
    }
  }
}
