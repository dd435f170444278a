package org.ampay.web.http;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a handler answers.
 *
 * @param contentType of the body, with its charset
 * @param headers further ones
 * @param secret the body holds something that must be kept nowhere
 */
public record Answer(
    int status, String contentType, String body, Map<String, String> headers, boolean secret) {

  public static final String JSON = "application/json";
  public static final String PROBLEM = "application/problem+json";
  public static final String HTML = "text/html; charset=utf-8";
  public static final String TEXT = "text/plain; charset=utf-8";

  public Answer {
    headers = Map.copyOf(headers);
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
    return new Answer(status, contentType, body, more, secret);
  }

  /** The same, never to be stored. */
  public Answer asSecret() {
    return new Answer(status, contentType, body, headers, true);
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
