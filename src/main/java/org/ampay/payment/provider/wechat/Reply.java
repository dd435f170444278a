package org.ampay.payment.provider.wechat;

import java.util.Set;

/**
 * What came of a call. Only an {@link Answered} is signed by WeChat.
 *
 * @param <T> what was asked for
 */
sealed interface Reply<T> {

  /** A signed answer. */
  record Answered<T>(T value) implements Reply<T> {}

  /** An HTTP error. Its body is not signed: nothing is decided by it alone. */
  record Refused<T>(int status, String code) implements Reply<T> {

    private static final Set<String> UNKNOWN_THERE =
        Set.of("ORDERNOTEXIST", "ORDER_NOT_EXIST", "RESOURCE_NOT_EXISTS", "RESOURCE_NOT_EXIST");

    private static final Set<String> OUR_FAULT =
        Set.of(
            "SIGN_ERROR",
            "PARAM_ERROR",
            "NO_AUTH",
            "APPID_MCHID_NOT_MATCH",
            "APPID_NOT_EXIST",
            "MCH_NOT_EXISTS",
            "OPENID_MISMATCH");

    /** It says not to know what was asked about. */
    boolean notFound() {
      return UNKNOWN_THERE.contains(code);
    }

    /** It says that our keys, rights or parameters are wrong. */
    boolean ourFault() {
      return status == 401 || OUR_FAULT.contains(code);
    }

    /** It may do later what it does not do now, or has done it all the same. */
    boolean passing() {
      return status >= 500 || status == 429;
    }

    String reason() {
      return "HTTP " + status + (code.isEmpty() ? "" : " " + code);
    }
  }

  /** Proven never to have left us. */
  record NotSent<T>(String reason) implements Reply<T> {}

  /** No answer, or none that can be believed. */
  record Unclear<T>(String reason) implements Reply<T> {}
}
