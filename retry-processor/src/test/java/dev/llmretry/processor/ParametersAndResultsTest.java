package dev.llmretry.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the processor says about the types of parameters and results, from their shape. */
class ParametersAndResultsTest {

  /** Types of users and libraries that no list contains. */
  private static final CompilerRun TYPES =
      CompilerRun.javac()
          .withoutProcessors()
          .sources(
              "package kotlin; public final class Unit {}",
              "package kotlin; public interface Lazy<T> { T getValue(); boolean isInitialized(); }",
              """
              package kotlin.coroutines;
              public interface Continuation<T> { void resumeWith(Object result); }
              """,
              "package kotlin.jvm.functions; public interface Function0<R> { R invoke(); }",
              "package kotlin.jvm.functions; public interface Function1<P, R> { R invoke(P p); }",
              """
              package kotlin.jvm.functions;
              public interface Function2<P, Q, R> { R invoke(P p, Q q); }
              """,
              """
              package kotlin.sequences;
              public interface Sequence<T> { java.util.Iterator<T> iterator(); }
              """,
              """
              package acme;

              import java.io.*;
              import java.nio.*;
              import java.nio.channels.*;
              import java.util.*;
              import java.util.concurrent.*;
              import java.util.function.*;
              import java.util.stream.*;

              public interface Types {
                interface Sink { void onText(String text); }
                interface Typed<T> { void accept(T element); }
                interface TypedSink extends Typed<String> { @Override void accept(String text); }
                interface Adapter { default void onText(String text) {} default void onEnd() {} }
                interface Cancellable { void onText(String text); boolean isCancelled(); }
                interface Handler { boolean onToken(String token); }
                interface AsyncSink { CompletableFuture<Void> onText(String text); }
                abstract class Listener { public void onText(String text) {} }
                class Collected { public void onText(String text) {} }
                class Emitter { public void send(Object o) {} public Long getTimeout() { return 0L; } }
                interface FluxSink<T> { FluxSink<T> next(T element); void complete(); }
                interface FullSink extends Sink { String name(); }
                record Handlers(Consumer<String> onText, Runnable onEnd) {}

                interface Passing { boolean next(String text); String name(); String id(); }
                interface Stage { void handleChunk(String chunk); String name(); }
                interface Progress { void report(String stage, int percent); String id(); }
                interface Named { default String name() { return ""; } default String id() { return ""; }
                  default int order() { return 0; } default int size() { return 0; } default int depth() { return 0; } }
                interface NamedSink extends Named { void emit(String text); void close(); String path(); }
                class Promise<T> {}
                interface PromiseSink { Promise<Void> onText(String text); }
                interface Bytes extends ByteChannel { void setSize(int size); Bytes put(byte b); Bytes put(int i); }
                interface ByteSink { void write(Bytes source, long count); void flush(); Object timeout(); }
                class GeneratedChunk {
                  public String getText() { return ""; }
                  public void setText(String text) {}
                  public GeneratedChunk text(String text) { return this; }
                  public List<String> getTokens() { return null; }
                  public void setTokens(List<String> tokens) {}
                  public GeneratedChunk tokens(List<String> tokens) { return this; }
                  public GeneratedChunk addTokensItem(String token) { return this; }
                }
                class CopiedChunk {
                  public String getText() { return ""; }
                  public void setText(String text) {}
                  public CopiedChunk withText(String text) { return this; }
                }

                interface Options { String model(); }
                interface Builder { Builder model(String model); Options build(); }
                interface Spec { Spec text(String text); Spec param(String key, Object value); }
                class ChatConfig { public String getModel() { return ""; } public void setModel(String m) {} }
                interface SelfTyped<B extends SelfTyped<B>> { B model(String model); }
                interface Chunk { String text(); }
                interface Request { String text(); void setText(String text); }
                interface Node { void accept(Visitor visitor); List<Node> children(); }
                interface Visitor { void visit(Node node); }
                interface Retriever { List<String> find(String query); }
                record Page(List<String> items, String next) {}

                record Upload(String name, InputStream data) {}
                record Uploads(List<Upload> all) {}
                class Part { public final InputStream data = null; }
                class DataClass { public InputStream component1() { return null; } }
                class Holder<T> { public T value() { return null; } }
                interface Parser extends Closeable { String nextToken(); }
                interface Tokenizer { String nextToken(); boolean hasMoreTokens(); }
                interface Lexer { Chunk nextToken(); boolean atEnd(); }
                class SdkRequest {
                  public String nextToken() { return ""; } public boolean hasNextToken() { return false; }
                  public Builder toBuilder() { return null; }
                }
                class Listed { public String nextToken() { return ""; } public List<String> items() { return null; } }
                record Search(String query, String nextToken, boolean hasNextToken) {}
                record NextPage(List<String> items, String next, boolean hasMore) {}
                record NumberedPage(List<String> data, boolean hasNextPage, Integer nextPage) {}
                record Paging(boolean next) {}
                interface Steps extends AutoCloseable { List<String> nextSteps(); Optional<String> nextStep(); }
                interface Codec<T> { T read(InputStream in); void write(OutputStream out, T value); }
                interface JsonIn extends Closeable { boolean hasNext(); String nextName(); String nextString(); }
                interface JsonOut extends Closeable { JsonOut name(String name); JsonOut value(String value); void flush(); }
                abstract class TypeAdapter<T> {
                  public abstract T read(JsonIn in);
                  public abstract void write(JsonOut out, T value);
                  public String toJson(T value) { return ""; }
                }
                interface Struct { void read(InputStream in); String name(); }
                interface Workbook extends Closeable, Iterable<String> { String getSheetAt(int i); }
                interface Cache<K, V> extends Closeable, Iterable<V> { V get(K key); }
                interface Sized extends Closeable, Iterable<String> { int size(); }
                class Task {
                  public String getId() { return ""; } public String getTitle() { return ""; }
                  public void complete(java.time.Instant at) {}
                }
                class Invoice { public String getNumber() { return ""; } public void send(Chunk to) {} }
                class Job { public String id() { return ""; } public int size() { return 0; } public void complete(String result) {} }
                class Conversation implements Iterable<Chunk> {
                  public Iterator<Chunk> iterator() { return null; } public boolean isComplete() { return true; }
                }
                interface Attributes extends Map<String, String> { boolean isComplete(); }
                interface Source { int read(byte[] buffer, int offset, int length); void close(); }
                interface Cursor { boolean hasNext(); String next(); }
                interface Lines { String readLine(); void close(); }
                interface Rows { boolean next(); String column(int i); }
                interface Tokens { String readToken(); boolean hasMore(); }
                interface Events extends AutoCloseable { String nextEvent(); }
                interface Directory extends Closeable, Iterable<String> {}
                interface ByteSource { long read(Bytes sink, long count); void close(); }
                interface Sheet { List<String> items(); boolean hasNextPage(); Sheet nextPage(); }
                interface Client extends AutoCloseable { List<String> find(String query); int readTimeout(int i); }
                interface Connection extends AutoCloseable { int readTimeout(); long nextId(); }
                interface Listing { List<String> items(); boolean hasMore(); String nextCursor(); }
                interface Rolls { int nextRoll(); boolean hasNextRoll(); }
                interface Lock { Object readLock(); Object writeLock(); }
                record Tree(String name, List<Tree> children) {}

                interface TokenStream {
                  TokenStream onPartialResponse(Consumer<String> handler);
                  TokenStream onError(Consumer<Throwable> handler);
                  void start();
                }
                interface AsyncStream { AsyncStream subscribe(Sink sink); void close(); }
                record Answer(Stream<String> text, int tokens) {}
                interface Question { String text(); }
                interface Pending { boolean isDone(); String await() throws InterruptedException; }
                interface Promised { boolean isComplete(); Promised onComplete(Consumer<String> handler); }
                interface Finished { boolean isDone(); String text(); }
                class Try<T> { public Try<T> onSuccess(Consumer<T> action) { return this; } }
              }
              """)
          .run()
          .requireSuccess();

