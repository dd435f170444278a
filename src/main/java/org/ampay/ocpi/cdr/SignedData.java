package org.ampay.ocpi.cdr;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a meter has signed, byte for byte.
 *
 * @param encoding {@code OCMF} …
 * @param publicKey as the station sent it
 */
public record SignedData(String encoding, @Nullable String publicKey, List<Value> values) {

  /**
   * A signed value.
   *
   * @param nature {@code Start}, {@code End}, {@code Intermediate}
   * @param plain readable
   * @param signed Base64
   */
  public record Value(String nature, String plain, String signed) {}

  public SignedData {
    values = List.copyOf(values);
  }
}
