package org.ampay.web.http;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a field of a request or answer is: checked when it is read, told in the OpenAPI document.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Field {

  /** For people. */
  String value() default "";

  /** Longest text, in characters. */
  int maxLength() default 200;

  /** Whether a text may have several lines. */
  boolean lines() default false;

  /** Smallest number. */
  long min() default Long.MIN_VALUE;

  /** Largest number. */
  long max() default Long.MAX_VALUE;

  /** Most items of a list. */
  int maxItems() default 100;
}
