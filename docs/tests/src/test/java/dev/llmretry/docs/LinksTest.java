package dev.llmretry.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Heading;
import org.commonmark.renderer.text.TextContentRenderer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Links from the documentation into the repository lead somewhere. */
class LinksTest {

  private static final TextContentRenderer TEXT = TextContentRenderer.builder().build();

  static List<Page> pages() {
    return Repository.pages();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void lead(Page page) {
    Path file = Repository.ROOT.resolve(page.path());
    for (String link : page.links()) {
      if (link.contains(":")) {
        continue; // somebody else's
      }
      String[] parts = link.split("#", 2);
      Path target = parts[0].isEmpty() ? file : file.resolveSibling(parts[0]).normalize();
      assertThat(target).as(link + " in " + page).exists();
      if (parts.length > 1) {
        assertThat(anchors(Page.read(target))).as(link + " in " + page).contains(parts[1]);
      }
    }
  }

  /** Returns the names that GitHub gives to the headings. */
  private static List<String> anchors(Page page) {
    List<String> anchors = new ArrayList<>();
    page.document()
        .accept(
            new AbstractVisitor() {
              @Override
              public void visit(Heading heading) {
                // The renderer quotes code.
                String text = TEXT.render(heading).strip().toLowerCase(Locale.ROOT);
                anchors.add(text.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'));
              }
            });
    return anchors;
  }
}
