package org.ampay.payment.account;

import static org.ampay.store.tables.Tables.PAYMENT_ACCOUNT;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.ampay.base.SecretBox;
import org.ampay.store.ChangeCounter;
import org.ampay.store.Database;
import org.ampay.store.SqlTx;
import org.ampay.store.Tx;
import org.ampay.store.tables.PaymentAccountRecord;
import org.jooq.DSLContext;

/** The table of accounts. Secrets go in and out encrypted, bound to their row. */
final class AccountStore {

  private static final String COUNTER = "payment_accounts";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};

  private final Database database;
  private final SecretBox box;
  private final ChangeCounter counter;

  AccountStore(Database database, SecretBox box) {
    this.database = database;
    this.box = box;
    this.counter = new ChangeCounter(database, COUNTER);
  }

  /** An account with its secrets still closed. */
  record Row(PaymentAccount account, byte[] closed) {}

  long version() {
    return counter.version();
  }

  void changed(Tx tx) {
    counter.changed(tx);
  }

  private static DSLContext dsl(Tx tx) {
    return SqlTx.of(tx).dsl();
  }

  void insert(Tx tx, PaymentAccount account, Map<String, String> secrets) {
    dsl(tx)
        .insertInto(PAYMENT_ACCOUNT)
        .set(PAYMENT_ACCOUNT.ID, account.id())
        .set(PAYMENT_ACCOUNT.OPERATOR_ID, account.operatorId())
        .set(PAYMENT_ACCOUNT.PROVIDER, account.provider())
        .set(PAYMENT_ACCOUNT.CODE, account.code())
        .set(PAYMENT_ACCOUNT.NAME, account.name())
        .set(PAYMENT_ACCOUNT.SETTINGS, text(settings(account)))
        .set(PAYMENT_ACCOUNT.SECRETS, close(account.id(), secrets))
        .set(PAYMENT_ACCOUNT.ENABLED, account.enabled())
        .set(PAYMENT_ACCOUNT.REVISION, account.revision())
        .set(PAYMENT_ACCOUNT.CREATED_AT, account.createdAt())
        .set(PAYMENT_ACCOUNT.UPDATED_AT, account.updatedAt())
        .execute();
  }

  void update(Tx tx, PaymentAccount account, Map<String, String> secrets) {
    dsl(tx)
        .update(PAYMENT_ACCOUNT)
        .set(PAYMENT_ACCOUNT.NAME, account.name())
        .set(PAYMENT_ACCOUNT.SETTINGS, text(settings(account)))
        .set(PAYMENT_ACCOUNT.SECRETS, close(account.id(), secrets))
        .set(PAYMENT_ACCOUNT.ENABLED, account.enabled())
        .set(PAYMENT_ACCOUNT.REVISION, account.revision())
        .set(PAYMENT_ACCOUNT.UPDATED_AT, account.updatedAt())
        .where(PAYMENT_ACCOUNT.ID.eq(account.id()))
        .execute();
  }

  boolean isCodeTaken(Tx tx, String provider, String code) {
    return dsl(tx)
        .fetchExists(
            PAYMENT_ACCOUNT,
            PAYMENT_ACCOUNT.PROVIDER.eq(provider).and(PAYMENT_ACCOUNT.CODE.eq(code)));
  }

  /** Locks an account of the operator. */
  Optional<Row> lock(Tx tx, long operatorId, long id) {
    return dsl(tx)
        .selectFrom(PAYMENT_ACCOUNT)
        .where(PAYMENT_ACCOUNT.ID.eq(id))
        .and(PAYMENT_ACCOUNT.OPERATOR_ID.eq(operatorId))
        .forUpdate()
        .fetchOptional(AccountStore::row);
  }

  /** Every operator's: for the picture in memory. */
  List<Row> all() {
    return database
        .dsl()
        .selectFrom(PAYMENT_ACCOUNT)
        .orderBy(PAYMENT_ACCOUNT.ID)
        .fetch(AccountStore::row);
  }

  /**
   * The secrets of a row.
   *
   * @throws IllegalStateException when the key is another one, or the row was changed
   */
  Map<String, String> open(Row row) {
    return texts(
        new String(box.open(row.closed(), owner(row.account().id())), StandardCharsets.UTF_8));
  }

  private byte[] close(long id, Map<String, String> secrets) {
    return box.close(text(new TreeMap<>(secrets)).getBytes(StandardCharsets.UTF_8), owner(id));
  }

  private static String owner(long id) {
    return "payment_account:" + id;
  }

  /** The names of the secrets are no secret. */
  private static Map<String, Object> settings(PaymentAccount account) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("values", new TreeMap<>(account.settings()));
    all.put("secrets", account.secrets().stream().sorted().toList());
    return all;
  }

  /** As stored in {@code settings}. */
  private record Stored(Map<String, String> values, List<String> secrets) {}

  private static Row row(PaymentAccountRecord r) {
    Stored stored = read(r.getSettings());
    PaymentAccount account =
        new PaymentAccount(
            r.getId(),
            r.getOperatorId(),
            r.getProvider(),
            r.getCode(),
            r.getName(),
            stored.values(),
            java.util.Set.copyOf(stored.secrets()),
            r.getEnabled(),
            r.getRevision(),
            r.getCreatedAt(),
            r.getUpdatedAt());
    return new Row(account, r.getSecrets());
  }

  private static Stored read(String json) {
    try {
      return JSON.readValue(json, Stored.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the settings of an account are damaged", e);
    }
  }

  private static Map<String, String> texts(String json) {
    try {
      return JSON.readValue(json, TEXTS);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the secrets of an account are damaged", e);
    }
  }

  private static String text(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts are always JSON", e);
    }
  }
}
