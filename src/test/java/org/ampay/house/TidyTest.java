package org.ampay.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Small things, kept small: sizes of methods and files, no tests put to sleep. */
class TidyTest {

  private static final int METHOD_LINES = 70;
  private static final int FILE_LINES = 500;
  private static final int PARAMETERS = 7;

  /** What a to-do waits for is said behind it: "to-do until X", "to-do when Y". */
  private static final Pattern BARE_TODO =
      Pattern.compile(
          "\\b(TO" + "DO|FIX" + "ME|X" + "XX)\\b(?!.*\\b(until|when|once|waits for)\\b)");

  private static final List<String> FOUND = new ArrayList<>();

  @BeforeAll
  static void readSources() throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null,
                  files,
                  null,
                  List.of("-proc:none"),
                  null,
                  files.getJavaFileObjectsFromPaths(Sources.javaFiles()));
      SourcePositions positions = Trees.instance(task).getSourcePositions();
      for (CompilationUnitTree unit : task.parse()) {
        new Walker(unit, positions).scan(unit, null);
      }
    }
    for (Path file : Sources.javaFiles()) {
      lookAtText(file);
    }
  }

  @Test
  void methods_areShort() {
    assertThat(found("method")).as("methods of more than %d lines", METHOD_LINES).isEmpty();
  }

  @Test
  void files_areShort() {
    assertThat(found("file")).as("files of more than %d lines", FILE_LINES).isEmpty();
  }

  @Test
  void methods_takeFewParameters() {
    assertThat(found("parameters")).as("more than %d parameters", PARAMETERS).isEmpty();
  }

  @Test
  void tests_areNeverDisabled() {
    assertThat(found("disabled")).isEmpty();
  }

  @Test
  void tests_neverSleep() {
    assertThat(found("sleep")).as("wait for a condition, do not sleep").isEmpty();
  }

  @Test
  void todos_sayWhatTheyWaitFor() {
    assertThat(found("todo")).isEmpty();
  }

  private static List<String> found(String kind) {
    return FOUND.stream().filter(line -> line.startsWith(kind + " ")).toList();
  }

  private static void lookAtText(Path file) {
    List<String> lines = Sources.read(file).lines().toList();
    if (lines.size() > FILE_LINES) {
      FOUND.add("file " + Sources.name(file) + " has " + lines.size() + " lines");
    }
    for (int i = 0; i < lines.size(); i++) {
      if (BARE_TODO.matcher(lines.get(i)).find()) {
        FOUND.add("todo " + Sources.name(file) + ":" + (i + 1));
      }
    }
  }

  /** Collects what one file has to be told. */
  private static final class Walker extends TreePathScanner<Void, Void> {

    private final CompilationUnitTree unit;
    private final SourcePositions positions;
    private final String name;
    private final boolean test;

    Walker(CompilationUnitTree unit, SourcePositions positions) {
      this.unit = unit;
      this.positions = positions;
      this.name = Sources.name(Path.of(unit.getSourceFile().toUri()));
      this.test = name.startsWith("src/test");
    }

    @Override
    public Void visitMethod(MethodTree method, Void unused) {
      long first = unit.getLineMap().getLineNumber(positions.getStartPosition(unit, method));
      long last = unit.getLineMap().getLineNumber(positions.getEndPosition(unit, method));
      String where = name + ":" + first + " " + method.getName();
      if (last - first + 1 > METHOD_LINES) {
        FOUND.add("method " + where + " has " + (last - first + 1) + " lines");
      }
      if (method.getParameters().size() > PARAMETERS && !isRecordConstructor(method)) {
        FOUND.add("parameters " + where + " takes " + method.getParameters().size());
      }
      return super.visitMethod(method, unused);
    }

    @Override
    public Void visitAnnotation(AnnotationTree annotation, Void unused) {
      String type = annotation.getAnnotationType().toString();
      if (type.equals("Disabled") || type.endsWith(".Disabled")) {
        FOUND.add("disabled " + at(annotation));
      }
      return super.visitAnnotation(annotation, unused);
    }

    @Override
    public Void visitMemberSelect(MemberSelectTree select, Void unused) {
      boolean sleeps =
          select.getIdentifier().contentEquals("sleep")
              && select.getExpression().toString().matches("(.*\\.)?(Thread|TimeUnit(\\.\\w+)?)");
      if (test && sleeps) {
        FOUND.add("sleep " + at(select));
      }
      return super.visitMemberSelect(select, unused);
    }

    private boolean isRecordConstructor(MethodTree method) {
      return method.getReturnType() == null
          && getCurrentPath().getParentPath().getLeaf() instanceof ClassTree parent
          && parent.getKind() == Tree.Kind.RECORD;
    }

    private String at(Tree tree) {
      return name + ":" + unit.getLineMap().getLineNumber(positions.getStartPosition(unit, tree));
    }
  }
}
