package org.ampay.payment.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.ampay.audit.AuditLog;
import org.ampay.audit.AuditRecord;
import org.ampay.base.CountingIds;
import org.ampay.base.SecretBox;
import org.ampay.base.TestTime;
import org.ampay.payment.kit.ExampleBank;
import org.ampay.payment.kit.SamplePlugin;
import org.ampay.payment.provider.RemoteProvider;
import org.ampay.store.TestDatabase;
import org.ampay.store.tables.Tables;
import org.ampay.tariff.InvalidInputException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Accounts on a real database, with the provider of a plug-in. */
class PaymentAccountsTest {

  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private static final String BY = "user:a@b";
  private static final String SECRET = "sw0rdfish-sw0rdfish";
  private static final Map<String, String> VALUES =
      Map.of("endpoint", "http://127.0.0.1:9", "merchant", "m-1", "secret", SECRET);

  private final TestTime time = TestTime.monday();
  private final CountingIds ids = new CountingIds();
  private final AuditLog audit = new AuditLog(DATABASE.database(), time);
  private PaymentAccounts accounts = accounts(new byte[32], SamplePlugin.folder());

  @BeforeEach
  void empty() {
    DATABASE.dsl().deleteFrom(Tables.PAYMENT_ACCOUNT).execute();
    accounts = accounts(new byte[32], SamplePlugin.folder());
  }

  private PaymentAccounts accounts(byte[] key, Path plugins) {
    SecureRandom random = new SecureRandom();
    return new PaymentAccounts(
        new PaymentAccounts.Ground(
            DATABASE.database(),
            ProviderKinds.load(plugins),
            new SecretBox(key, random),
            audit,
            ids,
            time,
            random,
            () -> URI.create("https://charge.example")));
  }

  private static AccountDraft draft(String name, Map<String, String> values, boolean enabled) {
    return new AccountDraft("examplebank", null, name, values, enabled);
  }

  private PaymentAccount made() {
    return accounts.create(1, draft("Bank", VALUES, true), BY);
  }

  @Test
  void account_isOpenedByItsPlugin() {
    PaymentAccount account = made();
    RemoteProvider provider = accounts.provider(account.id()).orElseThrow();
    assertThat(provider.name()).isEqualTo("examplebank");
    assertThat(provider).isSameAs(accounts.provider(account.id()).orElseThrow());
    assertThat(accounts.offered(1)).hasSize(1);
    assertThat(accounts.offered(2)).isEmpty();
    assertThat(accounts.find(2, account.id())).isEmpty();
    assertThat(account.hook()).matches("/hooks/examplebank/[0-9a-f]{16}");
    assertThat(accounts.ofHook("examplebank", account.code())).contains(account);
  }

  @Test
  void secrets_areNowhereInTheClear() {
    PaymentAccount account = made();
    assertThat(account.settings()).containsOnlyKeys("endpoint", "merchant");
    assertThat(account.secrets()).containsExactly("secret");
    DATABASE
        .dsl()
        .selectFrom(Tables.PAYMENT_ACCOUNT)
        .forEach(
            row -> {
              assertThat(row.getSettings()).doesNotContain(SECRET);
              assertThat(new String(row.getSecrets(), StandardCharsets.ISO_8859_1))
                  .doesNotContain(SECRET);
            });
    assertThat(account.toString()).doesNotContain(SECRET);
    assertThat(draft("Bank", VALUES, true).toString()).doesNotContain(SECRET);
    List<AuditRecord> log = audit.list(1, Long.MAX_VALUE, 10);
    assertThat(log.getFirst().action()).isEqualTo("payment_account.create");
    assertThat(log.getFirst().detail()).doesNotContain(SECRET).contains("endpoint");
  }

  @Test
  void otherKey_opensNothing() {
    PaymentAccount account = made();
    byte[] other = new byte[32];
    other[0] = 1;
    PaymentAccounts elsewhere = accounts(other, SamplePlugin.folder());
    assertThat(elsewhere.provider(account.id())).isEmpty();
    assertThat(elsewhere.trouble(account.id())).contains("cannot be opened");
    assertThat(elsewhere.offered(1)).isEmpty();
  }

  @Test
  void secretsOfAnotherRow_doNotOpen() {
    PaymentAccount mine = made();
    PaymentAccount other = accounts.create(2, draft("Other", VALUES, true), BY);
    byte[] swapped =
        DATABASE
            .dsl()
            .select(Tables.PAYMENT_ACCOUNT.SECRETS)
            .from(Tables.PAYMENT_ACCOUNT)
            .where(Tables.PAYMENT_ACCOUNT.ID.eq(other.id()))
            .fetchOne(Tables.PAYMENT_ACCOUNT.SECRETS);
    DATABASE
        .dsl()
        .update(Tables.PAYMENT_ACCOUNT)
        .set(Tables.PAYMENT_ACCOUNT.SECRETS, swapped)
        .where(Tables.PAYMENT_ACCOUNT.ID.eq(mine.id()))
        .execute();
    assertThat(accounts(new byte[32], SamplePlugin.folder()).provider(mine.id())).isEmpty();
  }

