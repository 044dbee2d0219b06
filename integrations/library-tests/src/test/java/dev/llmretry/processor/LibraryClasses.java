package dev.llmretry.processor;

import java.io.DataInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;

/** The libraries on the class path of the tests, and their classes. */
final class LibraryClasses {

  /** What is meant for the library alone, or is a copy of another library. */
  private static final Pattern NOT_FOR_USERS =
      Pattern.compile(
          "META-INF/.*|.*(?:/|^)(?:impl|internal|relocated|repackaged|shaded|shadow|unshaded)/.*");

  private static final int PUBLIC_INTERFACE = 0x0201;
  private static final int ANNOTATION = 0x2000;

  private LibraryClasses() {}

  /** Returns the class path. */
  static List<Path> classPath() {
    String path =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return Arrays.stream(path.split(File.pathSeparator)).map(Path::of).toList();
  }

  /**
   * Returns the top-level classes that are public interfaces, or have a nested one, with the name
   * of the jar that each is in.
   */
  static Map<String, String> withInterfaces() throws IOException {
    Map<String, String> found = new LinkedHashMap<>();
    for (Path path : classPath()) {
      if (path.toString().endsWith(".jar") && !path.toString().contains("llmretry")) {
        addFrom(path, found);
      }
    }
    return found;
  }

  private static void addFrom(Path jar, Map<String, String> found) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      for (JarEntry entry : (Iterable<JarEntry>) file.stream()::iterator) {
        String name = entry.getName();
        if (name.endsWith(".class")
            && !name.endsWith("-info.class")
            && !NOT_FOR_USERS.matcher(name).matches()
            && isPublicInterface(file, entry)) {
          String topLevel = name.replaceAll("[$].*|[.]class$", "").replace('/', '.');
          found.putIfAbsent(topLevel, jar.getFileName().toString());
        }
      }
    }
  }

  private static boolean isPublicInterface(JarFile file, JarEntry entry) throws IOException {
    try (InputStream in = file.getInputStream(entry)) {
      int access = accessFlags(new DataInputStream(in));
      return (access & PUBLIC_INTERFACE) == PUBLIC_INTERFACE && (access & ANNOTATION) == 0;
    }
  }

  /** Skips what precedes the access flags in a class file: the version and the constants. */
  private static int accessFlags(DataInputStream in) throws IOException {
    in.skipNBytes(8);
    int constants = in.readUnsignedShort();
    for (int i = 1; i < constants; i++) {
      int tag = in.readUnsignedByte();
      switch (tag) {
        case 1 -> in.skipNBytes(in.readUnsignedShort());
        case 5, 6 -> {
          in.skipNBytes(8);
          i++; // takes two places
        }
        case 7, 8, 16, 19, 20 -> in.skipNBytes(2);
        case 15 -> in.skipNBytes(3);
        default -> in.skipNBytes(4);
      }
    }
    return in.readUnsignedShort();
  }
}
