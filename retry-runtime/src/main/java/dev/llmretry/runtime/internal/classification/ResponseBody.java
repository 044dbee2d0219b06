package dev.llmretry.runtime.internal.classification;

import dev.llmretry.runtime.internal.classification.ErrorCodeRule.Precedence;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the body of an error response says, in any provider's layout, in JSON or XML: error codes,
 * the status, the text, and members that may be a delay. It is read from a message, which may be a
 * body, or have one within.
 *
 * <p>Proxies quote the response of a provider in a string of their own. So the strings in the body
 * are read in the same way, some levels deep.
 */
final class ResponseBody {

  /** A member of the body, with its {@linkplain #plain plain} name. */
  record Member(String name, String value) {}

  static final ResponseBody EMPTY = new ResponseBody();

  /** How much is read from the beginning of a longer message; of the rest, only the end is read. */
  private static final int MAX_HEAD = 12_288;

  private static final int MAX_TAIL = 4_096;

  /** The text of a body that repeats itself, quoted, is no longer than this. */
  private static final int MAX_TEXT = 4 * (MAX_HEAD + MAX_TAIL);

  /** Its name without the prefix of a namespace, and its text; both without backtracking. */
  private static final Pattern XML_ELEMENT =
      Pattern.compile("<(?:[\\w-]++:)?+([\\w-]++)(?:\\s[^<>]*+)?+>([^<>]*+)</[^<>]*+>?+");

  private static final Pattern CDATA = Pattern.compile("<!\\[CDATA\\[(.*?)]]>", Pattern.DOTALL);
  private static final List<String> OF_WEB_PAGES =
      List.of("<html", "<!doctype html", "<body", "<h1");

  private static final int MAX_QUOTED = 3;
  private static final int MAX_DEPTH = 32;
  private static final int MAX_MEMBERS = 32;
  private static final int MAX_NAME = 40;

  /** The members that hold an error code, in the order in which they count. */
  private static final List<String> CODES =
      List.of("errorcode", "code", "errcode", "type", "errortype", "status", "reason", "error");

  private static final Set<String> STATUSES =
      Set.of("code", "errorcode", "status", "statuscode", "httpstatus", "httpcode");

  /**
   * The objects and arrays in which these members are the provider's. Others, such as the {@code
   * input} of a validation error, repeat the request.
   */
  private static final Set<String> CONTAINERS =
      Set.of(
          "baseresp",
          "body",
          "cause",
          "data",
          "detail",
          "details",
          "error",
          "errors",
          "fault",
          "headers",
          "innererror",
          "message",
          "metadata",
          "raw",
          "response",
          "violations");

  private final Map<Precedence, Code> codes = new EnumMap<>(Precedence.class);
  private final Map<Precedence, Code> quotedCodes = new EnumMap<>(Precedence.class);
  private final List<Member> members = new ArrayList<>();
  private final StringBuilder lines = new StringBuilder();
  private final StringBuilder unknownCodes = new StringBuilder();
  private String text = "";
  private @Nullable Code status;

  /**
   * @param quoted how many strings it is nested in
   * @param depth how many objects and arrays it is nested in, within the innermost of these strings
   * @param rank the place of the member's name in {@link #CODES}
   */
  private record Code(@Nullable ErrorCodeRule rule, int status, int quoted, int depth, int rank) {

    boolean precedes(@Nullable Code other) {
      if (other == null || quoted != other.quoted) {
        return other == null || quoted < other.quoted;
      }
      return rank != other.rank ? rank < other.rank : depth < other.depth;
    }
  }

  private ResponseBody() {}

  /** Reads a message; null and the empty string have nothing. */
  static ResponseBody of(@Nullable String message) {
    if (message == null || message.isEmpty()) {
      return EMPTY;
    }
    boolean isLong = message.length() > MAX_HEAD + MAX_TAIL;
    String head = isLong ? message.substring(0, MAX_HEAD) : message;
    ResponseBody body = new ResponseBody();
    String shown = head;
    if (JsonScanner.find(head, 0) >= 0) {
      body.read(head, 0, true);
      shown = body.lines.toString();
    } else if (isXml(head)) {
      body.readXml(head);
      shown = body.lines.toString();
    }
    String tail = isLong ? '\n' + message.substring(message.length() - MAX_TAIL) : "";
    body.text = Ascii.lowerCase(shown + tail);
    return body;
  }

  /**
   * Returns the text in lower case: of JSON and XML, the name and the value of each member in a
   * line of its own.
   */
  String text() {
    return text;
  }

  /** Returns the words of the unknown error codes, outside of strings, each in its own line. */
  String unknownCodes() {
    return unknownCodes.toString();
  }

  /** Returns the rule of the first error code with that precedence, or null. */
  @Nullable ErrorCodeRule code(Precedence precedence) {
    return rule(codes.get(precedence));
  }

  /** Likewise, of the codes in strings, which may repeat the request. */
  @Nullable ErrorCodeRule quotedCode(Precedence precedence) {
    return rule(quotedCodes.get(precedence));
  }

  private static @Nullable ErrorCodeRule rule(@Nullable Code code) {
    return code == null ? null : code.rule();
  }

  /** Returns the outermost status from 400 to 599, or 0. */
  int status() {
    return status == null ? 0 : status.status();
  }

  /** Returns the other members, such as {@code retryafter}. */
  List<Member> members() {
    return members;
  }

