package dev.llmretry.runtime.internal.classification;

import static dev.llmretry.runtime.internal.classification.QuotaWords.Role.ADVICE;
import static dev.llmretry.runtime.internal.classification.QuotaWords.Role.BUDGET;
import static dev.llmretry.runtime.internal.classification.QuotaWords.Role.CONTRACT;
import static dev.llmretry.runtime.internal.classification.QuotaWords.Role.DEBT;
import static dev.llmretry.runtime.internal.classification.QuotaWords.Role.ENDED;
import static dev.llmretry.runtime.internal.classification.QuotaWords.Role.EXCEEDED;
import static dev.llmretry.runtime.internal.classification.QuotaWords.Role.EXHAUSTED;
import static dev.llmretry.runtime.internal.classification.QuotaWords.Role.LIMITED;
import static dev.llmretry.runtime.internal.classification.QuotaWords.Role.MONEY;
import static dev.llmretry.runtime.internal.classification.QuotaWords.Role.NEUTRAL;
import static dev.llmretry.runtime.internal.classification.QuotaWords.Role.PERIOD;
import static dev.llmretry.runtime.internal.classification.QuotaWords.Role.PERMISSION;
import static dev.llmretry.runtime.internal.classification.QuotaWords.Role.QUOTA;
import static dev.llmretry.runtime.internal.classification.QuotaWords.Role.TRANSIENT;

import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Recognises by its words a message that says that money or a quota of a day or longer is used up,
 * since no list of error codes is complete. Each clause is read by itself: one that has a word for
 * money and one for its end, in any order, is evidence. The words are English, and Chinese, which
 * many providers send.
 *
 * <p>Messages about limits per minute also mention money, in advice: "upgrade your plan", "add
 * credits to unlock more requests per day". So a clause is not read beyond a word that begins
 * advice or a condition, a sentence that has a word for a short period is no evidence, and neither
 * are addresses. A clause about permissions says nothing about money: "insufficient permissions for
 * billing".
 *
 * <p>The time is proportional to the length of the text.
 */
final class QuotaWords {

  /** What is used up, and how sure that is. */
  enum Evidence {
    NONE,
    /**
     * Perhaps a limit of a day or longer, unless the provider asks for a short delay; or a plan.
     */
    LASTING_LIMIT,
    /** Likewise, a limit of money. */
    MONEY_LIMIT,
    /** Money is used up. */
    NO_MONEY
  }

  /** What a word says. */
  enum Role {
    MONEY,
    /** Money with a limit, or a number of requests or retries. */
    BUDGET,
    /**
     * Counts as money with {@code insufficient} and {@code out}; limits per minute are also quotas.
     */
    QUOTA,
    /** A day or longer. */
    PERIOD,
    /** What the user has concluded with the provider. */
    CONTRACT,
    EXHAUSTED,
    EXCEEDED,
    /** Counts for a period only: too many requests may be those of a billing service. */
    LIMITED,
    ENDED,
    /** Is evidence by itself. */
    DEBT,
    /** A short period, requests in flight, load, or what was not charged for a refused request. */
    TRANSIENT,
    PERMISSION,
    /** Begins advice, or a condition. */
    ADVICE,
    /** Contains another word, and has no role itself. */
    NEUTRAL
  }

  private static final BigDecimal HOURS_PER_DAY = BigDecimal.valueOf(24);

  private static final Map<String, Role> ROLES = new HashMap<>();

