package org.ampay.web.console;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpResponseWriter;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import org.ampay.web.http.Call;
import org.ampay.web.http.Ref;
import org.ampay.web.people.Permission;
import org.ampay.web.people.UserSession;
import org.ampay.web.read.MessageReadStore;
import org.ampay.web.read.MessageReadStore.Filter;
import org.ampay.web.read.MessageReadStore.Message;
import org.ampay.web.read.Scope;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The message log as a stream: to follow it live, and to take it away as a file. Both read what is
 * stored, page by page, and so cost the facts nothing.
 */
final class MessageFeed {

  private static final Logger LOG = LoggerFactory.getLogger(MessageFeed.class);
  private static final int MOST_READERS = 50;
  private static final int AT_ONCE = 100;
  private static final int EXPORT_PAGE = 500;
  private static final int MOST_EXPORTED = 500_000;
  private static final long EVERY_MS = 1_000;
  private static final int HEARTBEAT_TICKS = 20;

  private final Context context;
  private final Pages pages;
  private final MessageReadStore messages;
  private final Executor workers;
  private final ScheduledExecutorService timer;
  private final Semaphore places = new Semaphore(MOST_READERS);

  MessageFeed(
      Context context,
      Pages pages,
      MessageReadStore messages,
      Executor workers,
      ScheduledExecutorService timer) {
    this.context = context;
    this.pages = pages;
    this.messages = messages;
    this.workers = workers;
    this.timer = timer;
  }

  /** Server-sent events, one a message, each with a row of the page. */
  HttpService follow() {
    return service(this::follow);
  }

  /** A file: {@code format=csv} or {@code jsonl}. */
  HttpService export() {
    return service(this::export);
  }

  private HttpService service(BiFunction<Call, Ui, HttpResponse> stream) {
    return (ctx, request) -> {
      ctx.clearRequestTimeout();
      return HttpResponse.of(
          CompletableFuture.supplyAsync(() -> open(ctx, request, stream), workers));
    };
  }

  private HttpResponse open(
      ServiceRequestContext ctx, HttpRequest request, BiFunction<Call, Ui, HttpResponse> stream) {
    Call call = new Call(ctx, request.aggregate().join());
    return context
        .session(call)
        .filter(MessageFeed::mayRead)
        .map(session -> context.ui(call, session))
        .map(ui -> places.tryAcquire() ? stream.apply(call, ui) : HttpResponse.of(503))
        .orElseGet(() -> HttpResponse.of(403));
  }

  private static boolean mayRead(UserSession session) {
    return session.user().role().may(Permission.STATIONS_READ);
  }

  private HttpResponse follow(Call call, Ui ui) {
    HttpResponseWriter writer =
        begin(
            ResponseHeaders.builder(200)
                .set("content-type", "text/event-stream")
                .set("x-accel-buffering", "no"));
    writer.write(HttpData.ofUtf8("retry: 3000\n\n"));
    long after =
        call.header("last-event-id")
            .or(() -> call.query("after"))
            .map(text -> new Ref(text).id().orElse(0))
            .filter(id -> id > 0)
            .orElseGet(messages::lastId);
    Reader reader = new Reader(ui, MessageQuery.of(call, "").filter(ui.place().zone()), writer);
    reader.last = after;
    ScheduledFuture<?> ticks =
        timer.scheduleWithFixedDelay(reader::tick, EVERY_MS, EVERY_MS, TimeUnit.MILLISECONDS);
    writer.whenComplete().handle((done, error) -> ticks.cancel(false));
    return writer;
  }

  /** A response that gives its place back when it ends. */
  private HttpResponseWriter begin(ResponseHeadersBuilder headers) {
    HttpResponseWriter writer = HttpResponse.streaming();
    writer.write(headers.set("cache-control", "no-store").build());
    writer
        .whenComplete()
        .handle(
            (done, error) -> {
              places.release();
              return done;
            });
    return writer;
  }

  /** Somebody who follows. */
  private final class Reader {
    private final Ui ui;
    private final Filter filter;
    private final HttpResponseWriter writer;
    private final AtomicBoolean busy = new AtomicBoolean();
    private long last;
    private int quiet;

    Reader(Ui ui, Filter filter, HttpResponseWriter writer) {
      this.ui = ui;
      this.filter = filter;
      this.writer = writer;
    }

    void tick() {
      if (busy.compareAndSet(false, true)) {
        workers.execute(this::read);
      }
    }

    private void read() {
      try {
        List<Message> news = messages.after(Scope.of(ui.operator().id()), filter, last, AT_ONCE);
        StringBuilder events = new StringBuilder();
        for (Message message : news) {
          last = message.id();
          String row = pages.page(200, "part/message-row", ui, Map.of("message", message)).body();
          events.append("id: ").append(message.id()).append("\nevent: message\n");
          row.lines().forEach(line -> events.append("data: ").append(line).append('\n'));
          events.append('\n');
        }
        quiet = news.isEmpty() ? quiet + 1 : 0;
        if (quiet >= HEARTBEAT_TICKS) {
          quiet = 0;
          events.append(": still here\n\n");
        }
        if (!events.isEmpty() && writer.tryWrite(HttpData.ofUtf8(events.toString()))) {
          writer.whenConsumed().join();
        }
      } catch (RuntimeException e) {
        LOG.debug("somebody who followed the message log is gone", e);
        writer.close();
      } finally {
        busy.set(false);
      }
    }
  }

  private HttpResponse export(Call call, Ui ui) {
    boolean csv = !call.query("format").orElse("csv").equals("jsonl");
    HttpResponseWriter writer =
        begin(
            ResponseHeaders.builder(200)
                .set("content-type", csv ? "text/csv; charset=utf-8" : "application/x-ndjson")
                .set(
                    "content-disposition",
                    "attachment; filename=\"messages." + (csv ? "csv" : "jsonl") + "\""));
    Filter filter = MessageQuery.of(call, "").filter(ui.place().zone());
    workers.execute(() -> write(writer, Scope.of(ui.operator().id()), filter, csv));
    return writer;
  }

  private void write(HttpResponseWriter writer, Scope scope, Filter filter, boolean csv) {
    try {
      long before = Long.MAX_VALUE;
      int left = MOST_EXPORTED;
      boolean open = !csv || writer.tryWrite(HttpData.ofUtf8(MessageSheet.HEADER));
      while (open && left > 0) {
        List<Message> page = messages.newest(scope, filter, before, Math.min(left, EXPORT_PAGE));
        if (page.isEmpty()) {
          break;
        }
        StringBuilder text = new StringBuilder();
        page.forEach(m -> text.append(csv ? MessageSheet.csv(m) : MessageSheet.json(m)));
        open = writer.tryWrite(HttpData.ofUtf8(text.toString()));
        writer.whenConsumed().join();
        before = page.getLast().id();
        left -= page.size();
      }
      writer.close();
    } catch (RuntimeException e) {
      LOG.warn("the export of the message log ended early: {}", e.toString());
      writer.close(e);
    }
  }
}
