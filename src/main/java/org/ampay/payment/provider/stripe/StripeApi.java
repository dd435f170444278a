package org.ampay.payment.provider.stripe;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.PaymentIntent;
import com.stripe.model.checkout.Session;
import com.stripe.net.RequestOptions;
import com.stripe.param.checkout.SessionListParams;
import com.stripe.service.V1Services;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.ampay.payment.provider.Operation;
import org.jspecify.annotations.Nullable;

/** The SDK with an account's key, and what every command needs to find. */
final class StripeApi implements AutoCloseable {

  /** In the metadata of all that we make: our reference. */
  static final String REFERENCE = "ampay";

  /** In the metadata of payments: the command that made them. */
  static final String KIND = "ampay_kind";

  /** In the metadata of captured payments: the reference of the capture. */
  static final String CAPTURE = "ampay_capture";

  /** With our reference, in the metadata of payments: increments of the hold. */
  static final String INCREMENT = "ampay_i_";

  private static final Duration BEFORE = Duration.ofMinutes(5);
  private static final Duration RESENT = Duration.ofHours(23);
  private static final long PAGE = 100;
  private static final int MOST = 10_000;

  private final StripeHttp http;
  private final V1Services services;

  StripeApi(String key, @Nullable String connected, URI gateway) {
    this.http = new StripeHttp(gateway);
    StripeClient.StripeClientBuilder builder =
        StripeClient.builder()
            .setApiKey(key)
            .setApiBase(gateway.toString())
            .setMaxNetworkRetries(0)
            .setHttpClient(http);
    if (connected != null) {
      builder.setStripeAccount(connected);
    }
    this.services = builder.build().v1();
  }

  V1Services services() {
    return services;
  }

  /** With the operation's reference as the key that Stripe knows repeats by. */
  static RequestOptions once(Operation operation) {
    return RequestOptions.builder().setIdempotencyKey(operation.reference()).build();
  }

  /**
   * The page by which a payer was asked.
   *
   * @param providerRef its id, or empty: it is looked for among those made since {@code at}
   */
  Optional<Session> session(String providerRef, String reference, Instant at)
      throws StripeException {
    if (providerRef.startsWith("cs_")) {
      return Optional.of(services.checkout().sessions().retrieve(providerRef));
    }
    SessionListParams since =
        SessionListParams.builder()
            .setCreated(
                SessionListParams.Created.builder()
                    .setGte(at.minus(BEFORE).getEpochSecond())
                    .setLte(at.plus(RESENT).getEpochSecond())
                    .build())
            .setLimit(PAGE)
            .build();
    int seen = 0;
    for (Session session : services.checkout().sessions().list(since).autoPagingIterable()) {
      if (reference.equals(session.getClientReferenceId())) {
        return Optional.of(session);
      }
      if (++seen >= MOST) {
        throw new TooMany();
      }
    }
    return Optional.empty();
  }

  /** The payment that a hold or taking is; empty while nobody has paid. */
  Optional<PaymentIntent> payment(String providerRef, String reference, Instant at)
      throws StripeException {
    if (providerRef.startsWith("pi_")) {
      return Optional.of(services.paymentIntents().retrieve(providerRef));
    }
    Optional<String> id = session(providerRef, reference, at).map(Session::getPaymentIntent);
    return id.isEmpty()
        ? Optional.empty()
        : Optional.of(services.paymentIntents().retrieve(id.get()));
  }

  @Override
  public void close() {
    http.close();
  }

  /** More than we are willing to look through. */
  static final class TooMany extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TooMany() {
      super("too many to look through");
    }
  }
}
