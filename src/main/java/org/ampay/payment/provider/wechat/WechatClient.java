package org.ampay.payment.provider.wechat;

import com.wechat.pay.java.core.Config;
import com.wechat.pay.java.core.RSAConfig;
import com.wechat.pay.java.core.RSAPublicKeyConfig;
import com.wechat.pay.java.core.certificate.InMemoryCertificateProvider;
import com.wechat.pay.java.core.cipher.RSAVerifier;
import com.wechat.pay.java.core.cipher.Verifier;
import com.wechat.pay.java.core.exception.HttpException;
import com.wechat.pay.java.core.exception.ServiceException;
import com.wechat.pay.java.core.exception.ValidationException;
import com.wechat.pay.java.core.http.DefaultHttpClientBuilder;
import com.wechat.pay.java.core.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.function.Supplier;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/** The SDK's signed client of one merchant, and what came of a call as a value. */
final class WechatClient {

  final WechatSettings settings;
  final Config config;

  /** Signs what goes out, verifies what comes back. */
  final HttpClient http;

  private final OkHttpClient connections;

  WechatClient(WechatSettings settings) {
    this.settings = settings;
    this.config = config(settings);
    this.connections = Transport.client(settings.gateway(), settings.timeout());
    this.http = new DefaultHttpClientBuilder().config(config).okHttpClient(connections).build();
  }

  private static Config config(WechatSettings settings) {
    WechatSettings.PlatformKey platformKey = settings.platformKey();
    WechatSettings.MerchantKey merchantKey = settings.merchantKey();
    if (platformKey != null) {
      return new RSAPublicKeyConfig.Builder()
          .merchantId(settings.mchId())
          .privateKey(merchantKey.key())
          .merchantSerialNumber(merchantKey.serialNo())
          .publicKey(platformKey.key())
          .publicKeyId(platformKey.id())
          .apiV3Key(new String(settings.apiV3Key(), StandardCharsets.UTF_8))
          .build();
    }
    return new RSAConfig.Builder()
        .merchantId(settings.mchId())
        .privateKey(merchantKey.key())
        .merchantSerialNumber(merchantKey.serialNo())
        .wechatPayCertificates(
            settings.certificates().stream().map(WechatClient::pem).toArray(String[]::new))
        .build();
  }

  private static String pem(X509Certificate certificate) {
    try {
      return "-----BEGIN CERTIFICATE-----\n"
          + Base64.getMimeEncoder().encodeToString(certificate.getEncoded())
          + "\n-----END CERTIFICATE-----\n";
    } catch (java.security.cert.CertificateEncodingException e) {
      throw new IllegalStateException("a certificate that was read cannot be written", e);
    }
  }

  /** Of callbacks: while a merchant changes over, WeChat signs by key or by certificate. */
  Verifier verifier() {
    WechatSettings.PlatformKey key = settings.platformKey();
    if (key == null) {
      return new RSAVerifier(new InMemoryCertificateProvider(settings.certificates()));
    }
    return settings.certificates().isEmpty()
        ? new RSAVerifier(key.key(), key.id())
        : new RSAVerifier(
            key.key(), key.id(), new InMemoryCertificateProvider(settings.certificates()));
  }

  /** Calls; what the SDK throws becomes a value, without the texts that may hold secrets. */
  <T> Reply<T> call(Supplier<@Nullable T> request) {
    try {
      T answer = request.get();
      return answer == null ? new Reply.Unclear<>("empty answer") : new Reply.Answered<>(answer);
    } catch (ServiceException e) {
      String code = e.getErrorCode();
      return new Reply.Refused<>(e.getHttpStatusCode(), code == null ? "" : shown(code));
    } catch (HttpException e) {
      Throwable cause = e.getCause();
      return cause instanceof NotConnectedException
          ? new Reply.NotSent<>("not connected: " + cause.getMessage())
          : new Reply.Unclear<>(
              "no answer: " + (cause == null ? "" : cause.getClass().getSimpleName()));
    } catch (ValidationException e) {
      return new Reply.Unclear<>("wrong signature of the answer");
    } catch (RuntimeException e) {
      // Nulls, numbers and Base64 that the SDK does not expect are an answer that says nothing.
      return new Reply.Unclear<>("answer cannot be read: " + e.getClass().getSimpleName());
    }
  }

  /** Calls for something that is answered by no content. */
  Reply<Boolean> tell(Runnable request) {
    return call(
        () -> {
          request.run();
          return true;
        });
  }

  /** An error code is a word; anything else is not worth to be stored. */
  private static String shown(String code) {
    return code.matches("[A-Z0-9_]{1,60}") ? code : "";
  }

  void close() {
    connections.dispatcher().executorService().shutdown();
    connections.connectionPool().evictAll();
  }
}
