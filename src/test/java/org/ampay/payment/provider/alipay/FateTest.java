package org.ampay.payment.provider.alipay;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ConnectException;
import java.net.SocketTimeoutException;
import org.ampay.payment.provider.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Alipay's errors mean. */
class FateTest {

  @ParameterizedTest
  @CsvSource({
    "40004,ACQ.TRADE_NOT_EXIST,NOT_FOUND",
    "40004,AUTH_ORDER_NOT_EXIST,NOT_FOUND",
    "40004,ACQ.SYSTEM_ERROR,UNKNOWN",
    "40004,SYSTEM_ERROR,UNKNOWN",
    "20000,isp.unknow-error,UNKNOWN",
    "20000,,UNKNOWN",
    "40004,ACQ.WHAT_NOBODY_KNOWS,UNKNOWN",
    "40004,,UNKNOWN",
    ",,UNKNOWN",
    "40004,ACQ.TRADE_HAS_SUCCESS,ASK",
    "40004,ACQ.TRADE_HAS_CLOSE,ASK",
    "40004,ACQ.PAYMENT_REQUEST_HAS_RISK,DECLINED",
    "40004,ACQ.SELLER_BALANCE_NOT_ENOUGH,DECLINED",
    "40004,REQUEST_AMOUNT_EXCEED,DECLINED",
    "40004,ACQ.DISCORDANT_REPEAT_REQUEST,OUR_FAULT",
    "40004,ACQ.INVALID_PARAMETER,OUR_FAULT",
    "40002,isv.invalid-signature,OUR_FAULT",
    "40006,isv.insufficient-isv-permissions,OUR_FAULT"
  })
  void signedError_hasItsFate(String code, String subCode, Fate fate) {
    assertThat(Fate.of(code, subCode, true)).isEqualTo(fate);
  }

  @ParameterizedTest
  @CsvSource({
    "40004,ACQ.TRADE_NOT_EXIST",
    "40004,ACQ.PAYMENT_REQUEST_HAS_RISK",
    "40004,ACQ.TRADE_HAS_SUCCESS"
  })
  void unsignedError_decidesNothing(String code, String subCode) {
    assertThat(Fate.of(code, subCode, false)).isEqualTo(Fate.UNKNOWN);
  }

  @Test
  void unsignedError_ofOurAccount_isToldToAPerson() {
    assertThat(Fate.of("40002", "isv.invalid-app-id", false)).isEqualTo(Fate.OUR_FAULT);
  }

  @Test
  void notFound_isNeverARefusal() {
    assertThat(Refusals.afterSending(Fate.NOT_FOUND, "x")).isEqualTo(new Outcome.Unknown("x"));
    assertThat(Refusals.afterAsking(Fate.DECLINED, "x")).isEqualTo(new Outcome.Unknown("x"));
  }

  @Test
  void onlyAConnectionThatNeverStood_provesThatNothingWasSent() {
    assertThat(AlipayCalls.wasNeverSent(new RuntimeException(new ConnectException()))).isTrue();
    assertThat(AlipayCalls.wasNeverSent(new SocketTimeoutException("Connect timed out"))).isTrue();
    assertThat(AlipayCalls.wasNeverSent(new SocketTimeoutException("Read timed out"))).isFalse();
    assertThat(AlipayCalls.wasNeverSent(new RuntimeException("sign check fail"))).isFalse();
  }

  @Test
  void signature_isLookedForAtTheTop_only() {
    assertThat(AlipayCalls.isSigned("{\"a_response\":{\"sign\":\"x\"}}")).isFalse();
    assertThat(AlipayCalls.isSigned("{\"a_response\":{},\"sign\":\"x\"}")).isTrue();
    assertThat(AlipayCalls.isSigned("{\"sign\":\"\"}")).isFalse();
    assertThat(AlipayCalls.isSigned("<html>")).isFalse();
  }
}
