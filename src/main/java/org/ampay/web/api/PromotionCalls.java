package org.ampay.web.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.ampay.billing.promotion.Who;
import org.ampay.station.Inventory;
import org.ampay.station.Operator;
import org.ampay.tariff.InvalidInputException;
import org.ampay.web.http.JsonCodec;
import org.ampay.web.http.Problem;
import org.ampay.web.http.Ref;
import org.ampay.web.read.AccessReadStore;
import org.ampay.web.read.AccessReadStore.DriverRow;
import org.ampay.web.read.PromotionReadStore;
import org.jspecify.annotations.Nullable;

/**
 * What the calls for tiers, coupons, campaigns and points share. They are of one operator each: the
 * key's; for the platform the one that the id in the path belongs to, else the one it names, else
 * 1.
 */
final class PromotionCalls {

  static final String ONE_OPERATOR =
      "Of one operator: a key of the platform names it, 1 by default.";

  /** The rooms below give no larger pages. */
  private static final int PAGE = 500;

  private final Inventory inventory;
  private final AccessReadStore access;
  private final PromotionReadStore store;

  PromotionCalls(Inventory inventory, AccessReadStore access, PromotionReadStore store) {
    this.inventory = inventory;
    this.access = access;
    this.store = store;
  }

  PromotionReadStore store() {
    return store;
  }

  /** The operator of a list or of what is made. */
  Operator operator(ApiCall call, @Nullable Ref inBody) {
    return operator(call.owner(inBody));
  }

  Operator operator(long id) {
    return inventory
        .operator(id)
        .orElseThrow(() -> Problem.badField("operator", "there is no such operator").exception());
  }

  Inventory inventory() {
    return inventory;
  }

  /** The driver in the path. */
  DriverRow driver(ApiCall call) {
    return access
        .driver(call.scope(), call.idParam("id"))
        .orElseThrow(() -> Problem.notFound("there is no such driver").exception());
  }

  /** Whose the tier in the path is. */
  long ownerOfTier(ApiCall call) {
    return found(store.ownerOfTier(call.scope(), call.idParam("id")), "tier");
  }

  /** Whose the coupon in the path is. */
  long ownerOfCoupon(ApiCall call) {
    return found(store.ownerOfCoupon(call.scope(), call.idParam("id")), "coupon");
  }

  /** Whose the campaign in the path is. */
  long ownerOfCampaign(ApiCall call) {
    return found(store.ownerOfCampaign(call.scope(), call.idParam("id")), "campaign");
  }

  static <T> T found(Optional<T> thing, String name) {
    return thing.orElseThrow(() -> Problem.notFound("there is no such " + name).exception());
  }

  /** A named thing of the body. */
  static long id(Ref ref, String field) {
    return ref.id().orElseThrow(() -> Problem.badField(field, "must be an id").exception());
  }

  static Who who(ApiCall call) {
    return new Who(call.caller().actor(), call.caller().operatorId() == null);
  }

  /** Runs what complains about a field of the caller's. */
  static <T> T checked(Supplier<T> work) {
    return checked("", work);
  }

  /** The same of an object that the body holds under {@code prefix}, with its dot. */
  static <T> T checked(String prefix, Supplier<T> work) {
    try {
      return work.get();
    } catch (InvalidInputException e) {
      throw Problem.badField(prefix + field(e.path()), e.reason()).exception();
    }
  }

  /** Where the body has money, the rooms below have minor units. */
  private static String field(String path) {
    return switch (path) {
      case "rule.spend_minor" -> "rule.spend.minor";
      case "fee.minor" -> "fee.price.minor";
      case "top_up_minor" -> "top_up.minor";
      case "budget_minor" -> "budget.minor";
      case "coupon_id" -> "coupon";
      default -> path;
    };
  }

  /** Rows before an id, newest first. */
  interface Fetch<R> {
    List<R> rows(long before, int limit);
  }

  /** One row more than the call asks for. */
  static <R> List<R> rows(ApiCall call, ToLongFunction<R> id, Fetch<R> fetch) {
    List<R> rows = new ArrayList<>();
    int wanted = call.limit() + 1;
    long before = call.cursorId(Long.MAX_VALUE);
    while (rows.size() < wanted) {
      int asked = Math.min(PAGE, wanted - rows.size());
      List<R> more = fetch.rows(before, asked);
      rows.addAll(more);
      if (more.size() < asked) {
        break;
      }
      before = id.applyAsLong(more.getLast());
    }
    return rows;
  }

  /**
   * The body laid over what there is, as RFC 7396 has it: what is left out stays, null takes away.
   */
  static <T extends Record> T merged(ApiCall call, T current, Class<T> type) {
    JsonNode target = JsonCodec.tree(JsonCodec.write(current));
    merge((ObjectNode) target, call.bodyTree());
    return JsonCodec.read(JsonCodec.write(target), type);
  }

  private static void merge(ObjectNode target, JsonNode patch) {
    patch
        .properties()
        .forEach(
            entry -> {
              JsonNode old = target.get(entry.getKey());
              if (entry.getValue().isObject() && old instanceof ObjectNode object) {
                merge(object, entry.getValue());
              } else {
                target.set(entry.getKey(), entry.getValue());
              }
            });
  }
}
