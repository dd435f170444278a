package org.ampay.station;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Hashes of the passwords that stations show. The passwords are random and long, so a hash keyed
 * with a secret outside the database is as strong as a slow one, and 20,000 stations may reconnect
 * at once.
 */
public final class StationPasswords {

  private static final String ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghjkmnpqrstuvwxyz23456789";
  private static final int GENERATED_LENGTH = 20;

  private static final int NONCE_BYTES = 12;

  private final SecretKeySpec key;
  private final SecureRandom random = new SecureRandom();

  /**
   * @param key at least 32 secret bytes
   */
  public StationPasswords(byte[] key) {
    if (key.length < 32) {
      throw new IllegalArgumentException("the password key needs at least 32 bytes");
    }
    this.key = new SecretKeySpec(key, "HmacSHA256");
  }

  /** A new random password: 20 characters of a passwordString, easy to type. */
  public static String generate(RandomGenerator random) {
    StringBuilder password = new StringBuilder(GENERATED_LENGTH);
    for (int i = 0; i < GENERATED_LENGTH; i++) {
      password.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return password.toString();
  }

  /** The stored form, bound to the station so that equal passwords do not show. */
  public byte[] hash(long stationId, String password) {
    return hash(stationId, password.getBytes(StandardCharsets.UTF_8));
  }

  byte[] hash(long stationId, byte[] password) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      mac.update(ByteBuffer.allocate(Long.BYTES).putLong(stationId).array());
      return mac.doFinal(password);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JRE has HmacSHA256", e);
    }
  }

  /**
   * True when the password is the one behind the hash. AuthorizationKey of OCPP 1.6 is set as hex
   * text; stations show either that text, in any case, or the bytes it stands for: all match.
   */
  boolean matches(long stationId, byte[] shown, byte[] stored) {
    return MessageDigest.isEqual(hash(stationId, shown), stored)
        || MessageDigest.isEqual(hash(stationId, hexText(shown, false)), stored)
        || MessageDigest.isEqual(hash(stationId, hexText(shown, true)), stored)
        || (isHex(shown) && matchesInOtherCase(stationId, shown, stored));
  }

  private boolean matchesInOtherCase(long stationId, byte[] shown, byte[] stored) {
    String text = new String(shown, StandardCharsets.US_ASCII);
    return MessageDigest.isEqual(hash(stationId, text.toLowerCase(Locale.ROOT)), stored)
        || MessageDigest.isEqual(hash(stationId, text.toUpperCase(Locale.ROOT)), stored);
  }

  private static boolean isHex(byte[] text) {
    for (byte c : text) {
      if (c < 0 || Character.digit(c, 16) < 0) {
        return false;
      }
    }
    return text.length > 0 && text.length % 2 == 0;
  }

  /** Hides a password that must be sent later, bound to the station. */
  byte[] seal(long stationId, String password) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    byte[] sealed =
        cipher(Cipher.ENCRYPT_MODE, stationId, nonce, password.getBytes(StandardCharsets.UTF_8))
            .orElseThrow(() -> new IllegalStateException("a password can be sealed"));
    return ByteBuffer.allocate(nonce.length + sealed.length).put(nonce).put(sealed).array();
  }

  /** The password of {@link #seal}; empty when it was sealed with another key. */
  Optional<String> open(long stationId, byte[] sealed) {
    byte[] nonce = Arrays.copyOf(sealed, NONCE_BYTES);
    byte[] rest = Arrays.copyOfRange(sealed, NONCE_BYTES, Math.max(NONCE_BYTES, sealed.length));
    return cipher(Cipher.DECRYPT_MODE, stationId, nonce, rest)
        .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
  }

  private Optional<byte[]> cipher(int mode, long stationId, byte[] nonce, byte[] text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      byte[] derived = mac.doFinal("seal".getBytes(StandardCharsets.US_ASCII));
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, new SecretKeySpec(derived, "AES"), new GCMParameterSpec(128, nonce));
      cipher.updateAAD(ByteBuffer.allocate(Long.BYTES).putLong(stationId).array());
      return Optional.of(cipher.doFinal(text));
    } catch (AEADBadTagException e) {
      return Optional.empty();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JRE has AES-GCM", e);
    }
  }

  private static byte[] hexText(byte[] raw, boolean upper) {
    HexFormat format = upper ? HexFormat.of().withUpperCase() : HexFormat.of();
    return format.formatHex(raw).getBytes(StandardCharsets.US_ASCII);
  }
}
