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
    String title = status.reasonPhrase();
    String type = title.toLowerCase(Locale.ROOT).replace(' ', '-');
    Answer answer = Answer.problem(Problem.other(status.code(), type, title));
    return AggregatedHttpResponse.of(
        ResponseHeaders.of(status, "content-type", Answer.PROBLEM), HttpData.ofUtf8(answer.body()));
  }
}
