package org.ampay.web.console;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.util.HashMap;
import java.util.Map;
import org.ampay.web.http.Answer;

/** Makes HTML out of templates, which the build has compiled. */
public final class Pages {

  private final TemplateEngine engine =
      TemplateEngine.createPrecompiled(
          null, ContentType.Html, Pages.class.getClassLoader(), "org.ampay.web.templates");

  /**
   * A page or fragment.
   *
   * @param template below {@code src/main/jte}, without its ending
   */
  public Answer page(int status, String template, Ui ui, Map<String, ?> parameters) {
    Map<String, Object> all = new HashMap<>(parameters);
    all.put("ui", ui);
    StringOutput output = new StringOutput(16_384);
    engine.render(template + ".jte", all, output);
    return Answer.html(status, output.toString());
  }
}