  /**
   * Returns the name of a member in lower case and without underscores, hyphens and points: {@code
   * errorcode} for {@code error_code} and {@code errorCode}.
   */
  static String plain(String name) {
    StringBuilder plain = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c != '_' && c != '-' && c != '.') {
        plain.append(c);
      }
    }
    return Ascii.lowerCase(plain.toString());
  }

  /** Reads text with any number of JSON objects and arrays in it. */
  private void read(String source, int quoted, boolean isProviders) {
    int done = 0;
    for (int start = JsonScanner.find(source, 0); start >= 0; ) {
      append(source.substring(done, start));
      if (JsonScanner.isEscaped(source, start)) {
        readQuoted(JsonScanner.unescape(source.substring(start)), quoted, isProviders);
        return;
      }
      int end = JsonScanner.scan(source, start, new Reader(quoted, isProviders));
      if (end < 0) { // it was cut off, or is not JSON
        append(source.substring(start));
        return;
      }
      done = end;
      start = JsonScanner.find(source, end);
    }
    append(source.substring(done));
  }

  /** Returns whether there is XML in the text, other than a web page, which is not for programs. */
  private static boolean isXml(String source) {
    String lowerCase = Ascii.lowerCase(source);
    return source.contains("</") && OF_WEB_PAGES.stream().noneMatch(lowerCase::contains);
  }

  /** Reads XML: the elements without children are members. Within other text it is a quotation. */
  private void readXml(String xml) {
    String source = withoutCdata(xml);
    Reader reader = new Reader(source.stripLeading().startsWith("<") ? 0 : 1, true);
    Matcher element = XML_ELEMENT.matcher(source);
    int done = 0;
    while (element.find()) {
      append(source.substring(done, element.start()));
      reader.value(element.group(1), element.group(2));
      done = element.end();
    }
    append(source.substring(done));
  }

  /** Replaces each section of character data with its text, in which tags do not count. */
  private static String withoutCdata(String xml) {
    return CDATA
        .matcher(xml)
        .replaceAll(
            section ->
                Matcher.quoteReplacement(section.group(1).replace('<', ' ').replace('>', ' ')));
  }

  private void readQuoted(String source, int quoted, boolean isProviders) {
    if (quoted < MAX_QUOTED && JsonScanner.find(source, 0) >= 0) {
      read(source, quoted + 1, isProviders);
    } else {
      append(source);
    }
  }

  private void append(String part) {
    lines.append(part, 0, Math.min(part.length(), Math.max(0, MAX_TEXT - lines.length())));
    lines.append('\n');
  }

  private void appendName(String name) {
    if (lines.length() < MAX_TEXT) {
      lines.append(name).append(": ");
    }
  }

  /** Reads one JSON object or array. */
  private final class Reader implements JsonScanner.Handler {

    private final int quoted;
    private final boolean isProviders;
    private final @Nullable String[] names = new String[MAX_DEPTH];
    private int depth;

    /** The number of outer objects and arrays that are in {@link #CONTAINERS}. */
    private int providers;

    Reader(int quoted, boolean isProviders) {
      this.quoted = quoted;
      this.isProviders = isProviders;
    }

    @Override
    public void begin(@Nullable String name) {
      String plain = name == null ? null : plainOrNull(name);
      boolean known = name == null || (plain != null && CONTAINERS.contains(plain));
      if (isProviders && known && providers == depth) {
        providers++;
      }
      if (depth < MAX_DEPTH) {
        names[depth] = plain;
      }
      depth++;
    }

    @Override
    public void end() {
      depth--;
      providers = Math.min(providers, depth);
    }

    @Override
    public void value(@Nullable String name, String value) {
      String shown = name == null ? enclosing() : plainOrNull(name);
      boolean isKnown = isProviders && providers == depth;
      if (shown != null && isKnown) {
        readMember(shown, value);
      }
      if (shown != null) {
        appendName(shown);
      }
      readQuoted(value, quoted, isKnown && shown != null && CONTAINERS.contains(shown));
    }

    /** Returns the name of the array. */
    private @Nullable String enclosing() {
      return depth > 0 && depth <= MAX_DEPTH ? names[depth - 1] : null;
    }

    private void readMember(String name, String value) {
      int rank = CODES.indexOf(name);
      ErrorCodeRule rule = rank < 0 ? null : ErrorCodeTable.find(value);
      if (rule != null) {
        Code code = new Code(rule, 0, quoted, depth, rank);
        (quoted == 0 ? codes : quotedCodes)
            .merge(rule.precedence(), code, (old, found) -> found.precedes(old) ? found : old);
      }
      boolean isKnown = rule != null && !rule.equals(ErrorCodeTable.RATE_LIMIT);
      if (rank >= 0 && !isKnown && value.length() <= MAX_NAME) {
        String words = QuotaWords.wordsOf(value);
        append(words);
        if (quoted == 0 && unknownCodes.length() < MAX_TEXT) {
          unknownCodes.append(words).append('\n');
        }
      }
      if (rule != null) {
        return;
      }
      if (STATUSES.contains(name) && StatusRules.statusIn(value) != 0) {
        Code code = new Code(null, StatusRules.statusIn(value), quoted, depth, rank);
        status = code.precedes(status) ? code : status;
      } else if (members.size() < MAX_MEMBERS) {
        members.add(new Member(name, value));
      }
    }

    private static @Nullable String plainOrNull(String name) {
      return name.length() > MAX_NAME ? null : plain(name);
    }
  }
}
