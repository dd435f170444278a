package org.ampay.conformance;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The rows of {@code requirements-2.0.1.tsv} or {@code obligations-1.6.tsv} that a test proves, for
 * example {@code "E05.FR.01"} or {@code "1.6/Authorize/1"}: at most three, so that a test is about
 * something.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Proves {

  /** Ids as in the first column of the files. */
  String[] value();
}