  static {
    put(MONEY, "balance", "balances", "credit", "credits", "funds", "wallet");
    put(MONEY, "spend", "spending", "prepaid", "prepayment", "billing", "payment", "payments");
    put(MONEY, "cost", "costs", "invoice", "invoices");
    put(MONEY, "余额", "餘額", "残高", "额度", "額度", "费用", "账单", "积分");
    put(BUDGET, "budget", "budgets");
    put(QUOTA, "quota", "quotas");
    put(PERIOD, "day", "days", "daily", "today", "rpd", "tpd", "24h", "86400", "86400s", "1d");
    put(PERIOD, "week", "weekly", "month", "months", "monthly", "year", "yearly", "annual");
    put(PERIOD, "lifetime", "tomorrow", "midnight");
    put(PERIOD, "今日", "今天", "当日", "单日", "每日", "每天", "本周", "每周", "本月", "当月", "每月");
    put(CONTRACT, "plan", "subscription", "package", "trial", "套餐", "订阅");
    put(EXHAUSTED, "insufficient", "exhausted", "depleted", "enough", "sufficient", "out");
    put(EXHAUSTED, "outstanding", "不足", "用完", "用尽", "用盡", "用光", "耗尽", "耗盡");
    put(EXCEEDED, "exceeded", "exceeds", "exceed", "reached", "hit", "over", "crossed", "used");
    put(EXCEEDED, "reaching", "consumed", "low", "no", "any", "zero", "negative", "maximum");
    put(EXCEEDED, "required", "requires", "disabled", "inactive", "suspended", "declined");
    put(EXCEEDED, "超过", "超出", "超限", "达到", "已达", "上限", "限额", "为负");
    put(LIMITED, "limited", "many", "reset", "resets", "renews");
    put(ENDED, "expired", "ended", "include", "includes", "included", "到期", "过期", "未开", "包含");
    put(DEBT, "overdue", "arrears", "arrearage", "unpaid", "delinquent", "欠费", "欠費", "逾期");
    put(TRANSIENT, "second", "sec", "minute", "min", "hour", "hourly", "rpm", "tpm", "rps", "qps");
    put(TRANSIENT, "concurrent", "concurrency", "parallel", "flight", "inflight", "burst", "load");
    put(TRANSIENT, "capacity", "demand", "traffic", "charged", "deducted", "refunded");
    put(TRANSIENT, "每秒", "分钟", "小时", "并发", "速率", "频率", "频繁", "负载");
    put(PERMISSION, "permission", "permissions", "privilege", "privileges", "role", "roles");
    put(PERMISSION, "scope", "scopes", "rights", "admin", "admins", "administrator", "权限");
    put(ADVICE, "please", "add", "adding", "upgrade", "upgrading", "increase", "raise", "buy");
    put(ADVICE, "purchase", "consider", "visit", "check", "see", "contact", "need", "want");
    put(ADVICE, "unlock", "if", "unless", "while", "until", "when", "may", "might", "could");
    put(ADVICE, "请", "請", "如", "若", "可能", "建议");
    put(NEUTRAL, "请求", "請求", "例如");
  }

  private final String text;
  private int at;

  /** The roles in the current clause. */
  private final Set<Role> clause = EnumSet.noneOf(Role.class);

  private boolean insufficient;
  private boolean isOut;
  private String previous = "";

  /** Whether the current sentence is about a short period. */
  private boolean passing;

  private Evidence inSentence = Evidence.NONE;
  private Evidence evidence = Evidence.NONE;

  private QuotaWords(String text) {
    this.text = text;
  }

  private static void put(Role role, String... words) {
    for (String word : words) {
      ROLES.put(word, role);
    }
  }

  /**
   * Returns how sure it is that the text is about money, or a quota of a day or longer.
   *
   * @param text in lower case
   */
  static Evidence find(String text) {
    return new QuotaWords(text).read();
  }

