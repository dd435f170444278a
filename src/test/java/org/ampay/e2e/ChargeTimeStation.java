package org.ampay.e2e;

import eu.chargetime.ocpp.ClientEvents;
import eu.chargetime.ocpp.JSONClient;
import eu.chargetime.ocpp.feature.profile.ClientCoreEventHandler;
import eu.chargetime.ocpp.feature.profile.ClientCoreProfile;
import eu.chargetime.ocpp.model.Confirmation;
import eu.chargetime.ocpp.model.Request;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** An OCPP 1.6 station by ChargeTime: code that nobody here wrote. */
final class ChargeTimeStation implements AutoCloseable {

  private final JSONClient client;

  ChargeTimeStation(String url, String identity) throws Exception {
    ClientCoreEventHandler noCommands =
        (ClientCoreEventHandler)
            Proxy.newProxyInstance(
                ClientCoreEventHandler.class.getClassLoader(),
                new Class<?>[] {ClientCoreEventHandler.class},
                (proxy, method, arguments) -> {
                  throw new UnsupportedOperationException(method.getName());
                });
    client = new JSONClient(new ClientCoreProfile(noCommands), identity);
    CompletableFuture<Void> opened = new CompletableFuture<>();
    client.connect(
        url.replaceFirst("/$", ""),
        new ClientEvents() {
          @Override
          public void connectionOpened() {
            opened.complete(null);
          }

          @Override
          public void connectionClosed() {
            opened.completeExceptionally(new IllegalStateException("closed"));
          }
        });
    opened.get(20, TimeUnit.SECONDS);
  }

  <T extends Confirmation> T send(Request request, Class<T> answer) throws Exception {
    return answer.cast(client.send(request).toCompletableFuture().get(20, TimeUnit.SECONDS));
  }

  @Override
  public void close() {
    client.disconnect();
  }
}
