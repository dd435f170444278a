package org.ampay.app.sandbox.stripe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Map;
import org.ampay.app.sandbox.SandboxBooks;
import org.ampay.app.sandbox.SandboxBooks.Kind;

/** A merchant's balance: what moved it, and what is set aside. */
final class StripeBalance {

  static final String TRANSACTION = "balance_transaction";

  private static final long FEE_PER_MILLE = 29;
  private static final long FEE_FLAT = 30;

  private final StripeStore store;

  StripeBalance(StripeStore store) {
    this.store = store;
  }

  void hold(Merchant merchant, ObjectNode intent, long amount) {
    store
        .world()
        .books()
        .hold(
            StripeWire.NAME,
            merchant.name(),
            intent.path("id").asText(),
            currency(intent),
            minor(currency(intent), amount));
  }

  /**
   * Moves money.
   *
   * @param source the object that is the cause
   * @return the id of the balance transaction
   */
  String move(
      Merchant merchant, Kind kind, String type, ObjectNode source, long amount, String reference) {
    long fee = kind == Kind.PAYMENT ? amount * FEE_PER_MILLE / 1_000 + FEE_FLAT : 0;
    ObjectNode moved = store.make(merchant, TRANSACTION, "txn_");
    moved
        .put("amount", amount)
        .put("available_on", store.now() + 2 * 86_400)
        .put("currency", source.path("currency").asText())
        .put("fee", fee)
        .put("net", amount - fee)
        .put("reporting_category", type.equals("adjustment") ? "dispute" : type)
        .put("source", source.path("id").asText())
        .put("status", "pending")
        .put("type", type)
        .putArray("fee_details");
    String currency = currency(source);
    store
        .world()
        .books()
        .move(
            new SandboxBooks.Movement(
                StripeWire.NAME,
                merchant.name(),
                kind,
                reference,
                currency,
                minor(currency, amount),
                store.world().time().now()));
    return moved.path("id").asText();
  }

  /** Balance transactions with their sources, where those are asked for. */
  ObjectNode list(Merchant merchant, Map<String, String> query) {
    ObjectNode page =
        store.list(merchant, TRANSACTION, query, "/v1/balance_transactions", moved -> true);
    if (!query.containsValue("data.source")) {
      return page;
    }
    ObjectNode expanded = page.deepCopy();
    expanded
        .path("data")
        .forEach(
            moved -> {
              String id = moved.path("source").asText();
              for (String object :
                  new String[] {
                    StripePayments.CHARGE,
                    StripeRefunds.REFUND,
                    StripeRefunds.TRANSFER,
                    StripeRefunds.DISPUTE
                  }) {
                ObjectNode source = store.all(object).get(id);
                if (source != null) {
                  ((ObjectNode) moved).set("source", source.deepCopy());
                }
              }
            });
    return expanded;
  }

  private static String currency(ObjectNode object) {
    return object.path("currency").asText().toUpperCase(Locale.ROOT);
  }

  /** As our books have it: three currencies have other decimals at Stripe. */
  static long minor(String currency, long amount) {
    return switch (currency) {
      case "ISK", "UGX" -> amount / 100;
      case "MGA" -> amount * 100;
      default -> amount;
    };
  }
}
