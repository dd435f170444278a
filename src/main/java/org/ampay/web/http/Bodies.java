package org.ampay.web.http;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.server.ServiceRequestContext;

/** What is done with bodies of requests. */
public final class Bodies {

  private Bodies() {}

  /**
   * Reads no more of a request that is refused. On the thread that reads it, between two pieces: a
   * piece that comes to a body closed meanwhile makes Armeria answer with 500 before we do.
   */
  public static void ignore(ServiceRequestContext context, HttpRequest request) {
    context.eventLoop().execute(request::abort);
  }
}
