package org.ampay.app.sandbox;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.ampay.base.Money;
import org.jspecify.annotations.Nullable;

/**
 * One provider's side of the gateway. Its methods are never called by two threads at once. The same
 * calls at the same times give the same state and the same answers: ids come from {@link
 * World#random}, times from {@link World#time}, keys from {@link World#secrets}; so a gateway with
 * a file is again what it was.
 */
public interface SandboxWire {

  /** As our provider is named: {@code stripe}. */
  String provider();

  /**
   * A merchant of this name, made when there is none.
   *
   * @param callbackUrl where its callbacks go when a call names no other address
   * @return the settings of an account of our provider, secrets in the clear
   */
  Map<String, String> account(String merchant, URI callbackUrl);

  /** Whether a path belongs to this provider. */
  boolean owns(String path);

  /** What a call is about, for scripts: {@code capture}; by method and path alone. */
  String operation(SandboxCall call);

  /** Whether a call changes nothing: then there is nothing to decline and to write down. */
  default boolean reads(SandboxCall call) {
    return call.method().equals("GET");
  }

  /** Does what a call says and answers it. */
  SandboxAnswer answer(SandboxCall call, Oddity oddity);

  /** What a text (of a QR code, of a page's address) asks a payer; empty: not of this provider. */
  Optional<Asked> asked(String text);

  /** What the payer does; false when it cannot be done any more. */
  boolean act(String text, Act act);

  /** Whether the receiver of a callback has understood it. */
  boolean acknowledged(int status, String body);

  /** Makes a wire. */
  @FunctionalInterface
  interface Maker {
    SandboxWire make(World world);
  }

  /**
   * What a wire lives in.
   *
   * @param address of the gateway, without a slash at the end
   */
  record World(
      SandboxClock time,
      RandomGenerator random,
      Secrets secrets,
      SandboxBooks books,
      SandboxCallbacks callbacks,
      Supplier<URI> address) {}

  /** Keys that are made once and kept in the gateway's file. */
  @FunctionalInterface
  interface Secrets {

    /** The bytes kept under a name, made when there are none. */
    byte[] kept(String name, Supplier<byte[]> make);
  }

  /** What shall go wrong with a call inside the wire; the rest goes wrong outside of it. */
  enum Oddity {
    NONE,
    /** Refused for a reason of the provider's own. */
    DECLINE,
    /** Done; the answer is signed by a key that is nobody's. */
    FORGED_SIGNATURE
  }

  /** What a payer can do. */
  enum Act {
    PAY,
    DECLINE,
    CANCEL
  }

  /**
   * What a payer is asked.
   *
   * @param subject what for
   * @param hold the amount is only set aside
   * @param open it can still be paid
   * @param returnUrl where the payer is sent after; null: nowhere
   * @param cancelUrl where a payer who leaves is sent; null: nowhere
   */
  record Asked(
      String subject,
      Money amount,
      boolean hold,
      boolean open,
      @Nullable URI returnUrl,
      @Nullable URI cancelUrl) {}

  /** How long callbacks wait for their receiver's answer. */
  Duration CALLBACK_PATIENCE = Duration.ofSeconds(10);
}
