package org.ampay.ocpi.http;

/**
 * A request that is not done. Most are answered with HTTP 200 and an OCPI status; unknown things
 * with 404 as well.
 */
public final class OcpiProblem extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int http;
  private final OcpiStatus status;

  /**
   * @param http the HTTP status: 200, 400, 401, 404, 405, 413, 429
   * @param message for the partner's people; names the field, holds no secret
   */
  public OcpiProblem(int http, OcpiStatus status, String message) {
    super(message, null, false, false);
    this.http = http;
    this.status = status;
  }

  /** HTTP 200 with 2001: a field is missing or wrong. */
  public static OcpiProblem invalid(String message) {
    return new OcpiProblem(200, OcpiStatus.INVALID_PARAMETERS, message);
  }

  /** HTTP 404 with 2000 or what says more. */
  public static OcpiProblem notFound(OcpiStatus status, String message) {
    return new OcpiProblem(404, status, message);
  }

  /** HTTP 405: there is no such method here, or not now. */
  public static OcpiProblem notAllowed(String message) {
    return new OcpiProblem(405, OcpiStatus.CLIENT_ERROR, message);
  }

  public int http() {
    return http;
  }

  public OcpiStatus status() {
    return status;
  }
}
