package org.ampay.base;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** Content hashes, used as keys by which a repeat is recognised. */
public final class Digests {

  private Digests() {}

  /** SHA-256 of the parts, each preceded by its length so that no two lists of parts collide. */
  public static byte[] sha256(Object... parts) {
    MessageDigest digest = newSha256();
    for (Object part : parts) {
      byte[] bytes =
          part instanceof byte[] raw ? raw : String.valueOf(part).getBytes(StandardCharsets.UTF_8);
      digest.update((byte) (bytes.length >>> 24));
      digest.update((byte) (bytes.length >>> 16));
      digest.update((byte) (bytes.length >>> 8));
      digest.update((byte) bytes.length);
      digest.update(bytes);
    }
    return digest.digest();
  }

  /** The first 16 bytes of {@link #sha256}: enough for a unique key. */
  public static byte[] key16(Object... parts) {
    return Arrays.copyOf(sha256(parts), 16);
  }

  private static MessageDigest newSha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JRE has SHA-256", e);
    }
  }
}
