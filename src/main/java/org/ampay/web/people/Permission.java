package org.ampay.web.people;

/** What a call or page asks of its caller. */
public enum Permission {
  STATIONS_READ,
  STATIONS_WRITE,
  STATIONS_COMMAND,
  TOKENS_READ,
  TOKENS_WRITE,
  DRIVERS_READ,
  DRIVERS_WRITE,
  WALLETS_READ,
  WALLETS_WRITE,
  SESSIONS_READ,
  /** To end the review of a session or of a quarantined frame. */
  SESSIONS_RESOLVE,
  TARIFFS_READ,
  TARIFFS_WRITE,
  /** To agree, as a second person, to what others proposed. */
  TARIFFS_APPROVE,
  /** To say whether a second person is needed. */
  TARIFFS_SETTINGS,
  PROMOTIONS_READ,
  PROMOTIONS_WRITE,
  SETTLEMENTS_READ,
  SETTLEMENTS_REFUND,
  LEDGER_READ,
  /** To set what the platform keeps of payments. */
  FEES_WRITE,
  /** To say who shares in the price of sessions. */
  REVENUE_WRITE,
  /** To see and change accounts with payment providers, and their keys. */
  PAYMENT_ACCOUNTS,
  PARTNERS_READ,
  /** To invite OCPI partners, register with them, end connections. */
  PARTNERS_WRITE
}
