package org.ampay.ocpi.tariff;

/** What OCPI has no words for: partners read it in {@code tariff_alt_text}. */
public enum Unsaid {
  SERVICE("a service fee with its own tax, step or times", "服务费（独立税率、计量步长或时段）"),
  OCCUPANCY("a fee for staying plugged in", "占位费"),
  CEILING("a ceiling of some kinds of cost", "部分费用的封顶"),
  MINIMUM_SESSION("that short sessions are free", "短时充电免费规则"),
  FLOOR("that a total never falls below 0", "总价不低于零"),
  DURATION("fractions of a second", "不足一秒的时长"),
  CALENDAR("a calendar of times of use", "分时日历"),
  ROUNDED("more than 4 digits of a price, or of one from which tax was taken", "超过四位小数的价格或不含税价");

  private final String english;
  private final String chinese;

  Unsaid(String english, String chinese) {
    this.english = english;
    this.chinese = chinese;
  }

  String english() {
    return english;
  }

  String chinese() {
    return chinese;
  }
}
