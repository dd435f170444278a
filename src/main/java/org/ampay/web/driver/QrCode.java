package org.ampay.web.driver;

import io.nayuki.qrcodegen.DataTooLongException;
import java.util.Optional;

/**
 * A QR code as one SVG path, a unit square a module.
 *
 * @param size of its side, with the quiet zone that readers need
 */
public record QrCode(int size, String path) {

  private static final int QUIET = 4;

  /** The code of a text; empty for one that does not fit into any. */
  public static Optional<QrCode> of(String text) {
    try {
      return Optional.of(draw(encoded(text)));
    } catch (DataTooLongException e) {
      return Optional.empty();
    }
  }

  private static io.nayuki.qrcodegen.QrCode encoded(String text) {
    return io.nayuki.qrcodegen.QrCode.encodeText(text, io.nayuki.qrcodegen.QrCode.Ecc.MEDIUM);
  }

  /** Runs of dark modules in a row become one rectangle each. */
  private static QrCode draw(io.nayuki.qrcodegen.QrCode code) {
    StringBuilder path = new StringBuilder();
    for (int y = 0; y < code.size; y++) {
      int x = 0;
      while (x < code.size) {
        int from = x;
        while (x < code.size && code.getModule(x, y)) {
          x++;
        }
        if (x > from) {
          path.append('M').append(from + QUIET).append(' ').append(y + QUIET);
          path.append('h').append(x - from).append("v1h-").append(x - from).append('z');
        }
        x++;
      }
    }
    return new QrCode(code.size + 2 * QUIET, path.toString());
  }
}
