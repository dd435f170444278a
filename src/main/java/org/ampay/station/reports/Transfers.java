package org.ampay.station.reports;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.ampay.base.TimeSource;
import org.ampay.store.Database;
import org.jspecify.annotations.Nullable;

/**
 * Vendors' own messages: what was said, and whose messages an operator accepts and keeps. The
 * vendors are read from memory; what another process changes is seen at the next {@link #refresh}.
 */
public final class Transfers implements TransferRule {

  private static final int MOST_VENDORS = 500;
  private static final int SWEEP = 10_000;

  /** Separates message ids in the database: no id holds it. */
  private static final String LINE = "\n";

  /**
   * Which messages.
   *
   * @param stationId empty: any, and so on
   */
  public record Filter(long operatorId, Optional<Long> stationId, Optional<String> vendorId) {}

  /**
   * A vendor whose messages are accepted and stored.
   *
   * @param messageIds which of them; empty: all, also those without one
   */
  public record Vendor(
      long operatorId,
      String vendorId,
      List<String> messageIds,
      String createdBy,
      Instant createdAt) {

    /**
     * @throws IllegalArgumentException whose message begins with the wrong field
     */
    public Vendor {
      messageIds = List.copyOf(messageIds);
      if (vendorId.isBlank() || vendorId.length() > 255) {
        throw new IllegalArgumentException("vendor: must have 1 to 255 characters");
      }
      for (String id : messageIds) {
        if (id.isBlank() || id.length() > 50 || id.contains(LINE)) {
          throw new IllegalArgumentException("message_ids: each must have 1 to 50 characters");
        }
      }
      if (messageIds.size() > 70) {
        throw new IllegalArgumentException("message_ids: must be at most 70");
      }
    }

    boolean accepts(@Nullable String messageId) {
      return messageIds.isEmpty() || (messageId != null && messageIds.contains(messageId));
    }
  }

  private record Key(long operatorId, String vendorId) {}

  private final TransferStore store;
  private final TimeSource time;
  private volatile Map<Key, Vendor> vendors = Map.of();

  public Transfers(Database database, TimeSource time) {
    this.store = new TransferStore(database);
    this.time = time;
    refresh();
  }

  /** Reads the vendors again. */
  public void refresh() {
    vendors =
        store.vendors().stream()
            .collect(
                Collectors.toUnmodifiableMap(v -> new Key(v.operatorId(), v.vendorId()), v -> v));
  }

  @Override
  public Decision decide(long operatorId, String vendorId, @Nullable String messageId) {
    Vendor vendor = vendors.get(new Key(operatorId, vendorId));
    if (vendor == null) {
      return Decision.UNKNOWN_VENDOR;
    }
    return vendor.accepts(messageId) ? Decision.ACCEPT : Decision.UNKNOWN_MESSAGE;
  }

  /** The operator's vendors, by name. */
  public List<Vendor> vendors(long operatorId) {
    return vendors.values().stream()
        .filter(v -> v.operatorId() == operatorId)
        .sorted((a, b) -> a.vendorId().compareTo(b.vendorId()))
        .toList();
  }

  /**
   * Accepts a vendor's messages from now on, instead of what was decided of it before.
   *
   * @throws IllegalArgumentException when there are too many, or a field is wrong
   */
  public Vendor accept(long operatorId, String vendorId, List<String> messageIds, String actor) {
    Vendor vendor = new Vendor(operatorId, vendorId, messageIds, actor, time.now());
    List<Vendor> known = vendors(operatorId);
    if (known.size() >= MOST_VENDORS
        && known.stream().noneMatch(v -> v.vendorId().equals(vendorId))) {
      throw new IllegalArgumentException("vendor: there are " + MOST_VENDORS + " already");
    }
    store.put(vendor);
    refresh();
    return vendor;
  }

  /** Accepts a vendor's messages no more; what is stored stays. */
  public boolean refuse(long operatorId, String vendorId) {
    boolean known = store.delete(operatorId, vendorId);
    refresh();
    return known;
  }

  /** The newest messages with an id below {@code beforeId}. */
  public List<TransferRow> list(Filter filter, long beforeId, int limit) {
    return store.list(filter, beforeId, limit);
  }

  /** Deletes messages older than that. */
  public void sweep(Duration keep) {
    store.deleteBefore(time.now().minus(keep), SWEEP);
  }

  static List<String> words(@Nullable String text) {
    return text == null ? List.of() : List.of(text.split(LINE));
  }

  static @Nullable String text(List<String> words) {
    return words.isEmpty() ? null : String.join(LINE, words);
  }
}
