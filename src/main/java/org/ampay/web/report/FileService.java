package org.ampay.web.report;

import com.linecorp.armeria.common.ContentTooLargeException;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.multipart.BodyPart;
import com.linecorp.armeria.common.multipart.Multipart;
import com.linecorp.armeria.common.stream.StreamMessage;
import com.linecorp.armeria.server.Route;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.ampay.base.TimeSource;
import org.ampay.base.UrlSecrets;
import org.ampay.station.files.FileLinks;
import org.ampay.station.files.FileLinks.Direction;
import org.ampay.station.files.StationFile;
import org.ampay.station.files.StationFiles;
import org.ampay.web.http.Answer;
import org.ampay.web.http.Bodies;
import org.ampay.web.http.Problem;
import org.ampay.web.http.ProblemException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files by their signed links, for stations, scripts and browsers: PUT or POST of the bytes or of a
 * form with one file, GET with ranges. Bytes go from the socket to the disk and back without being
 * gathered in memory.
 */
public final class FileService {

  private static final Logger LOG = LoggerFactory.getLogger(FileService.class);
  private static final Duration PATIENCE = Duration.ofHours(1);
  private static final int MOST_AT_A_TIME = 64;

  /** Of a form, beside its file. */
  private static final long FORM_BYTES = 65_536;

  private final StationFiles files;
  private final FileLinks links;
  private final TimeSource time;
  private final Executor workers;
  private final Semaphore uploads = new Semaphore(MOST_AT_A_TIME);

  /**
   * @param workers a virtual thread a task
   */
  public FileService(StationFiles files, FileLinks links, TimeSource time, Executor workers) {
    this.files = files;
    this.links = links;
    this.time = time;
    this.workers = workers;
  }

  /** Adds the links' paths to a server. */
  public void install(ServerBuilder server) {
    long most = Math.max(files.settings().maxLogBytes(), files.settings().maxFirmwareBytes());
    for (String end : new String[] {"", "/", "/{name}"}) {
      server
          .route()
          .addRoute(
              Route.builder()
                  .methods(HttpMethod.PUT, HttpMethod.POST)
                  .path(UrlSecrets.FILES + "up/{token}" + end)
                  .build())
          .maxRequestLength(most + FORM_BYTES)
          .requestTimeout(PATIENCE)
          .build(this::upload);
      server
          .route()
          .addRoute(
              Route.builder()
                  .methods(HttpMethod.GET, HttpMethod.HEAD)
                  .path(UrlSecrets.FILES + "down/{token}" + end)
                  .build())
          .requestTimeout(PATIENCE)
          .build(this::download);
    }
  }

  private HttpResponse upload(ServiceRequestContext context, HttpRequest request) {
    if (!uploads.tryAcquire()) {
      return problem(Problem.unavailable("too many uploads at the same time"));
    }
    return HttpResponse.of(
        later(() -> expected(context))
            .thenCompose(file -> receive(context, request, file))
            .exceptionally(error -> failed(context, request, error))
            .whenComplete((done, error) -> uploads.release()));
  }

  private StationFile expected(ServiceRequestContext context) {
    StationFile file = file(context, Direction.UP);
    if (file.state() != StationFile.State.EXPECTED) {
      throw Problem.conflict("already-uploaded", "the file has been uploaded before").exception();
    }
    return file;
  }

  private CompletableFuture<HttpResponse> receive(
      ServiceRequestContext context, HttpRequest request, StationFile file) {
    long most = files.settings().maxBytes(file.kind());
    context.setMaxRequestLength(most + FORM_BYTES);
    Path draft = files.draft();
    String named = java.util.Objects.requireNonNullElse(context.pathParam("name"), "");
    boolean form =
        request.contentType() != null
            && request.contentType().is(com.linecorp.armeria.common.MediaType.MULTIPART_FORM_DATA);
    CompletableFuture<String> written =
        form
            ? formFile(request, draft)
            : request
                .split()
                .body()
                .writeTo(data -> data, draft, StandardOpenOption.WRITE)
                .thenApply(done -> named);
    return written
        .thenApplyAsync(name -> keep(request, file, name, draft, most), workers)
        .whenComplete((answer, error) -> drop(draft));
  }

  /** The first file of a form; what else the form holds is passed over. */
  private static CompletableFuture<String> formFile(HttpRequest request, Path draft) {
    AtomicReference<String> name = new AtomicReference<>("");
    AtomicBoolean found = new AtomicBoolean();
    return Multipart.from(request)
        .collect(
            part -> {
              if (part.filename() == null || !found.compareAndSet(false, true)) {
                return part.aggregate().thenApply(passed -> "");
              }
              name.set(part.filename());
              return bytes(part)
                  .writeTo(data -> data, draft, StandardOpenOption.WRITE)
                  .thenApply(done -> "");
            })
        .thenApply(
            parts -> {
              if (!found.get()) {
                throw Problem.badField("file", "the form holds no file").exception();
              }
              return name.get();
            });
  }