  @Test
  void change_keepsWhatIsNotNamed() {
    PaymentAccount old = made();
    RemoteProvider before = accounts.provider(old.id()).orElseThrow();
    PaymentAccount changed =
        accounts
            .change(1, old.id(), draft("Bank 2", Map.of("merchant", "m-2"), true), BY)
            .orElseThrow();
    assertThat(changed.settings()).containsEntry("merchant", "m-2").containsKey("endpoint");
    assertThat(changed.secrets()).containsExactly("secret");
    assertThat(changed.code()).isEqualTo(old.code());
    assertThat(accounts.provider(old.id()).orElseThrow()).isNotSameAs(before);
    assertThat(accounts.change(2, old.id(), draft("x", Map.of(), true), BY)).isEmpty();
  }

  @Test
  void whatCannotBeUsed_isNotStored() {
    refused("settings.secret", Map.of("endpoint", "http://x", "merchant", "m"));
    refused("settings.secret", Map.of("endpoint", "http://x", "merchant", "m", "secret", "short"));
    refused(
        "settings.colour",
        Map.of("endpoint", "http://x", "merchant", "m", "secret", SECRET, "colour", "red"));
    assertThat(accounts.list(1)).isEmpty();
    assertThatThrownBy(
            () -> accounts.create(1, new AccountDraft("nobody", null, "x", VALUES, true), BY))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("provider");
    PaymentAccount stays = made();
    assertThatThrownBy(
            () -> accounts.change(1, stays.id(), draft("x", Map.of("secret", ""), true), BY))
        .hasMessageContaining("settings.secret");
    assertThat(accounts.find(stays.id())).contains(stays);
  }

  private void refused(String field, Map<String, String> values) {
    assertThatThrownBy(() -> accounts.create(1, draft("x", values, true), BY))
        .isInstanceOfSatisfying(
            InvalidInputException.class, e -> assertThat(e.path()).isEqualTo(field));
  }

  @Test
  void code_isTakenOnce() {
    AccountDraft draft = new AccountDraft("examplebank", "main", "Bank", VALUES, true);
    accounts.create(1, draft, BY);
    assertThatThrownBy(() -> accounts.create(2, draft, BY)).hasMessageContaining("code");
  }

  @Test
  void disabled_isNotOffered_andStillHeard() {
    PaymentAccount account = made();
    accounts.change(1, account.id(), draft("Bank", Map.of(), false), BY);
    assertThat(accounts.offered(1)).isEmpty();
    assertThat(accounts.provider(account.id())).isPresent();
    assertThat(accounts.ofHook("examplebank", account.code())).isPresent();
  }

  @Test
  void anotherProcess_seesTheChange() {
    PaymentAccounts other = accounts(new byte[32], SamplePlugin.folder());
    assertThat(other.list(1)).isEmpty();
    PaymentAccount account = made();
    other.refresh();
    assertThat(other.provider(account.id())).isPresent();
    time.advance(Duration.ofMinutes(5));
    other.refresh();
    assertThat(other.provider(account.id())).isPresent();
  }

  @Test
  void accountOfAPluginThatIsGone_isInTrouble(@TempDir Path nothing) {
    PaymentAccount account = made();
    PaymentAccounts without = accounts(new byte[32], nothing);
    assertThat(without.provider(account.id())).isEmpty();
    assertThat(without.trouble(account.id()).orElseThrow()).contains("not installed");
  }

  @Test
  void brokenJar_isLeftOut(@TempDir Path plugins) throws Exception {
    Files.writeString(plugins.resolve("a-broken.jar"), "no jar at all");
    Files.copy(SamplePlugin.folder().resolve("examplebank.jar"), plugins.resolve("b-bank.jar"));
    try (ProviderKinds kinds = ProviderKinds.load(plugins)) {
      assertThat(kinds.find("examplebank")).isPresent();
    }
  }

  @Test
  void check_tellsGoodKeysFromBad() {
    try (ExampleBank bank = new ExampleBank(time)) {
      assertThat(checked(bank.url(), ExampleBank.SECRET))
          .isInstanceOf(AccountCheck.Verdict.Works.class);
      assertThat(checked(bank.url(), "quite another secret"))
          .isNotInstanceOf(AccountCheck.Verdict.Works.class);
    }
    assertThat(checked("http://127.0.0.1:1", ExampleBank.SECRET))
        .isNotInstanceOf(AccountCheck.Verdict.Refused.class);
  }

  private AccountCheck.Verdict checked(String endpoint, String secret) {
    PaymentAccount account =
        accounts.create(
            1,
            draft(
                "Bank",
                Map.of("endpoint", endpoint, "merchant", ExampleBank.MERCHANT, "secret", secret),
                true),
            BY);
    return new AccountCheck(accounts).check(account, "CNY", ids.next(), time.now());
  }
}
