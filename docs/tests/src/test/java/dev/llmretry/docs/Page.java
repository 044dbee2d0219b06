package dev.llmretry.docs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;

/**
 * A page of Markdown.
 *
 * @param path from the root of the repository
 */
record Page(Path path, Node document) {

  private static final Parser PARSER =
      Parser.builder().includeSourceSpans(IncludeSourceSpans.BLOCKS).build();

  static Page read(Path file) {
    Path path = Repository.ROOT.relativize(file);
    return new Page(path, PARSER.parse(Repository.read(path.toString())));
  }

  /** Returns the code blocks, in their order. */
  List<Snippet> snippets() {
    List<Snippet> snippets = new ArrayList<>();
    document.accept(
        new AbstractVisitor() {
          @Override
          public void visit(FencedCodeBlock block) {
            snippets.add(
                new Snippet(
                    path,
                    block.getSourceSpans().get(0).getLineIndex() + 2,
                    block.getInfo(),
                    block.getLiteral(),
                    comment(block)));
          }
        });
    return snippets;
  }

  private static String comment(FencedCodeBlock block) {
    return block.getPrevious() instanceof HtmlBlock html ? html.getLiteral() : "";
  }

  /** Returns where the links go. */
  List<String> links() {
    List<String> links = new ArrayList<>();
    document.accept(
        new AbstractVisitor() {
          @Override
          public void visit(Link link) {
            links.add(link.getDestination());
            visitChildren(link);
          }
        });
    return links;
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