  private static final String HEADER =
      """
      package acme;

      import acme.Types.*;
      import dev.llmretry.*;
      import java.io.*;
      import java.nio.*;
      import java.nio.channels.*;
      import java.util.*;
      import java.util.concurrent.*;
      import java.util.function.*;
      import java.util.stream.*;
      import kotlin.Unit;
      import kotlin.coroutines.Continuation;
      import kotlin.jvm.functions.*;

      interface Chat {
      """;

  /** Returns what is said about each of some methods, of which each has a line of its own. */
  private static Map<String, String> ids(List<String> subjects, String method) {
    StringBuilder source = new StringBuilder(HEADER);
    for (int i = 0; i < subjects.size(); i++) {
      source.append(method.formatted(subjects.get(i), "m" + i)).append('\n');
    }
    CompilerRun run = CompilerRun.javac().with(TYPES).source(source.append("}\n").toString()).run();
    assertThat(run.others()).isEmpty();
    Map<String, List<String>> found = new TreeMap<>();
    subjects.forEach(subject -> found.put(subject, new ArrayList<>()));
    int first = (int) HEADER.lines().count();
    for (CompilerMessage message : run.ours()) {
      found.get(subjects.get((int) message.line() - first - 1)).add(message.id());
    }
    return found.entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                entry -> String.join(" ", entry.getValue()),
                (one, other) -> one,
                TreeMap::new));
  }

  private static void assertParameters(String id, String... types) {
    assertThat(ids(List.of(types), "@LlmRetry void %2$s(String q, %1$s x);"))
        .allSatisfy((type, said) -> assertThat(said).as(type).isEqualTo(id));
  }

  private static void assertResults(String id, String... types) {
    assertThat(ids(List.of(types), "@LlmRetry %1$s %2$s(String q);"))
        .allSatisfy((type, said) -> assertThat(said).as(type).isEqualTo(id));
  }

  @Test
  void whatCanBePassedElementsIsACallback() {
    assertParameters(
        "LR019",
        "Sink",
        "Typed<String>",
        "TypedSink",
        "Adapter",
        "Cancellable",
        "Handler",
        "AsyncSink",
        "Listener",
        "Collected",
        "Emitter",
        "FluxSink<String>",
        "FullSink",
        "Passing",
        "Stage",
        "Progress",
        "NamedSink",
        "PromiseSink",
        "ByteSink",
        "Function<String, Promise<Void>>",
        "Consumer<GeneratedChunk>",
        "Consumer<CopiedChunk>",
        "Formatter",
        "StringJoiner",
        "Exchanger<String>",
        "Consumer<Chunk>",
        "Consumer<Request>",
        "Consumer<Map<String, Object>>",
        "Consumer<? super String>",
        "Consumer<?>",
        "Predicate<String>",
        "BiPredicate<String, Integer>",
        "IntPredicate",
        "Function<String, Void>",
        "Function<String, CompletionStage<Void>>",
        "Function<String, Boolean>",
        "Function1<? super String, Unit>",
        "Function2<? super String, ? super Integer, Unit>",
        "Function2<? super String, ? super Continuation<? super Unit>, ? extends Object>",
        "OutputStream",
        "PrintStream",
        "Writer",
        "StringWriter",
        "Appendable",
        "StringBuilder",
        "WritableByteChannel",
        "DataOutput",
        "Queue<String>",
        "BlockingQueue<String>",
        "ArrayDeque<String>",
        "Flow.Subscriber<String>",
        "CompletionHandler<String, Object>");
  }

  @Test
  void soIsWhatContainsACallback() {
    assertParameters(
        "LR019",
        "Consumer<String>...",
        "Consumer<String>[]",
        "List<Consumer<String>>",
        "Optional<? extends Sink>",
        "Map<String, Sink>",
        "Handlers",
        "List<Handlers>");
  }

  @Test
  void configurationTasksAndFunctionsAreNoCallbacks() {
    assertParameters(
        "",
        "Consumer<Builder>",
        "Consumer<? super Builder>",
        "Consumer<Spec>",
        "Consumer<ChatConfig>",
        "Consumer<SelfTyped<?>>",
        "Function1<? super Builder, Unit>",
        "BiConsumer<String, Builder>",
        "Consumer<FluxSink<String>>",
        "Consumer<OutputStream>",
        "Consumer<Runnable>",
        "Builder",
        "Spec",
        "ChatConfig",
        "Supplier<String>",
        "Supplier<InputStream>",
        "Callable<String>",
        "Function0<String>",
        "Runnable",
        "Executor",
        "ExecutorService",
        "Comparator<String>",
        "Function<String, Integer>",
        "UnaryOperator<String>",
        "Function<String, CompletionStage<String>>",
        "BinaryOperator<String>",
        "ToIntFunction<String>",
        "Collector<String, ?, List<String>>",
        "ThreadFactory");
  }

  @Test
  void dataIsPassedToEachAttempt() {
    assertParameters(
        "",
        "Chunk",
        "Request",
        "Node",
        "Retriever",
        "Page",
        "Sheet",
        "Client",
        "Lock",
        "acme.Types.Connection",
        "Listing",
        "SdkRequest",
        "Listed",
        "Search",
        "NextPage",
        "NumberedPage",
        "Paging",
        "Steps",
        "Codec<String>",
        "Struct",
        "TypeAdapter<String>",
        "Workbook",
        "Cache<String, Integer>",
        "Sized",
        "Task",
        "Invoice",
        "Job",
        "CompletionStage<String>",
        "CompletionStage<? extends String>",
        "CompletableFuture<? extends String>",
        "Random",
        "GeneratedChunk",
        "Tree",
        "byte[]",
        "List<String>",
        "LinkedList<String>",
        "Set<Chunk>",
        "Map<String, List<Page>>",
        "Optional<String>",
        "Class<? extends InputStream>",
        "CompletableFuture<String>",
        "java.nio.file.Path",
        "java.net.http.HttpRequest.BodyPublisher",
        "java.net.http.HttpRequest",
        "Locale",
        "java.time.Duration",
        "Object");
  }

  @Test
  void whatIsReadOnceIsRefused() {
    assertParameters(
        "LR018",
        "ByteBuffer",
        "CharBuffer",
        "Buffer",
        "Readable",
        "DataInput",
        "ByteChannel",
        "Scanner",
        "StringTokenizer",
        "PrimitiveIterator.OfInt",
        "ListIterator<String>",
        "Parser",
        "Tokenizer",
        "Lexer",
        "Source",
        "Cursor",
        "Lines",
        "Rolls",
        "Rows",
        "Tokens",
        "Events",
        "Directory",
        "java.nio.file.DirectoryStream<java.nio.file.Path>",
        "ByteSource",
        "LongStream",
        "kotlin.sequences.Sequence<String>");
  }

  @Test
  void soIsWhatContainsIt() {
    assertParameters(
        "LR018",
        "InputStream...",
        "ByteBuffer[]",
        "InputStream[][]",
        "Optional<InputStream>",
        "Optional<? extends Reader>",
        "List<ByteBuffer>",
        "Collection<? extends InputStream>",
        "Iterable<InputStream>",
        "Map<String, InputStream>",
        "Map.Entry<String, InputStream>",
        "CompletableFuture<InputStream>",
        "Upload",
        "Uploads",
        "List<Upload>",
        "Part",
        "DataClass",
        "Holder<InputStream>");
  }

  @Test
  void theMessageNamesWhatIsContained() {
    CompilerRun run =
        CompilerRun.javac()
            .with(TYPES)
            .source(HEADER + "@LlmRetry void send(Uploads all, List<Sink> sinks); }")
            .run();

    assertThat(run.ours().get(0).text())
        .contains("all may be consumed by the first attempt: it contains a java.io.InputStream.");
    assertThat(run.ours().get(1).text())
        .contains("it contains a acme.Types.Sink, and a retry repeats the whole call");
  }

  @Test
  void boundsOfTypeVariablesCount() {
    assertThat(
            ids(
                List.of("InputStream", "Sink & Comparable<T>", "Typed<T>", "Builder"),
                "@LlmRetry <T extends %s> void %s(T x, Consumer<T> y);"))
        .containsEntry("InputStream", "LR018 LR019")
        .containsEntry("Sink & Comparable<T>", "LR019")
        .containsEntry("Builder", "");
  }

  @Test
  void whatIsRegisteredReceivesNothingFromTheCall() {
    assertThat(
            ids(
                List.of(
                    "void addListener(Sink sink);",
                    "void removeListener(Sink sink);",
                    "void setErrorHandler(Consumer<Throwable> handler);",
                    "void register(Sink sink);",
                    "Chat onClose(Consumer<String> action);",
                    "Chat subscribe(Sink sink);",
                    "Chat stream(String q, Sink sink);",
                    "void stream(Sink sink);"),
                "@LlmRetry %s // %s"))
        .hasEntrySatisfying(
            "Chat subscribe(Sink sink);", said -> assertThat(said).contains("LR019"))
        .containsEntry("Chat stream(String q, Sink sink);", "LR019")
        .containsEntry("void stream(Sink sink);", "LR019")
        .containsEntry("void addListener(Sink sink);", "")
        .containsEntry("void removeListener(Sink sink);", "")
        .containsEntry("void setErrorHandler(Consumer<Throwable> handler);", "")
        .containsEntry("void register(Sink sink);", "")
        .containsEntry("Chat onClose(Consumer<String> action);", "");
  }

  @Test
  void resultsWhoseWorkComesLaterAreReported() {
    assertResults(
        "LR050",
        "TokenStream",
        "AsyncStream",
        "Supplier<String>",
        "IntSupplier",
        "Callable<String>",
        "Runnable",
        "Function0<String>",
        "kotlin.Lazy<String>",
        "kotlin.sequences.Sequence<String>",
        "Optional<Stream<String>>",
        "List<CompletableFuture<String>>",
        "CompletableFuture<String>[]",
        "Map<String, Supplier<String>>",
        "Optional<Iterator<String>>",
        "Flow.Publisher<String>[]",
        "Answer",
        "Pending",
        "Promised",
        "<T extends Supplier<String>> T",
        "<T extends Question & Runnable> T",
        "CompletableFuture<Stream<String>>",
        "CompletableFuture<? extends Iterator<String>>",
        "CompletionStage<Supplier<String>>",
        "CompletableFuture<CompletableFuture<String>>",
        "CompletableFuture<Optional<Stream<String>>>",
        "CompletableFuture<Answer>",
        "Flow.Publisher<Flow.Publisher<String>>",
        "Stream<CompletableFuture<String>>");
  }

  @Test
  void valuesAreNot() {
    assertResults(
        "",
        "void",
        "int",
        "String",
        "Question",
        "Finished",
        "Conversation",
        "Attributes",
        "<T extends Question> T",
        "<T> T",
        "CompletableFuture<List<String>>",
        "CompletableFuture<InputStream>",
        "CompletableFuture<Iterable<String>>",
        "Chunk",
        "Request",
        "Page",
        "Tree",
        "List<String>",
        "List<? extends Iterable<String>>",
        "Optional<String>",
        "Map<String, List<Page>>",
        "Try<String>",
        "Builder",
        "Function<String, Integer>",
        "Stream<String>",
        "Iterator<String>",
        "InputStream",
        "CompletableFuture<String>",
        "Flow.Publisher<String>",
        "Sink");
  }
}
