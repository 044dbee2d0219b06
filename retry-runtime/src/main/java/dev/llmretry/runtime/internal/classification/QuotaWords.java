package dev.llmretry.runtime.internal.classification;

import static dev.llmretry.runtime.internal.classification.QuotaWords.Role.ADVICE;
import static dev.llmretry.runtime.internal.classification.QuotaWords.Role.CONTRACT;
import static dev.llmretry.runtime.internal.classification.QuotaWords.Role.DEBT;
import static dev.llmretry.runtime.internal.classification.QuotaWords.Role.ENDED;
import static dev.llmretry.runtime.internal.classification.QuotaWords.Role.EXCEEDED;
import static dev.llmretry.runtime.internal.classification.QuotaWords.Role.EXHAUSTED;
import static dev.llmretry.runtime.internal.classification.QuotaWords.Role.MONEY;
import static dev.llmretry.runtime.internal.classification.QuotaWords.Role.PERIOD;
import static dev.llmretry.runtime.internal.classification.QuotaWords.Role.QUOTA;
import static dev.llmretry.runtime.internal.classification.QuotaWords.Role.TRANSIENT;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Recognises by its words a message that says that money or a quota of a day or longer is used up,
 * since no list of error codes is complete. Each clause is read by itself: one that has a word for
 * money and one for its end, in any order, is evidence.
 *
 * <p>Messages about limits per minute also mention money, in advice: "upgrade your plan", "add
 * credits to unlock more requests per day". So a clause is not read beyond a word that begins
 * advice or a condition, a sentence that has a word for a short period is no evidence, and neither
 * are addresses.
 *
 * <p>The time is proportional to the length of the text.
 */
final class QuotaWords {

  /** How sure it is. */
  enum Evidence {
    NONE,
    /** A limit may have been exceeded that passes soon, if the provider asks for a short delay. */
    WEAK,
    /** Money is used up. */
    STRONG
  }

  /** What a word says. */
  enum Role {
    MONEY,
    /** Counts as money with {@code insufficient} only; limits per minute are also quotas. */
    QUOTA,
    /** A day or longer. */
    PERIOD,
    /** What the user has concluded with the provider. */
    CONTRACT,
    EXHAUSTED,
    EXCEEDED,
    ENDED,
    /** Is evidence by itself. */
    DEBT,
    /** A short period, requests in flight, or what was not charged for a refused request. */
    TRANSIENT,
    /** Begins advice, or a condition. */
    ADVICE
  }

  private static final Map<String, Role> ROLES = new HashMap<>();

  static {
    put(MONEY, "balance", "balances", "credit", "credits", "budget", "budgets", "funds");
    put(MONEY, "spend", "spending", "prepaid", "prepayment", "billing", "payment", "payments");
    put(QUOTA, "quota", "quotas");
    put(PERIOD, "day", "days", "daily", "today", "rpd", "tpd", "24h", "86400", "86400s");
    put(PERIOD, "week", "weekly", "month", "months", "monthly");
    put(CONTRACT, "plan", "subscription", "package", "trial");
    put(EXHAUSTED, "insufficient", "exhausted", "depleted", "enough", "sufficient", "out");
    put(
        EXCEEDED,
        "exceeded",
        "exceeds",
        "exceed",
        "reached",
        "hit",
        "over",
        "crossed",
        "used",
        "reaching");
    put(EXCEEDED, "consumed", "low", "limited", "many", "no", "any", "zero", "negative", "maximum");
    put(EXCEEDED, "required", "requires");
    put(ENDED, "expired", "ended", "include", "includes", "included");
    put(DEBT, "overdue", "arrears", "arrearage", "unpaid");
    put(TRANSIENT, "second", "sec", "minute", "min", "hour", "hourly", "rpm", "tpm", "rps", "qps");
    put(TRANSIENT, "concurrent", "concurrency", "parallel", "flight", "inflight", "burst", "load");
    put(TRANSIENT, "charged", "deducted", "refunded");
    put(ADVICE, "please", "add", "adding", "upgrade", "upgrading", "increase", "raise", "buy");
    put(ADVICE, "purchase", "consider", "visit", "check", "see", "contact", "need", "want");
    put(ADVICE, "unlock", "if", "unless", "while", "until", "when", "may", "might", "could");
  }

  private final String text;
  private int at;

  /** The roles in the current clause. */
  private final Set<Role> clause = EnumSet.noneOf(Role.class);

  private boolean insufficient;

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
    Role role = ROLES.get(word);
    if (role == null) {
      skipAddress();
    } else if (!has(ADVICE)) {
      clause.add(role);
      insufficient |= word.equals("insufficient");
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
      case '.', '!', '?', '\n' -> endSentence();
      case ',', ';', '(', ')' -> endClause();
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
    Evidence found = Evidence.NONE;
    if (has(DEBT) || (has(MONEY) && has(EXHAUSTED)) || (has(QUOTA) && insufficient)) {
      found = Evidence.STRONG;
    } else if ((has(MONEY) && has(EXCEEDED))
        || (has(PERIOD) && (has(EXCEEDED) || has(EXHAUSTED)))
        || (has(CONTRACT) && has(ENDED))) {
      found = Evidence.WEAK;
    }
    inSentence = stronger(inSentence, found);
    passing |= has(TRANSIENT);
    clause.clear();
    insufficient = false;
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
}
