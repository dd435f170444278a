package org.ampay.ledger;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ampay.base.Digests;

/**
 * What is to be posted: lines that sum to zero in each currency.
 *
 * @param key what it is about, unique for ever: {@code bill:17}; a second entry with the same key
 *     and content is the same entry
 * @param kind for lists: {@code hold}, {@code bill}, {@code capture} ...
 * @param ref id of the hold, bill, operation
 */
public record JournalEntry(
    String key, String kind, long ref, long operatorId, List<Posting> postings) {

  private static final int MAX_KEY_CHARS = 80;

  public JournalEntry {
    postings = postings.stream().filter(p -> p.minor() != 0).toList();
    if (key.isBlank() || key.length() > MAX_KEY_CHARS) {
      throw new IllegalArgumentException("journal key '" + key + "'");
    }
    if (postings.isEmpty()) {
      throw new IllegalArgumentException("journal " + key + " moves nothing");
    }
    checkBalanced(key, operatorId, postings);
  }

  private static void checkBalanced(String key, long operatorId, List<Posting> postings) {
    Map<String, Long> sums = new HashMap<>();
    for (Posting posting : postings) {
      if (posting.account().operatorId() != operatorId) {
        throw new IllegalArgumentException("journal " + key + " mixes the books of operators");
      }
      sums.merge(posting.account().currency(), posting.minor(), Math::addExact);
    }
    for (Map.Entry<String, Long> sum : sums.entrySet()) {
      if (sum.getValue() != 0) {
        throw new IllegalArgumentException(
            "journal " + key + " is out of balance by " + sum.getValue() + " " + sum.getKey());
      }
    }
  }

  /** SHA-256 of everything but the key. */
  byte[] contentHash() {
    List<Object> parts = new ArrayList<>(3 + postings.size() * 3);
    parts.add(kind);
    parts.add(ref);
    parts.add(operatorId);
    for (Posting posting : postings) {
      parts.add(posting.account().code());
      parts.add(posting.account().currency());
      parts.add(posting.minor());
    }
    return Digests.sha256(parts.toArray());
  }
}
