package org.ampay.payment.kit;

import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * The sample provider of a third party as a jar: compiled from {@code src/test/plugin}, which is on
 * no class path, and packed with its line of {@code META-INF/services}.
 */
public final class SamplePlugin {

  static final String FACTORY = "example.bank.BankProvider$Factory";

  private static final Path FOLDER = make();

  private SamplePlugin() {}

  /** A folder for plug-ins with the jar in it. */
  public static Path folder() {
    return FOLDER;
  }

  static List<Path> sources() {
    Path base = Path.of(System.getProperty("ampay.basedir", ""), "src/test/plugin");
    try (Stream<Path> files = Files.walk(base)) {
      return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path make() {
    try {
      Path classes = Files.createTempDirectory("ampay-sample-classes");
      compile(classes);
      Path folder = Files.createTempDirectory("ampay-plugins");
      try (OutputStream out = Files.newOutputStream(folder.resolve("examplebank.jar"));
          JarOutputStream jar = new JarOutputStream(out)) {
        jar.putNextEntry(
            new JarEntry("META-INF/services/org.ampay.payment.provider.ProviderFactory"));
        jar.write((FACTORY + "\n").getBytes(StandardCharsets.UTF_8));
        for (Path file : files(classes)) {
          jar.putNextEntry(new JarEntry(classes.relativize(file).toString()));
          jar.write(Files.readAllBytes(file));
        }
      }
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static void compile(Path into) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter said = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      boolean done =
          compiler
              .getTask(
                  said,
                  files,
                  null,
                  List.of(
                      "-proc:none",
                      "-cp",
                      System.getProperty("java.class.path"),
                      "-d",
                      into.toString()),
                  null,
                  files.getJavaFileObjectsFromPaths(sources()))
              .call();
      if (!done) {
        throw new IllegalStateException("the sample does not compile: " + said);
      }
    }
  }
}
