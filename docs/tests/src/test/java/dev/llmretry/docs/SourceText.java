package dev.llmretry.docs;

import java.net.URI;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.NestingKind;
import javax.tools.SimpleJavaFileObject;

/** A source that is no file. Public types in it may have any name. */
final class SourceText extends SimpleJavaFileObject {

  private final String text;

  SourceText(String path, String text) {
    super(URI.create("text:///" + path), Kind.SOURCE);
    this.text = text;
  }

  @Override
  public CharSequence getCharContent(boolean ignoreEncodingErrors) {
    return text;
  }

  @Override
  public boolean isNameCompatible(String simpleName, Kind kind) {
    boolean special = simpleName.endsWith("-info"); // a module's or package's
    return special ? super.isNameCompatible(simpleName, kind) : kind == Kind.SOURCE;
  }

  @Override
  public NestingKind getNestingKind() {
    return NestingKind.TOP_LEVEL;
  }

  @Override
  public Modifier getAccessLevel() {
    return Modifier.PUBLIC;
  }
}
