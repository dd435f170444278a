package org.ampay.web.http;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.ServerErrorHandler;
import com.linecorp.armeria.server.ServiceConfig;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the server answers by itself (too large, too slow, unreadable) is a problem as well. */
public final class ErrorAnswers implements ServerErrorHandler {

  private final long maxBody;

  /**
   * @param maxBody bytes, for the message of 413
   */
  public ErrorAnswers(long maxBody) {
    this.maxBody = maxBody;
  }

  @Override
  public @Nullable HttpResponse onServiceException(ServiceRequestContext context, Throwable cause) {
    return null;
  }

  @Override
  public AggregatedHttpResponse renderStatus(
      @Nullable ServiceRequestContext context,
      ServiceConfig config,
      @Nullable RequestHeaders headers,
      HttpStatus status,
      @Nullable String description,
      @Nullable Throwable cause) {
    Answer answer = Answer.problem(problem(status));
    return AggregatedHttpResponse.of(
        ResponseHeaders.of(status, "content-type", Answer.PROBLEM), HttpData.ofUtf8(answer.body()));
  }

  /** A body that is refused by its announced length is the same problem as one that was read. */
  private Problem problem(HttpStatus status) {
    String title = status.reasonPhrase();
    return status.equals(HttpStatus.REQUEST_ENTITY_TOO_LARGE)
        ? Problem.tooLarge(maxBody)
        : Problem.other(status.code(), title.toLowerCase(Locale.ROOT).replace(' ', '-'), title);
  }
}
