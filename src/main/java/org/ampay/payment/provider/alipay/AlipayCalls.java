package org.ampay.payment.provider.alipay;

import com.alipay.api.AlipayApiException;
import com.alipay.api.AlipayClient;
import com.alipay.api.AlipayConfig;
import com.alipay.api.AlipayRequest;
import com.alipay.api.AlipayResponse;
import com.alipay.api.DefaultAlipayClient;
import com.alipay.api.internal.util.AlipayLogger;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Objects;
import org.ampay.payment.provider.SettingException;
import org.jspecify.annotations.Nullable;

/** The SDK, with its traps closed. */
final class AlipayCalls {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int DEEPEST_CAUSE = 8;

  static {
    // The SDK logs whole requests and answers, with the payer in them.
    AlipayLogger.setNeedEnableLogger(false);
  }

  private final AlipayClient client;

  AlipayCalls(AlipaySettings settings) throws SettingException {
    AlipayConfig config = new AlipayConfig();
    config.setServerUrl(settings.gateway().toString());
    config.setAppId(settings.appId());
    config.setPrivateKey(settings.privateKey());
    config.setAlipayPublicKey(settings.alipayPublicKey());
    config.setFormat("json");
    config.setCharset("UTF-8");
    config.setSignType("RSA2");
    int millis = Math.toIntExact(settings.timeout().toMillis());
    config.setConnectTimeout(millis);
    config.setReadTimeout(millis);
    try {
      client = new DefaultAlipayClient(config);
    } catch (AlipayApiException e) {
      SettingException told = new SettingException("private_key", "is not taken by the SDK");
      told.initCause(e);
      throw told;
    }
  }

  <T extends AlipayResponse> Reply<T> call(AlipayRequest<T> request) {
    T response;
    try {
      response = client.execute(request);
    } catch (AlipayApiException e) {
      return wasNeverSent(e)
          ? new Reply.NotSent<>("no connection to Alipay")
          : new Reply.Unclear<>("no answer from Alipay that can be trusted");
    } catch (RuntimeException e) {
      // The SDK's parsers throw whatever a body of no sense makes them throw.
      return new Reply.Unclear<>("an answer that cannot be read");
    }
    if (response == null || response.getCode() == null) {
      return new Reply.Unclear<>("an answer that says nothing");
    }
    if (response.isSuccess()) {
      return new Reply.Told<>(response);
    }
    String subCode = Objects.requireNonNullElse(response.getSubCode(), "");
    Fate fate = Fate.of(response.getCode(), subCode, isSigned(response.getBody()));
    return new Reply.Refused<>(fate, named(response.getCode(), subCode));
  }

  /** The address of a page of Alipay's; signed here, nothing is called. */
  <T extends AlipayResponse> @Nullable String page(AlipayRequest<T> request) {
    try {
      return client.pageExecute(request, "GET").getBody();
    } catch (AlipayApiException e) {
      return null;
    }
  }

  /** Codes only: messages may name the payer. */
  private static String named(String code, String subCode) {
    String text = subCode.isEmpty() ? code : subCode;
    return text.length() > 100 ? text.substring(0, 100) : text;
  }

  /**
   * The SDK verifies an error's signature when there is one and takes an error without. That it
   * then is signed well is known already.
   */
  static boolean isSigned(@Nullable String body) {
    try {
      JsonNode root = JSON.readTree(body == null ? "" : body);
      return root != null && root.path("sign").isTextual() && !root.path("sign").asText().isEmpty();
    } catch (JsonProcessingException e) {
      return false;
    }
  }

  /** Only a connection that never stood proves that nothing was sent. */
  static boolean wasNeverSent(Throwable failure) {
    Throwable cause = failure;
    for (int i = 0; i < DEEPEST_CAUSE && cause != null; i++) {
      if (cause instanceof ConnectException
          || cause instanceof NoRouteToHostException
          || cause instanceof UnknownHostException) {
        return true;
      }
      if (cause instanceof SocketTimeoutException) {
        String said = Objects.requireNonNullElse(cause.getMessage(), "");
        return said.toLowerCase(Locale.ROOT).startsWith("connect timed out");
      }
      cause = cause.getCause();
    }
    return false;
  }
}
