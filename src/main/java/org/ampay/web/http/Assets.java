package org.ampay.web.http;

import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.encoding.EncodingService;
import com.linecorp.armeria.server.file.FileService;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.List;
import org.ampay.base.Digests;

/**
 * Files that browsers keep for a year: the libraries under their version, our own under a hash of
 * their content.
 */
public final class Assets {

  private static final String FOREVER = "public, max-age=31536000, immutable";
  private static final String WEBJARS = "META-INF/resources/webjars/";
  private static final List<String> LIBRARIES =
      List.of("htmx.org/2.0.10/dist", "tabler__core/1.4.0/dist/css", "chart.js/4.5.1/dist");
  private static final List<String> OWN =
      List.of("app.css", "app.js", "pay.css", "pay.js", "favicon.svg");

  private final String base;

  public Assets() {
    Object[] contents = OWN.stream().map(Assets::read).toArray();
    String hash = HexFormat.of().formatHex(Digests.key16(contents)).substring(0, 12);
    this.base = "/assets/" + hash;
  }

  /** The path of one of our files. */
  public String own(String name) {
    return base + "/" + name;
  }

  public String htmx() {
    return "/webjars/htmx.org/2.0.10/dist/htmx.min.js";
  }

  public String tabler() {
    return "/webjars/tabler__core/1.4.0/dist/css/tabler.min.css";
  }

  public String chart() {
    return "/webjars/chart.js/4.5.1/dist/chart.umd.min.js";
  }

  public void install(ServerBuilder server) {
    ClassLoader loader = Assets.class.getClassLoader();
    for (String library : LIBRARIES) {
      add(server, "/webjars/" + library, files(loader, WEBJARS + library));
    }
    add(server, base, files(loader, "web"));
  }

  private static void add(ServerBuilder server, String prefix, FileService files) {
    server.serviceUnder(prefix, files.decorate(EncodingService.newDecorator()));
  }

  private static FileService files(ClassLoader loader, String root) {
    return FileService.builder(loader, root).cacheControl(FOREVER).build();
  }

  private static byte[] read(String name) {
    try (InputStream in = Assets.class.getClassLoader().getResourceAsStream("web/" + name)) {
      if (in == null) {
        throw new IllegalStateException("web/" + name + " is missing from the program");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
