package org.ampay.build;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.ampay.store.embedded.EmbeddedMariaDb;
import org.ampay.store.embedded.EmbeddedSettings;
import org.flywaydb.core.Flyway;
import org.jooq.codegen.DefaultGeneratorStrategy;
import org.jooq.codegen.GenerationTool;
import org.jooq.meta.Definition;
import org.jooq.meta.TableDefinition;
import org.jooq.meta.jaxb.Configuration;
import org.jooq.meta.jaxb.Database;
import org.jooq.meta.jaxb.ForcedType;
import org.jooq.meta.jaxb.Generate;
import org.jooq.meta.jaxb.Generator;
import org.jooq.meta.jaxb.Jdbc;
import org.jooq.meta.jaxb.Logging;
import org.jooq.meta.jaxb.Strategy;
import org.jooq.meta.jaxb.Target;
import org.slf4j.LoggerFactory;

/**
 * jOOQ table classes from {@code sql/}: a throw-away server gets the migrations, and the classes
 * are read off its catalogue.
 */
final class TablesGenerator {

  private static final String SCHEMA = "ampay";
  private static final String PACKAGE = "org.ampay.store.tables";

  private TablesGenerator() {}

  /** All classes in one package; {@code job} becomes {@code JobTable} and {@code JobRecord}. */
  public static final class Names extends DefaultGeneratorStrategy {
    @Override
    public String getJavaPackageName(Definition definition, Mode mode) {
      return getTargetPackage();
    }

    @Override
    public String getJavaClassName(Definition definition, Mode mode) {
      String name = super.getJavaClassName(definition, mode);
      return definition instanceof TableDefinition && mode == Mode.DEFAULT ? name + "Table" : name;
    }
  }

  static void generate(Path sql, Path build, Path target) throws Exception {
    quietLibraries();
    Files.createDirectories(build);
    Path scratch = Files.createTempDirectory(build, "tables-");
    try (EmbeddedMariaDb server =
        EmbeddedMariaDb.open(EmbeddedSettings.of(scratch).withSizes(32, 16))) {
      String parameters = "?createDatabaseIfNotExist=true&sslMode=DISABLED";
      String url = "jdbc:mysql://127.0.0.1:" + server.port() + "/" + SCHEMA + parameters;
      Flyway.configure()
          .dataSource(url, server.user(), server.password())
          .locations("filesystem:" + sql)
          .load()
          .migrate();
      Jdbc jdbc =
          new Jdbc()
              .withDriver("com.mysql.cj.jdbc.Driver")
              .withUrl(url)
              .withUser(server.user())
              .withPassword(server.password());
      GenerationTool.generate(configuration(jdbc, target));
    } finally {
      deleteTree(scratch);
    }
  }

  private static Configuration configuration(Jdbc jdbc, Path target) {
    Database database =
        new Database()
            .withName("org.jooq.meta.mariadb.MariaDBDatabase")
            .withInputSchema(SCHEMA)
            .withOutputSchemaToDefault(true)
            .withExcludes("flyway_schema_history")
            .withForcedTypes(forcedTypes());
    Generate generate =
        new Generate()
            .withRecords(true)
            .withPojos(false)
            .withDaos(false)
            .withGlobalCatalogReferences(false)
            .withGlobalSchemaReferences(false)
            .withDefaultCatalog(false)
            .withDefaultSchema(false)
            .withGlobalTableReferences(true)
            .withGeneratedAnnotation(false)
            .withJavadoc(false)
            .withFluentSetters(true);
    return new Configuration()
        .withLogging(Logging.WARN)
        .withJdbc(jdbc)
        .withGenerator(
            new Generator()
                .withStrategy(new Strategy().withName(Names.class.getName()))
                .withDatabase(database)
                .withGenerate(generate)
                .withTarget(
                    new Target().withPackageName(PACKAGE).withDirectory(target.toString())));
  }

  /** Times are instants in UTC to the millisecond; BOOLEAN is what MariaDB calls TINYINT(1). */
  private static List<ForcedType> forcedTypes() {
    return List.of(
        new ForcedType()
            .withUserType("java.time.Instant")
            .withBinding("org.ampay.store.InstantBinding")
            .withIncludeTypes("(?i:datetime.*)"),
        new ForcedType().withName("BOOLEAN").withIncludeTypes("(?i:tinyint\\(1\\))"));
  }

  private static void quietLibraries() {
    System.setProperty("org.jooq.no-logo", "true");
    System.setProperty("org.jooq.no-tips", "true");
    ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.ERROR);
  }

  private static void deleteTree(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
