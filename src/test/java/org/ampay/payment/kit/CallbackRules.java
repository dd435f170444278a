package org.ampay.payment.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.ampay.base.Money;
import org.ampay.payment.provider.Callback;
import org.ampay.payment.provider.CallbackAnswer;
import org.ampay.payment.provider.Outcome;
import org.ampay.payment.provider.RawCallback;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What claims to come from the gateway is believed only when it does, and is fresh. */
abstract class CallbackRules extends FaultRules {

  private static final int ALTERATIONS = 300;
  private static final int TOO_LARGE = 10_000_000;

  private Deed paid(long minor) {
    Deed asked = asked(money(minor));
    agreed(asked);
    return asked;
  }

  @Test
  void trueCallback_tellsWhatHappened() {
    Deed paid = paid(2_599);
    Callback.News news = news(callbackAbout(paid));
    assertThat(news.eventId()).isNotBlank().hasSizeLessThanOrEqualTo(100);
    assertThat(news.amount()).isEqualTo(money(2_599));
    assertSucceeded(news.outcome(), money(2_599));
    assertSucceeded(paid.query(), money(2_599));
    assertThat(moved() + held()).as("a callback moves nothing").isEqualTo(2_599);
  }

  @Test
  void sameCallback_hasTheSameEventId() {
    RawCallback raw = callbackAbout(paid(2_599));
    assertThat(news(raw)).isEqualTo(news(raw));
  }

  @Test
  void unsigned_isRefused() {
    RawCallback raw = callbackAbout(paid(2_599));
    assertRefused(on().unsigned(raw), Callback.Refusal.NO_SIGNATURE);
  }

  @Test
  void withoutAnyHeader_isRefused() {
    RawCallback raw = callbackAbout(paid(2_599));
    assertThat(provider().verify(new RawCallback(Map.of(), on().unsigned(raw).body(), on().now())))
        .isInstanceOf(Callback.Refused.class);
  }

  @Test
  void signedByAForeignKey_isRefused() {
    RawCallback raw = callbackAbout(paid(2_599));
    assertRefused(on().forged(raw), Callback.Refusal.WRONG_SIGNATURE);
  }

  /** Letters of a percent escape may change their case: that says the same. */
  @Test
  void alteredAnywhere_isRefused_orSaysTheSame() {
    RawCallback raw = callbackAbout(paid(2_599));
    Callback.News said = news(raw);
    Random random = new Random(1);
    for (int i = 0; i < ALTERATIONS; i++) {
      byte[] body = raw.body().clone();
      body[random.nextInt(body.length)] ^= (byte) (1 << random.nextInt(8));
      Callback heard = provider().verify(new RawCallback(raw.headers(), body, raw.receivedAt()));
      if (!(heard instanceof Callback.Refused)) {
        assertThat(heard).isEqualTo(said);
      }
    }
  }

  @Test
  void eachHeaderAltered_isRefused_orSaysTheSame() {
    RawCallback raw = callbackAbout(paid(2_599));
    Callback.News said = news(raw);
    for (String name : raw.headers().keySet()) {
      Map<String, String> headers = new HashMap<>(raw.headers());
      headers.put(name, headers.get(name) + "x");
      Callback heard = provider().verify(new RawCallback(headers, raw.body(), raw.receivedAt()));
      if (!(heard instanceof Callback.Refused)) {
        assertThat(heard).as(name).isEqualTo(said);
      }
    }
  }

  @Test
  void old_isRefused() {
    RawCallback raw = callbackAbout(paid(2_599));
    assertRefused(receivedLater(raw, Duration.ofMinutes(6)), Callback.Refusal.TOO_OLD);
  }

  @Test
  void fromTheFuture_isRefused() {
    RawCallback raw = callbackAbout(paid(2_599));
    assertRefused(receivedLater(raw, Duration.ofMinutes(-6)), Callback.Refusal.FROM_THE_FUTURE);
  }

  @ParameterizedTest
  @ValueSource(longs = {-4, 4})
  void withinFiveMinutes_isBelieved(long minutes) {
    RawCallback raw = callbackAbout(paid(2_599));
    assertThat(provider().verify(receivedLater(raw, Duration.ofMinutes(minutes))))
        .isInstanceOf(Callback.News.class);
  }

  @Test
  void forAnotherMerchant_isRefused() {
    RawCallback raw = callbackAbout(paid(2_599));
    assertRefused(on().resigned(raw, Rig.Change.OTHER_MERCHANT), Callback.Refusal.OTHER_MERCHANT);
  }

  /** The provider does not know our row: the inbox does, and refuses it. */
  @Test
  void anotherAmount_isToldAsItIs() {
    RawCallback raw = callbackAbout(paid(2_599));
    Money told = news(on().resigned(raw, Rig.Change.OTHER_AMOUNT)).amount();
    assertThat(told).isEqualTo(money(2_600));
  }

  @Test
  void nonsense_isRefused_andThrowsNothing() {
    RawCallback raw = callbackAbout(paid(2_599));
    for (byte[] body :
        new byte[][] {
          {},
          "{}".getBytes(StandardCharsets.UTF_8),
          "null".getBytes(StandardCharsets.UTF_8),
          "a=b&sign=c&c".getBytes(StandardCharsets.UTF_8),
          {(byte) 0xff, 0, (byte) 0xc0},
          new byte[TOO_LARGE]
        }) {
      assertThat(provider().verify(new RawCallback(raw.headers(), body, raw.receivedAt())))
          .isInstanceOf(Callback.Refused.class);
    }
  }

  @Test
  void answers_areDifferent() {
    CallbackAnswer stored = provider().acknowledged();
    CallbackAnswer again = provider().again();
    assertThat(stored.status()).isBetween(200, 299);
    assertThat(again).isNotEqualTo(stored);
  }

  private Callback.News news(RawCallback raw) {
    Callback said = provider().verify(raw);
    assertThat(said).isInstanceOf(Callback.News.class);
    return (Callback.News) said;
  }

  private void assertRefused(RawCallback raw, Callback.Refusal why) {
    assertThat(provider().verify(raw)).isEqualTo(new Callback.Refused(why));
  }

  private static RawCallback receivedLater(RawCallback raw, Duration later) {
    return new RawCallback(raw.headers(), raw.body(), raw.receivedAt().plus(later));
  }

  @Test
  void callbackAfterTheQuery_saysTheSame() {
    Deed paid = paid(2_599);
    Outcome asked = paid.query();
    Outcome told = news(callbackAbout(paid)).outcome();
    assertThat(told).isInstanceOf(asked.getClass());
  }
}
