package org.ampay.tariff;

import java.util.Optional;

/** Knows which tariff holds where. Answers from memory. */
public interface TariffBook {

  /**
   * The tariff to freeze into a session. Empty: nobody assigned one, which is an operator's error
   * and never means that charging is free.
   */
  Optional<TariffSnapshot> resolve(TariffQuery query);
}
