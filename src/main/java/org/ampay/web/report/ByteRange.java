package org.ampay.web.report;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One range of a file, as a station asks for it that goes on with a broken download.
 *
 * @param from the first byte, from 0
 */
record ByteRange(long from, long length) {

  private static final Pattern ONE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

  /** The range of a Range header; empty: the whole file, also when the range makes no sense. */
  static Optional<ByteRange> of(String header, long size) {
    Matcher range = ONE.matcher(header.strip());
    if (!range.matches() || size == 0) {
      return Optional.empty();
    }
    String first = range.group(1);
    String last = range.group(2);
    if (first.isEmpty() && last.isEmpty()) {
      return Optional.empty();
    }
    if (first.isEmpty()) {
      long tail = Math.min(size, Long.parseLong(last));
      return tail == 0 ? Optional.empty() : Optional.of(new ByteRange(size - tail, tail));
    }
    long from = Long.parseLong(first);
    long to = last.isEmpty() ? size - 1 : Math.min(size - 1, Long.parseLong(last));
    return from > to ? Optional.empty() : Optional.of(new ByteRange(from, to - from + 1));
  }
}
