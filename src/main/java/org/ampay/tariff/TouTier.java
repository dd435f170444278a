package org.ampay.tariff;

/** Tier of a time-of-use calendar. */
public enum TouTier {
  /** 尖. */
  SHARP,
  /** 峰. */
  PEAK,
  /** 平. */
  FLAT,
  /** 谷. */
  VALLEY,
  /** 深谷. */
  DEEP_VALLEY
}
