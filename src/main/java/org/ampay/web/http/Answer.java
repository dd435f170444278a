package org.ampay.web.http;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a handler answers.
 *
 * @param contentType of the body, with its charset
 * @param headers further ones
 * @param chunks what follows the body, read as fast as the caller takes it; null: nothing
 * @param secret the body holds something that must be kept nowhere
 */
public record Answer(
    int status,
    String contentType,
    String body,
    Map<String, String> headers,
    boolean secret,
    @Nullable Chunks chunks) {

  /** A long body, piece by piece. */
  @FunctionalInterface
  public interface Chunks {

    /** The next piece; null at the end. What it throws breaks the body off. */
    @Nullable String next();
  }

  public static final String JSON = "application/json";
  public static final String PROBLEM = "application/problem+json";
  public static final String HTML = "text/html; charset=utf-8";
  public static final String TEXT = "text/plain; charset=utf-8";

  public Answer {
    headers = Map.copyOf(headers);
  }

  /** With a body that is whole. */
  public Answer(
      int status, String contentType, String body, Map<String, String> headers, boolean secret) {
    this(status, contentType, body, headers, secret, null);
  }

  /** 200 with a long body. */
  public static Answer chunks(String contentType, Chunks chunks) {
    return new Answer(200, contentType, "", Map.of(), false, chunks);
  }

  public static Answer json(int status, Object body) {
    return new Answer(status, JSON, JsonCodec.write(body), Map.of(), false);
  }

  public static Answer html(int status, String body) {
    return new Answer(status, HTML, body, Map.of(), false);
  }

  public static Answer text(int status, String body) {
    return new Answer(status, TEXT, body, Map.of(), false);
  }

  public static Answer empty(int status) {
    return new Answer(status, TEXT, "", Map.of(), false);
  }

  /** 303: the browser reads another page. */
  public static Answer seeOther(String location) {
    return empty(303).with("location", location);
  }

  public static Answer problem(Problem problem) {
    Map<String, String> headers =
        problem.status() == 401 ? Map.of("www-authenticate", "Bearer") : Map.of();
    return new Answer(
        problem.status(), PROBLEM, JsonCodec.write(new Told(problem)), headers, false);
  }

  /** The same with a header. */
  public Answer with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Answer(status, contentType, body, more, secret, chunks);
  }

  /** The same, never to be stored. */
  public Answer asSecret() {
    return new Answer(status, contentType, body, headers, true, chunks);
  }

  @com.fasterxml.jackson.annotation.JsonInclude(
      com.fasterxml.jackson.annotation.JsonInclude.Include.NON_NULL)
  private record Told(
      String type,
      String title,
      int status,
      @org.jspecify.annotations.Nullable String detail,
      @org.jspecify.annotations.Nullable String field) {
    Told(Problem problem) {
      this(problem.type(), problem.title(), problem.status(), problem.detail(), problem.field());
    }
  }
}