  /**
   * Returns the words of a name such as {@code insufficient_balance} or {@code AccountOverdueError}
   * in lower case; of null, none.
   */
  static String wordsOf(@Nullable String name) {
    if (name == null) {
      return "";
    }
    StringBuilder words = new StringBuilder(name.length() + 4);
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (Character.isUpperCase(c) && i > 0 && Character.isLowerCase(name.charAt(i - 1))) {
        words.append(' ');
      }
      words.append(Character.isLetterOrDigit(c) ? c : ' ');
    }
    return Ascii.lowerCase(words.toString());
  }

  private Evidence read() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (isWord(c)) {
        word();
      } else if (isIdeograph(c)) {
        ideographs();
      } else {
        separator(c);
        at++;
      }
    }
    endSentence();
    return evidence;
  }

  private void word() {
    int start = at;
    while (at < text.length() && isWord(text.charAt(at))) {
      at++;
    }
    String word = text.substring(start, at);
    Role role = role(word);
    if (role == null) {
      skipAddress();
    } else {
      add(role);
      insufficient |= word.equals("insufficient");
      isOut |= word.equals("out");
    }
    previous = word;
  }

  /** Returns the role of a word behind the previous one, or null. */
  private @Nullable Role role(String word) {
    Role role = ROLES.get(word);
    return switch (word) {
      case "low" -> previous.equals("too") || previous.equals("is") ? role : null;
      case "out" -> previous.equals("run") || previous.equals("ran") || !has(MONEY) ? role : null;
      case "over" -> has(MONEY) || has(BUDGET) ? null : role; // over budget
      case "due" -> previous.equals("past") ? DEBT : null;
      case "hours", "hour", "hrs", "hr" -> isDayOrLonger(previous) ? PERIOD : role;
      default -> role == EXCEEDED && previous.equals("not") ? null : role;
    };
  }

  private static boolean isDayOrLonger(String hours) {
    BigDecimal number = DelayParsing.number(hours);
    return number != null && number.compareTo(HOURS_PER_DAY) >= 0;
  }

  /** Reads a word of two ideographs, or of one. */
  private void ideographs() {
    for (int length = Math.min(2, text.length() - at); length > 0; length--) {
      Role role = ROLES.get(text.substring(at, at + length));
      if (role != null || length == 1) {
        at += length;
        if (role != null) {
          add(role);
        }
        return;
      }
    }
  }

  private void add(Role role) {
    if (!has(ADVICE)) {
      clause.add(role);
    }
  }

  private void skipAddress() {
    if (isAddress()) {
      while (at < text.length() && text.charAt(at) > ' ' && text.charAt(at) != '"') {
        at++;
      }
    }
  }

  /** Returns whether what was read is the beginning of an address, a file or a number. */
  private boolean isAddress() {
    return text.startsWith("://", at)
        || (text.startsWith(".", at) && at + 1 < text.length() && isWord(text.charAt(at + 1)));
  }

  private void separator(char c) {
    switch (c) {
      case '.', '!', '?', '\n', '{', '}', '。', '！', '？' -> endSentence();
      case ',', ';', '(', ')', '，', '；', '（', '）' -> endClause();
      case '-' -> {
        if (at > 0 && text.charAt(at - 1) == ' ') { // a dash
          endClause();
        }
      }
      default -> {
        // within a clause
      }
    }
  }

  private void endClause() {
    inSentence = stronger(inSentence, inClause());
    passing |= has(TRANSIENT);
    clause.clear();
    insufficient = false;
    isOut = false;
    previous = "";
  }

  private Evidence inClause() {
    if (!has(PERMISSION)) {
      if (has(DEBT) || (has(MONEY) && has(EXHAUSTED)) || (has(QUOTA) && insufficient)) {
        return Evidence.NO_MONEY;
      }
      if ((has(MONEY) && has(EXCEEDED))
          || (has(BUDGET) && (has(EXCEEDED) || has(EXHAUSTED)))
          || (has(QUOTA) && isOut)) {
        return Evidence.MONEY_LIMIT;
      }
    }
    boolean isLasting =
        (has(PERIOD) && (has(EXCEEDED) || has(EXHAUSTED) || has(LIMITED)))
            || (has(CONTRACT) && has(ENDED));
    return isLasting ? Evidence.LASTING_LIMIT : Evidence.NONE;
  }

  private void endSentence() {
    endClause();
    if (!passing) {
      evidence = stronger(evidence, inSentence);
    }
    passing = false;
    inSentence = Evidence.NONE;
  }

  static Evidence stronger(Evidence one, Evidence other) {
    return one.compareTo(other) >= 0 ? one : other;
  }

  private boolean has(Role role) {
    return clause.contains(role);
  }

  private static boolean isWord(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
  }

  private static boolean isIdeograph(char c) {
    return c >= '\u4E00' && c <= '\u9FFF';
  }
}
