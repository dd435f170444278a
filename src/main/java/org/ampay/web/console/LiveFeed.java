package org.ampay.web.console;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpResponseWriter;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.ampay.cluster.LiveBus;
import org.ampay.cluster.LiveEvent;
import org.ampay.web.http.Call;

/**
 * Server-sent events for open pages: which stations and sessions have changed. Changes are gathered
 * and sent twice a second, each thing once; a page that does not read is cut off by its time-out
 * and misses nothing it would not read anew.
 */
final class LiveFeed {

  private static final int MOST_READERS = 500;
  private static final int MOST_PENDING = 2_000;
  private static final long EVERY_MS = 500;
  private static final int HEARTBEAT_TICKS = 40;

  private final Context context;
  private final LiveBus bus;
  private final Executor workers;
  private final ScheduledExecutorService timer;
  private final Set<Reader> readers = ConcurrentHashMap.newKeySet();

  LiveFeed(Context context, LiveBus bus, Executor workers, ScheduledExecutorService timer) {
    this.context = context;
    this.bus = bus;
    this.workers = workers;
    this.timer = timer;
  }

  HttpService service() {
    return (ctx, request) -> {
      ctx.clearRequestTimeout();
      return HttpResponse.of(CompletableFuture.supplyAsync(() -> open(ctx, request), workers));
    };
  }

  private HttpResponse open(ServiceRequestContext ctx, HttpRequest request) {
    Call call = new Call(ctx, request.aggregate().join());
    return context
        .session(call)
        .filter(session -> readers.size() < MOST_READERS)
        .map(session -> stream(context.ui(call, session).operator().id()))
        .orElseGet(() -> HttpResponse.of(204));
  }

  private HttpResponse stream(long operatorId) {
    HttpResponseWriter writer = HttpResponse.streaming();
    writer.write(
        ResponseHeaders.builder(200)
            .set("content-type", "text/event-stream")
            .set("cache-control", "no-store")
            .set("x-accel-buffering", "no")
            .build());
    writer.write(HttpData.ofUtf8("retry: 3000\n\n"));
    Reader reader = new Reader(operatorId, writer);
    readers.add(reader);
    LiveBus.Subscription subscription = bus.subscribe(reader::accept);
    ScheduledFuture<?> ticks =
        timer.scheduleWithFixedDelay(reader::tick, EVERY_MS, EVERY_MS, TimeUnit.MILLISECONDS);
    writer
        .whenComplete()
        .handle(
            (done, error) -> {
              subscription.close();
              ticks.cancel(false);
              readers.remove(reader);
              return done;
            });
    return writer;
  }

  /** An open page. */
  private static final class Reader {
    private final long operatorId;
    private final HttpResponseWriter writer;
    private final Set<String> pending = ConcurrentHashMap.newKeySet();
    private int quietTicks;
    private CompletableFuture<Void> lastWrite = CompletableFuture.completedFuture(null);

    Reader(long operatorId, HttpResponseWriter writer) {
      this.operatorId = operatorId;
      this.writer = writer;
    }

    void accept(LiveEvent event) {
      if (event.operatorId() != operatorId || pending.size() >= MOST_PENDING) {
        return;
      }
      switch (event) {
        case LiveEvent.StationChanged changed -> pending.add("station:" + changed.stationId());
        case LiveEvent.CommandChanged changed -> pending.add("commands:" + changed.stationId());
        case LiveEvent.SessionChanged changed -> {
          pending.add("session:" + changed.sessionId());
          pending.add("station:" + changed.stationId());
        }
      }
    }

    /** Runs on the timer: never two at a time. */
    void tick() {
      if (!lastWrite.isDone()) {
        return;
      }
      if (pending.isEmpty()) {
        quietTicks++;
        if (quietTicks >= HEARTBEAT_TICKS) {
          quietTicks = 0;
          write(": still here\n\n");
        }
        return;
      }
      quietTicks = 0;
      StringBuilder data = new StringBuilder("event: changed\ndata: ");
      String between = "";
      for (String name : Set.copyOf(pending)) {
        pending.remove(name);
        data.append(between).append(name);
        between = " ";
      }
      write(data.append("\n\n").toString());
    }

    private void write(String text) {
      if (writer.tryWrite(HttpData.ofUtf8(text))) {
        lastWrite = writer.whenConsumed();
      }
    }
  }
}
