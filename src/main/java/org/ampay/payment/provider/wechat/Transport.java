package org.ampay.payment.provider.wechat;

import com.wechat.pay.java.core.http.Constant;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import okhttp3.ConnectionPool;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * The SDK's connections. The SDK has its hosts built in, so they are rewritten here; it finds the
 * headers of an answer only in one spelling, so they are spelt that way; and it does not tell what
 * was never sent from what was not answered, so that is told apart here.
 */
final class Transport {

  private static final int IDLE_CONNECTIONS = 64;

  /** WeChat closes what idles for 8 s. */
  private static final long KEEP_ALIVE_SECONDS = 7;

  private static final List<String> SIGNED_BY =
      List.of(
          Constant.WECHAT_PAY_SERIAL,
          Constant.WECHAT_PAY_SIGNATURE,
          Constant.WECHAT_PAY_TIMESTAMP,
          Constant.WECHAT_PAY_NONCE,
          Constant.REQUEST_ID);

  private Transport() {}

  /**
   * A client.
   *
   * @param gateway where the calls go instead of WeChat's hosts; null: to WeChat
   */
  static OkHttpClient client(@Nullable URI gateway, Duration timeout) {
    return new OkHttpClient.Builder()
        .protocols(List.of(Protocol.HTTP_1_1))
        // A repeat is the machine's to decide: it asks first what became of the call before.
        .retryOnConnectionFailure(false)
        .followRedirects(false)
        .connectTimeout(timeout)
        .readTimeout(timeout)
        .writeTimeout(timeout)
        .callTimeout(timeout.multipliedBy(2))
        .connectionPool(new ConnectionPool(IDLE_CONNECTIONS, KEEP_ALIVE_SECONDS, TimeUnit.SECONDS))
        .addInterceptor(chain -> outer(chain, gateway))
        .addNetworkInterceptor(Transport::connected)
        .build();
  }

  private static Response outer(Interceptor.Chain chain, @Nullable URI gateway) throws IOException {
    AtomicBoolean connected = new AtomicBoolean();
    Request request =
        chain
            .request()
            .newBuilder()
            .url(rewritten(chain.request().url(), gateway))
            .tag(AtomicBoolean.class, connected)
            .build();
    try {
      return respelt(chain.proceed(request));
    } catch (IOException e) {
      throw connected.get() ? e : new NotConnectedException(e);
    }
  }

  /** Reached only over a connection that stands. */
  private static Response connected(Interceptor.Chain chain) throws IOException {
    AtomicBoolean connected = chain.request().tag(AtomicBoolean.class);
    if (connected != null) {
      connected.set(true);
    }
    return chain.proceed(chain.request());
  }

  /** Path and query stay: they are signed. */
  private static HttpUrl rewritten(HttpUrl url, @Nullable URI gateway) {
    if (gateway == null) {
      return url;
    }
    HttpUrl.Builder to = url.newBuilder().scheme(gateway.getScheme()).host(gateway.getHost());
    int port = gateway.getPort();
    return to.port(port > 0 ? port : HttpUrl.defaultPort(gateway.getScheme())).build();
  }

  private static Response respelt(Response response) {
    Response.Builder spelt = response.newBuilder();
    for (String name : SIGNED_BY) {
      String value = response.header(name);
      if (value != null) {
        spelt.removeHeader(name).addHeader(name, value);
      }
    }
    return spelt.build();
  }
}
