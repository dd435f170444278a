package org.ampay.station.files;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.ampay.base.UrlSecrets;

/**
 * Links to files that need no password: they name the file, what may be done with it and until
 * when, signed with a key of ours. So a station never needs its OCPP password for a log
 * (N01.FR.17), and a link that leaks opens one file for some days.
 *
 * <p>A token is the Base64url text of 8 bytes file id, 8 bytes end (epoch seconds) and the first 16
 * bytes of HMAC-SHA-256 over direction, id and end.
 */
public final class FileLinks {

  /** What a link allows. */
  public enum Direction {
    /** PUT or POST, once. */
    UP("up"),
    /** GET, as often as needed. */
    DOWN("down");

    private final String word;

    Direction(String word) {
      this.word = word;
    }

    public String word() {
      return word;
    }
  }

  private static final int SIGNATURE_BYTES = 16;
  private static final int TOKEN_BYTES = 2 * Long.BYTES + SIGNATURE_BYTES;
  private static final Pattern LINK =
      Pattern.compile(UrlSecrets.FILES + "(up|down)/([A-Za-z0-9_-]{1,100})");

  private final SecretKeySpec key;
  private final Supplier<URI> base;

  /**
   * @param key 32 bytes that nobody else knows
   * @param base how stations reach our HTTP server, without a slash at the end
   */
  public FileLinks(byte[] key, Supplier<URI> base) {
    this.key = new SecretKeySpec(key, "HmacSHA256");
    this.base = base;
  }

  /** The path of a link, for pages of our own. */
  public String path(Direction direction, long fileId, Instant until) {
    byte[] named = named(fileId, until.getEpochSecond());
    byte[] token =
        ByteBuffer.allocate(TOKEN_BYTES).put(named).put(signature(direction, named)).array();
    return UrlSecrets.FILES
        + direction.word()
        + "/"
        + Base64.getUrlEncoder().withoutPadding().encodeToString(token);
  }

  /** The whole link, for stations and scripts. */
  public String url(Direction direction, long fileId, Instant until) {
    return base.get() + path(direction, fileId, until);
  }

  /** The file of a token; empty when it is not ours, for something else, or has ended. */
  public Optional<Long> open(Direction direction, String token, Instant now) {
    Optional<ByteBuffer> read = read(direction, token);
    if (read.isEmpty()) {
      return Optional.empty();
    }
    long id = read.get().getLong();
    long end = read.get().getLong();
    return now.getEpochSecond() <= end ? Optional.of(id) : Optional.empty();
  }

  /** The file that a location of a command is a link to, whenever it ends; empty: it is foreign. */
  public Optional<Long> fileOf(String location) {
    Matcher link = LINK.matcher(location);
    if (!location.startsWith(base.get() + "/") || !link.find()) {
      return Optional.empty();
    }
    Direction direction = link.group(1).equals("up") ? Direction.UP : Direction.DOWN;
    return read(direction, link.group(2)).map(ByteBuffer::getLong);
  }

  private Optional<ByteBuffer> read(Direction direction, String token) {
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(token);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    if (bytes.length != TOKEN_BYTES) {
      return Optional.empty();
    }
    byte[] named = Arrays.copyOf(bytes, 2 * Long.BYTES);
    byte[] shown = Arrays.copyOfRange(bytes, named.length, bytes.length);
    return MessageDigest.isEqual(shown, signature(direction, named))
        ? Optional.of(ByteBuffer.wrap(named))
        : Optional.empty();
  }

  private static byte[] named(long fileId, long end) {
    return ByteBuffer.allocate(2 * Long.BYTES).putLong(fileId).putLong(end).array();
  }

  private byte[] signature(Direction direction, byte[] named) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      mac.update(direction.word().getBytes(StandardCharsets.UTF_8));
      return Arrays.copyOf(mac.doFinal(named), SIGNATURE_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JRE has HmacSHA256", e);
    }
  }
}
