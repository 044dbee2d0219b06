package dev.llmretry.runtime.internal.classification;

import static dev.llmretry.runtime.internal.classification.QuotaWords.Role.ADVICE;
import static dev.llmretry.runtime.internal.classification.QuotaWords.Role.BUDGET;
import static dev.llmretry.runtime.internal.classification.QuotaWords.Role.CONTRACT;
import static dev.llmretry.runtime.internal.classification.QuotaWords.Role.DEBT;
import static dev.llmretry.runtime.internal.classification.QuotaWords.Role.ENDED;
import static dev.llmretry.runtime.internal.classification.QuotaWords.Role.EXCEEDED;
import static dev.llmretry.runtime.internal.classification.QuotaWords.Role.EXHAUSTED;
import static dev.llmretry.runtime.internal.classification.QuotaWords.Role.LIMIT;
import static dev.llmretry.runtime.internal.classification.QuotaWords.Role.LIMITED;
import static dev.llmretry.runtime.internal.classification.QuotaWords.Role.MONEY;
import static dev.llmretry.runtime.internal.classification.QuotaWords.Role.NEUTRAL;
import static dev.llmretry.runtime.internal.classification.QuotaWords.Role.PERIOD;
import static dev.llmretry.runtime.internal.classification.QuotaWords.Role.PERMISSION;
import static dev.llmretry.runtime.internal.classification.QuotaWords.Role.QUOTA;
import static dev.llmretry.runtime.internal.classification.QuotaWords.Role.TODAY;
import static dev.llmretry.runtime.internal.classification.QuotaWords.Role.TRANSIENT;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
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
 * are addresses, tags and names: "for model acme/credit-scoring". A clause about permissions says
 * nothing about money: "insufficient permissions for billing".
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
    /** A period only in a clause about a limit: there may be many requests today. */
    TODAY,
    LIMIT,
    /** What the user has concluded with the provider. */
    CONTRACT,
    EXHAUSTED,
    EXCEEDED,
    /**
     * Is evidence beside a period, but not beside money: "billing: too many requests" is no limit
     * of money.
     */
    LIMITED,
    ENDED,
    /** Is evidence by itself. */
    DEBT,
    /** A short period, requests in flight, load, or what was not charged for a refused request. */
    TRANSIENT,
    PERMISSION,
    /** Begins advice, or a condition. */
    ADVICE,
    /** Says nothing. It is listed since its first ideograph alone is another word. */
    NEUTRAL
  }

  private static final BigDecimal HOURS_PER_DAY = BigDecimal.valueOf(24);
  private static final Duration DAY = Duration.ofDays(1);

  private static final Map<String, Role> ROLES = new HashMap<>();

  static {
    put(MONEY, "balance", "balances", "credit", "credits", "funds", "wallet");
    put(MONEY, "spend", "spending", "prepaid", "prepayment", "billing", "payment", "payments");
    put(MONEY, "cost", "costs", "invoice", "invoices");
    put(MONEY, "余额", "餘額", "残高", "额度", "額度", "费用", "账单", "积分");
    put(BUDGET, "budget", "budgets");
    put(QUOTA, "quota", "quotas");
    put(PERIOD, "day", "days", "daily", "rpd", "tpd", "24h", "86400", "86400s", "1d");
    put(PERIOD, "week", "weekly", "month", "months", "monthly", "year", "yearly", "annual");
    put(PERIOD, "lifetime", "tomorrow", "midnight");
    put(TODAY, "today");
    put(LIMIT, "limit", "limits", "cap", "allowance");
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
    put(TRANSIENT, "simultaneous", "simultaneously");
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

  /** Units behind a slash: {@code calls/day}. */
  private static final Set<String> UNITS =
      Set.of("day", "week", "month", "year", "sec", "second", "min", "minute", "hour");

  /** Before a number and a unit: every 10 seconds. */
  private static final Set<String> EACH = Set.of("every", "per", "each", "last", "past");

  private static final Set<String> NEGATIONS =
      Set.of("not", "t", "no", "cannot", "never", "without", "lack", "lacks", "lacking");

  /** In names of limits and in codes. */
  private static final Set<String> BOUNDS =
      Set.of("limit", "limits", "limited", "cap", "quota", "quotas", "non");

  /** What a user may name, and words before it: for model x. */
  private static final Set<String> NAMED =
      Set.of(
          "app",
          "deployment",
          "group",
          "key",
          "model",
          "org",
          "organization",
          "pool",
          "project",
          "queue",
          "service",
          "team",
          "tenant",
          "user",
          "workspace");

  private static final Set<String> PREPOSITIONS = Set.of("for", "by", "in", "from");

  /** The roles that a word does not have if it is a name. */
  private static final Set<Role> NAMES = EnumSet.of(MONEY, BUDGET, QUOTA, PERIOD, CONTRACT);

  /** What is denied behind "no": no credits were used. */
  private static final Set<String> EXPENSES =
      Set.of("used", "consumed", "required", "needed", "spent");

  private static final String JOINTS = "/@_-";
  private static final String QUOTES = "'\"`";
  private static final Pattern JOINT = Pattern.compile("[/@_-]");
  private static final int MAX_NAME = 100;

  private final String text;

  /** Where the last tag ends, or -1. */
  private final int endOfTags;

  private int at;

  /** The roles in the current clause. */
  private final Set<Role> clause = EnumSet.noneOf(Role.class);

  private boolean insufficient;
  private boolean isOut;
  private boolean negated;
  private boolean none;

  /** Whether the clause says that there was no cost: "no credits were used". */
  private boolean denied;

  private String previous = "";
  private String beforePrevious = "";

  /** Where the joined words end that are being read, and whether they count. */
  private int endOfName;

  private boolean nameCounts = true;

  /** Whether the current sentence is about a short period. */
  private boolean passing;

  private Evidence inSentence = Evidence.NONE;
  private Evidence evidence = Evidence.NONE;

  private QuotaWords(String text) {
    this.text = text;
    this.endOfTags = text.lastIndexOf('>');
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
   * in lower case; none of null, and of a sentence, which is no name.
   */
  static String wordsOf(@Nullable String name) {
    if (name == null || name.strip().indexOf(' ') >= 0) {
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
      } else if (!(c == '<' && skipTag()) && !(isQuote(at) && skipQuotedName())) {
        separator(c);
        at++;
      }
    }
    endSentence();
    return evidence;
  }

  private void word() {
    if (at >= endOfName) {
      endOfName = endOfName(at);
      if (endOfName > endOfWord(at) && isAddress(endOfName)) { // today@example.com
        at = endOfName;
        skipAddress();
        return;
      }
      nameCounts = nameCounts(at);
    }
    int start = at;
    at = endOfWord(at);
    String word = text.substring(start, at);
    Role role = roleInContext(word);
    if (role == null) {
      skipAddress();
    } else if (nameCounts || role == TRANSIENT || role == PERMISSION) {
      add(role);
      insufficient |= word.equals("insufficient");
      isOut |= word.equals("out");
    }
    denied |= none && EXPENSES.contains(word);
    none |= word.equals("no") || word.equals("any");
    negated |= NEGATIONS.contains(word);
    beforePrevious = previous;
    previous = word;
  }

  private int endOfWord(int start) {
    int end = start;
    while (end < text.length() && isWord(text.charAt(end))) {
      end++;
    }
    return end;
  }

  /** Returns the end of the words that are joined without a space. */
  private int endOfName(int start) {
    int end = endOfWord(start);
    while (isJoint(end) && end + 1 < text.length() && isWord(text.charAt(end + 1))) {
      end = endOfWord(end + 1);
    }
    return end;
  }

  private boolean isJoint(int place) {
    return place < text.length() && JOINTS.indexOf(text.charAt(place)) >= 0;
  }

  private boolean isQuote(int place) {
    return place >= 0 && place < text.length() && QUOTES.indexOf(text.charAt(place)) >= 0;
  }

  /**
   * Returns whether the words of a name count. They do if it is one word, a period ({@code
   * calls/day}), a limit ({@code daily-limit}) or a code ({@code insufficient_quota}), and do not
   * if it is the name of something else: {@code acme/credit-scoring}.
   */
  private boolean nameCounts(int start) {
    String name = text.substring(start, endOfName);
    boolean isQuoted = isQuote(start - 1) && isQuote(endOfName);
    boolean isInPath =
        start > 0 && (text.charAt(start - 1) == '/' || text.charAt(start - 1) == '@');
    List<String> words = List.of(JOINT.split(name));
    if (words.size() == 1 && !isQuoted && !isInPath) {
      return !(isBehindNoun() && NAMES.contains(ROLES.get(name)));
    }
    if (isInPath || name.indexOf('/') >= 0 || name.indexOf('@') >= 0) {
      return isRate(words, isInPath) || (!isInPath && words.stream().allMatch(ROLES::containsKey));
    }
    if (words.contains("per") || find(String.join(" ", words)) != Evidence.NONE) {
      return true;
    }
    return !isQuoted && (words.stream().anyMatch(BOUNDS::contains) || haveRoles(words));
  }

  /** Returns whether the words are such as {@code calls/day}. */
  private static boolean isRate(List<String> words, boolean isInPath) {
    return words.size() == (isInPath ? 1 : 2) && UNITS.contains(words.get(words.size() - 1));
  }

  /** Returns whether all words have roles, but for a number: {@code 30-day}, {@code past-due}. */
  private static boolean haveRoles(List<String> words) {
    boolean hasNumber = DelayParsing.number(words.get(0)) != null;
    return words.stream().skip(hasNumber ? 1 : 0).allMatch(ROLES::containsKey);
  }

  /** Returns whether the next word names something: for team x. */
  private boolean isBehindNoun() {
    return NAMED.contains(previous) && PREPOSITIONS.contains(beforePrevious);
  }

  /** Skips a name of several words in quotes, and returns whether there is one. */
  private boolean skipQuotedName() {
    if (isBehindNoun() && text.startsWith(" ", at - 1)) {
      int last = Math.min(text.length(), at + MAX_NAME);
      for (int end = at + 1; end < last; end++) {
        if (text.charAt(end) == text.charAt(at)) {
          at = end + 1;
          return true;
        }
      }
    }
    return false;
  }

  /** Skips a tag of a web page, which ends the sentence, and returns whether there is one. */
  private boolean skipTag() {
    boolean isTag =
        at < endOfTags
            && (Character.isLetter(text.charAt(at + 1)) || "/!".indexOf(text.charAt(at + 1)) >= 0);
    if (isTag) {
      endSentence();
      at = text.indexOf('>', at) + 1;
    }
    return isTag;
  }

  /**
   * Returns the role of a word, or null. It depends on the words before it in the clause, of which
   * {@link #previous} is the last, and on the text behind it, from {@link #at} on.
   */
  private @Nullable Role roleInContext(String word) {
    Role role = ROLES.get(word);
    if (isShortPeriod(word)) {
      return TRANSIENT;
    }
    return switch (word) {
      case "low" -> previous.equals("too") || previous.equals("is") ? role : null;
      case "out" -> isOutOfMoney() ? role : null;
      case "over" -> has(MONEY) || has(BUDGET) ? null : role; // over budget
      case "due" -> previous.equals("past") ? DEBT : null;
      case "hours", "hour", "hrs", "hr" -> isDayOrLonger(previous) ? PERIOD : role;
      case "enough", "sufficient", "include", "includes", "included" -> negated ? role : null;
      case "used", "consumed", "required" ->
          previous.equals("not") || isBeforeNumber() ? null : role;
      case "cost", "costs" -> text.startsWith("limit", at + 1) ? role : null;
      case "time" -> previous.equals("a") && beforePrevious.equals("at") ? TRANSIENT : null;
      case "once" -> previous.equals("at") ? TRANSIENT : null;
      default -> role == EXCEEDED && previous.equals("not") ? null : role;
    };
  }

  private boolean isOutOfMoney() {
    boolean isOther = previous.startsWith("time") || text.startsWith(" of memory", at); // timed out
    return !isOther && (previous.equals("run") || previous.equals("ran") || !has(MONEY));
  }

  /** Returns whether what was read is a number's name: {@code credits used: 12}. */
  private boolean isBeforeNumber() {
    int next = at;
    while (next < text.length() && next < at + 3 && " :=".indexOf(text.charAt(next)) >= 0) {
      next++;
    }
    boolean isNamed = text.startsWith(":", at) || text.startsWith("=", at);
    return isNamed && next < text.length() && Character.isDigit(text.charAt(next));
  }

  /**
   * Returns whether the word ends such as "every 10 seconds" and "per 10s", with less than a day.
   */
  private boolean isShortPeriod(String word) {
    Duration period = null;
    if (EACH.contains(beforePrevious)) {
      period = DelayTextParser.parse(previous + ' ' + word);
    } else if (EACH.contains(previous)) {
      period = DelayTextParser.parse(word);
    }
    return period != null && period.compareTo(DAY) < 0;
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
    if (isAddress(at)) {
      while (at < text.length() && text.charAt(at) > ' ' && text.charAt(at) != '"') {
        at++;
      }
    }
  }

  /** Returns whether what ends there is the beginning of an address, a file or a number. */
  private boolean isAddress(int end) {
    return text.startsWith("://", end)
        || (text.startsWith(".", end) && end + 1 < text.length() && isWord(text.charAt(end + 1)));
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
    negated = false;
    none = false;
    denied = false;
    previous = "";
    beforePrevious = "";
  }

  private Evidence inClause() {
    if (denied) {
      return Evidence.NONE;
    }
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
        (hasPeriod() && (has(EXCEEDED) || has(EXHAUSTED) || has(LIMITED)))
            || (has(CONTRACT) && has(ENDED));
    return isLasting ? Evidence.LASTING_LIMIT : Evidence.NONE;
  }

  private boolean hasPeriod() {
    return has(PERIOD) || (has(TODAY) && (has(LIMIT) || has(QUOTA)));
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
