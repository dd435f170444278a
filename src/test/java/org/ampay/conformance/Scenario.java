package org.ampay.conformance;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The row of {@code certification-cases-csms.tsv} that a test plays against the running server over
 * real sockets, for example {@code "TC_001_CSMS"}. The test's name begins with it: {@code
 * tc001_boot_statusAndHeartbeat}.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Scenario {

  /** The id in the file's second column. */
  String value();
}
