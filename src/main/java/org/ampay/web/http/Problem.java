package org.ampay.web.http;

import org.jspecify.annotations.Nullable;

/**
 * What went wrong with a call, as RFC 9457 wants it.
 *
 * @param type stable, {@code urn:ampay:problem:…}
 * @param field the path of the field that is to blame, for example {@code evses[0].id}
 */
public record Problem(
    String type, String title, int status, @Nullable String detail, @Nullable String field) {

  private static final String START = "urn:ampay:problem:";

  private static Problem of(int status, String type, String title, @Nullable String detail) {
    return new Problem(START + type, title, status, detail, null);
  }

  /** 400: a field of the body, query or path breaks a rule. */
  public static Problem badField(String field, String reason) {
    String detail = field.isEmpty() ? reason : field + ": " + reason;
    return new Problem(START + "invalid-field", "A field is not valid", 400, detail, field);
  }

  /** 400: the body is no JSON. */
  public static Problem badJson(String detail) {
    return of(400, "invalid-json", "The body is not valid JSON", detail);
  }

  public static Problem unauthorized(String detail) {
    return of(401, "unauthorized", "No valid API key", detail);
  }

  public static Problem forbidden(@Nullable String detail) {
    return of(403, "forbidden", "The role does not allow this", detail);
  }

  public static Problem notFound(@Nullable String detail) {
    return of(404, "not-found", "Not found", detail);
  }

  /** 409: what is stored speaks against it. */
  public static Problem conflict(String type, String detail) {
    return of(409, type, "Conflict", detail);
  }

  /** 409, naming a field whose value is taken. */
  public static Problem taken(String field, String reason) {
    return new Problem(START + "conflict", "Conflict", 409, field + ": " + reason, field);
  }

  public static Problem tooLarge(long limit) {
    return of(413, "too-large", "The body is too large", "at most " + limit + " bytes");
  }

  /** 422: the Idempotency-Key was used with another body. */
  public static Problem keyReused() {
    return of(
        422,
        "idempotency-key-reused",
        "The Idempotency-Key belongs to another request",
        "the same key came with another method, path or body");
  }

  public static Problem tooMany(String detail) {
    return of(429, "too-many-requests", "Too many requests", detail);
  }

  /** 500: a fault of ours; what exactly is in the log under {@code reference}. */
  public static Problem fault(String reference) {
    return of(500, "internal", "Something went wrong here", "reference " + reference);
  }

  public static Problem unavailable(String detail) {
    return of(503, "unavailable", "Not available now", detail);
  }

  /** 504: the station did not answer in time. */
  public static Problem noAnswer(String detail) {
    return of(504, "no-answer", "The station did not answer in time", detail);
  }

  public static Problem other(int status, String type, String title) {
    return of(status, type, title, null);
  }

  /** As an exception, to leave a handler with. */
  public ProblemException exception() {
    return new ProblemException(this);
  }
}
