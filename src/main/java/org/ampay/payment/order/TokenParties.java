package org.ampay.payment.order;

import java.util.List;
import java.util.random.RandomGenerator;
import org.ampay.access.Token;
import org.ampay.access.Tokens;
import org.ampay.store.Tx;
import org.jspecify.annotations.Nullable;

/** The drivers and tokens of orders in the database. */
public final class TokenParties implements OrderParties {

  private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final int RANDOM_CHARS = 15;

  private final Tokens tokens;
  private final RandomGenerator random;

  /**
   * Parties.
   *
   * @param random cryptographically strong: nobody may guess a token that is paid for
   */
  public TokenParties(Tokens tokens, RandomGenerator random) {
    this.tokens = tokens;
    this.random = random;
  }

  @Override
  public Party begin(
      Tx tx, long operatorId, long orderId, @Nullable Long driverId, String language) {
    long driver =
        driverId == null ? tokens.guest(tx, operatorId, "Order " + orderId, language) : driverId;
    String uid = uid(random);
    Token token =
        new Token(
            0,
            operatorId,
            uid,
            "Central",
            null,
            driver,
            null,
            null,
            false,
            1,
            List.of(),
            new Token.Traits(null, false, null, orderId, false));
    return new Party(driver, tokens.ofOrder(tx, token), uid);
  }

  static String uid(RandomGenerator random) {
    StringBuilder uid = new StringBuilder("P");
    for (int i = 0; i < RANDOM_CHARS; i++) {
      uid.append(BASE32.charAt(random.nextInt(BASE32.length())));
    }
    return uid.toString();
  }

  @Override
  public void end(Tx tx, OrderRow order) {
    OrderRow.Payer payer = order.payer();
    tokens.orderOver(tx, order.operatorId(), payer.tokenId(), payer.tokenUid());
  }
}