  private static StreamMessage<HttpData> bytes(BodyPart part) {
    return part.content();
  }

  private HttpResponse keep(
      HttpRequest request, StationFile expected, String name, Path draft, long most) {
    if (size(draft) > most) {
      throw Problem.tooLarge(most).exception();
    }
    StationFile stored =
        files
            .keep(expected, name, draft)
            .orElseThrow(
                () ->
                    Problem.conflict("already-uploaded", "the file has been uploaded before")
                        .exception());
    boolean browser =
        stored.kind() == StationFile.Kind.FIRMWARE
            && request.headers().get(HttpHeaderNames.ACCEPT, "").contains("text/html");
    return browser
        ? HttpResponse.of(
            ResponseHeaders.of(
                com.linecorp.armeria.common.HttpStatus.SEE_OTHER,
                HttpHeaderNames.LOCATION,
                "/firmware"))
        : json(
            Answer.json(
                201,
                Map.of(
                    "id", stored.id(),
                    "name", stored.name(),
                    "size_bytes", stored.sizeBytes(),
                    "sha256", stored.sha256())));
  }

  private static long size(Path draft) {
    try {
      return Files.size(draft);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static void drop(Path draft) {
    try {
      Files.deleteIfExists(draft);
    } catch (IOException e) {
      LOG.warn("a broken upload could not be deleted: {}", draft, e);
    }
  }

  private HttpResponse download(ServiceRequestContext context, HttpRequest request) {
    request.abort(); // there is nothing to read
    return HttpResponse.of(
        later(() -> content(context, request))
            .exceptionally(error -> failed(context, request, error)));
  }

  private HttpResponse content(ServiceRequestContext context, HttpRequest request) {
    StationFile file = file(context, Direction.DOWN);
    if (!file.isStored()) {
      throw Problem.notFound("the file is not there").exception();
    }
    Optional<ByteRange> range =
        ByteRange.of(request.headers().get(HttpHeaderNames.RANGE, ""), file.sizeBytes());
    long from = range.map(ByteRange::from).orElse(0L);
    long length = range.map(ByteRange::length).orElse(file.sizeBytes());
    ResponseHeaders headers = headers(file, range, length);
    if (request.method() == HttpMethod.HEAD || length == 0) {
      return HttpResponse.of(headers);
    }
    return HttpResponse.of(headers, StreamMessage.of(files.path(file.id())).range(from, length));
  }

  private static ResponseHeaders headers(StationFile file, Optional<ByteRange> range, long length) {
    String name = URLEncoder.encode(file.name(), StandardCharsets.UTF_8).replace("+", "%20");
    var headers =
        ResponseHeaders.builder(range.isPresent() ? 206 : 200)
            .set(HttpHeaderNames.CONTENT_TYPE, "application/octet-stream")
            .set(HttpHeaderNames.CONTENT_DISPOSITION, "attachment; filename*=UTF-8''" + name)
            .set(HttpHeaderNames.ACCEPT_RANGES, "bytes")
            .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
            .setLong(HttpHeaderNames.CONTENT_LENGTH, length)
            .set(HttpHeaderNames.ETAG, "\"" + file.sha256() + "\"");
    range.ifPresent(
        r ->
            headers.set(
                HttpHeaderNames.CONTENT_RANGE,
                "bytes " + r.from() + "-" + (r.from() + r.length() - 1) + "/" + file.sizeBytes()));
    return headers.build();
  }

  private StationFile file(ServiceRequestContext context, Direction direction) {
    String token = String.valueOf(context.pathParam("token"));
    return links
        .open(direction, token, time.now())
        .flatMap(files::find)
        .filter(file -> file.state() != StationFile.State.DELETED)
        .orElseThrow(
            () -> Problem.notFound("the link is not one of ours, or has ended").exception());
  }

  private <T> CompletableFuture<T> later(Supplier<T> work) {
    return CompletableFuture.supplyAsync(work, workers);
  }

  private HttpResponse failed(ServiceRequestContext context, HttpRequest request, Throwable error) {
    Bodies.ignore(context, request);
    Throwable cause =
        error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
    if (cause instanceof ProblemException expected) {
      return problem(expected.problem());
    }
    if (cause instanceof ContentTooLargeException) {
      return problem(Problem.tooLarge(files.settings().maxLogBytes()));
    }
    LOG.warn("a file was not transferred: {}", cause.toString());
    return problem(Problem.other(400, "unreadable", "The file could not be transferred"));
  }

  private static HttpResponse problem(Problem problem) {
    return json(Answer.problem(problem));
  }

  private static HttpResponse json(Answer answer) {
    return HttpResponse.of(
        ResponseHeaders.of(
            com.linecorp.armeria.common.HttpStatus.valueOf(answer.status()),
            HttpHeaderNames.CONTENT_TYPE,
            answer.contentType(),
            HttpHeaderNames.CACHE_CONTROL,
            "no-store"),
        HttpData.ofUtf8(answer.body()));
  }
}
