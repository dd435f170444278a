package org.ampay.tariff;

import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** The words in which {@link PriceText} speaks of prices, of one language. */
record PriceWords(
    Units units,
    Kinds kinds,
    Joints joints,
    Whens whens,
    List<String> tiers,
    List<String> days,
    String currency) {

  /** Prices with their unit; {@code %s} is the amount with its currency. */
  record Units(String perKwh, String perHour, String perMinute, String perSession, String about) {}

  /** What is paid for. */
  record Kinds(
      String service,
      String parking,
      String occupancy,
      String parts,
      String serviceIn,
      String least,
      String most,
      String free) {}

  /** What stands between parts. */
  record Joints(
      String alternatives,
      String windows,
      String days,
      String taxIncluded,
      String taxAdded,
      String today,
      String now,
      String until) {}

  /** Conditions. */
  record Whens(
      String reservation,
      String expired,
      String grace,
      String cap,
      String freeIn,
      String minimum,
      String and) {}

  static final PriceWords ENGLISH =
      new PriceWords(
          new Units("%s/kWh", "%s/h", "%s/min", "%s per session", "%s (≈ %s)"),
          new Kinds(
              "%s service",
              "%s parking",
              "%s occupancy",
              "%s (energy %s + service %s)",
              " (of it service %s)",
              "at least %s",
              "at most %s",
              "free"),
          new Joints("; ", ", ", " ", ", tax included", ", plus tax", "today ", "now ", "until %s"),
          new Whens(
              "reservation",
              "reservation expired",
              "first %s min free",
              "at most %s",
              "free %s",
              "free below %s",
              " and "),
          List.of("sharp peak", "peak", "flat", "valley", "deep valley"),
          List.of("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
          "");

  static final PriceWords CHINESE =
      new PriceWords(
          new Units("%s/度", "%s/小时", "%s/分钟", "每次 %s", "%s（约 %s）"),
          new Kinds(
              "服务费 %s",
              "占位 %s", "占位费 %s", "%s（电费 %s + 服务费 %s）", "（含服务费 %s）", "最低 %s", "最高 %s", "免费"),
          new Joints("；", "、", "、", "（含税）", "（不含税）", "今日 ", "现价 ", "至 %s"),
          new Whens("预约", "预约过期", "前 %s 分钟免费", "最高 %s", "%s 免费", "不足 %s 不收费", "且 "),
          List.of("尖", "峰", "平", "谷", "深谷"),
          List.of("周一", "周二", "周三", "周四", "周五", "周六", "周日"),
          "元");

  /** Whether we have words of that language. */
  static boolean has(Locale language) {
    return language.getLanguage().equals("zh") || language.getLanguage().equals("en");
  }

  /** Chinese for {@code zh}, English otherwise. */
  static PriceWords of(Locale language) {
    return language.getLanguage().equals("zh") ? CHINESE : ENGLISH;
  }

  /** {@code 元}, or the code itself. */
  String currency(String code) {
    return code.equals("CNY") && !currency.isEmpty() ? currency : code;
  }

  String tier(TouTier tier) {
    return tiers.get(tier.ordinal());
  }

  String tiers(Set<TouTier> some) {
    List<String> names = new ArrayList<>();
    for (TouTier tier : new TreeSet<>(some)) {
      names.add(tier(tier));
    }
    return String.join(joints.windows, names);
  }

  String days(Set<DayOfWeek> some) {
    List<String> names = new ArrayList<>();
    for (DayOfWeek day : new TreeSet<>(some)) {
      names.add(days.get(day.ordinal()));
    }
    return String.join(joints.days, names);
  }
}
