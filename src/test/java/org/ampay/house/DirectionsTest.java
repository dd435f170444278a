package org.ampay.house;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The directions of the design, which nobody can keep in mind for ever. */
class DirectionsTest {

  private static final String GENERATED_TABLES = "org.ampay.store.tables..";

  private static final Set<String> FORBIDDEN_TIME =
      Set.of(
          "java.time.Instant.now",
          "java.time.LocalDate.now",
          "java.time.LocalTime.now",
          "java.time.LocalDateTime.now",
          "java.time.OffsetDateTime.now",
          "java.time.ZonedDateTime.now",
          "java.time.Clock.systemUTC",
          "java.time.Clock.systemDefaultZone",
          "java.lang.System.currentTimeMillis",
          "java.lang.System.nanoTime",
          "java.lang.Thread.<init>",
          "java.lang.Thread.startVirtualThread",
          "java.lang.Thread.ofVirtual",
          "java.lang.Thread.ofPlatform",
          "java.util.Timer.<init>");

  private static JavaClasses ampay;

  @BeforeAll
  static void readClasses() {
    Path compiled = Path.of(System.getProperty("ampay.basedir", "."), "target", "classes");
    ampay =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_JARS)
            .importPath(compiled);
  }

  static Stream<String> rooms() {
    return Rooms.TOP_DOWN.stream();
  }

  @ParameterizedTest
  @MethodSource("rooms")
  void room_importsOnlyRoomsBelowIt(String room) {
    noClasses()
        .that()
        .resideInAPackage(Rooms.pattern(room))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(Rooms.above(room))
        .allowEmptyShould(true)
        .check(ampay);
  }

  @Test
  void everyPackage_isInARoom() {
    Set<String> homeless = new TreeSet<>();
    for (JavaClass type : ampay) {
      String[] parts = type.getPackageName().split("\\.");
      if (parts.length < 3 || !Rooms.TOP_DOWN.contains(parts[2])) {
        homeless.add(type.getName());
      }
    }
    assertThat(homeless).isEmpty();
  }

  @Test
  void netty_staysInTheGateway() {
    onlyIn("io.netty..", resideInAPackage(Rooms.pattern("gateway")));
  }

  @Test
  void jooq_staysInStoreAndStores() {
    onlyIn(
        "org.jooq..",
        resideInAnyPackage(Rooms.pattern("store"), GENERATED_TABLES)
            .or(outermostNameEndsWith("Store")));
  }

  @Test
  void tariff_doesNoInputOrOutput() {
    noClasses()
        .that()
        .resideInAPackage(Rooms.pattern("tariff"))
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                    "java.io..",
                    "java.net..",
                    "java.nio.file..",
                    "java.nio.channels..",
                    "java.sql..",
                    "javax.sql..",
                    "org.jooq..",
                    "com.zaxxer..",
                    "com.linecorp..")
                .and(DescribedPredicate.not(named("java.io.Serializable"))))
        .allowEmptyShould(true)
        .check(ampay);
  }

  @Test
  void timeAndThreads_comeFromAppAndBase() {
    classes()
        .that()
        .resideOutsideOfPackages(Rooms.pattern("app"), Rooms.pattern("base"))
        .should(notCallTimeOrThreads())
        .check(ampay);
  }

  @Test
  void moneyAndBilledEnergy_areNeverFloatingPoint() {
    classes()
        .that(
            are(
                resideInAnyPackage(
                        Rooms.pattern("tariff"),
                        Rooms.pattern("ledger"),
                        Rooms.pattern("billing"),
                        Rooms.pattern("payment"),
                        Rooms.pattern("charging"))
                    .or(named("org.ampay.base.Money"))
                    .or(named("org.ampay.base.Energy"))))
        .should(notUseFloatingPoint())
        .check(ampay);
  }

  @ParameterizedTest
  @MethodSource("versions")
  void wireRecords_neverLeaveTheirVersion(String version) {
    onlyIn(
        "org.ampay.ocpp." + version + ".wire..",
        resideInAPackage("org.ampay.ocpp." + version + ".."));
  }

  static Stream<String> versions() {
    return Stream.of("v16", "v201", "v21");
  }

  private static void onlyIn(String what, DescribedPredicate<JavaClass> home) {
    noClasses()
        .that(are(DescribedPredicate.not(home)))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(what)
        .allowEmptyShould(true)
        .check(ampay);
  }

  private static DescribedPredicate<JavaClass> named(String name) {
    return DescribedPredicate.describe("named " + name, type -> type.getName().equals(name));
  }

  /** Nested classes are details of the class around them. */
  private static DescribedPredicate<JavaClass> outermostNameEndsWith(String suffix) {
    return DescribedPredicate.describe(
        "named *" + suffix,
        type -> {
          String name = type.getName();
          int nested = name.indexOf('$');
          return (nested < 0 ? name : name.substring(0, nested)).endsWith(suffix);
        });
  }

  private static ArchCondition<JavaClass> notCallTimeOrThreads() {
    return new ArchCondition<>("take time, randomness of time and threads from outside") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        for (JavaAccess<?> access : type.getAccessesFromSelf()) {
          String owner = access.getTargetOwner().getName();
          String called = owner + "." + access.getName();
          if (FORBIDDEN_TIME.contains(called)
              || owner.equals("java.util.concurrent.Executors")
              || owner.equals("java.util.concurrent.ForkJoinPool")) {
            events.add(SimpleConditionEvent.violated(access, access.getDescription()));
          }
        }
      }
    };
  }

  private static ArchCondition<JavaClass> notUseFloatingPoint() {
    return new ArchCondition<>("have no float or double in fields, parameters and results") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        for (JavaField field : type.getFields()) {
          report(field.getFullName(), List.of(field.getRawType()), events);
        }
        for (JavaCodeUnit unit : type.getCodeUnits()) {
          report(unit.getFullName(), unit.getRawParameterTypes(), events);
          report(unit.getFullName(), List.of(unit.getRawReturnType()), events);
        }
      }

      private void report(String where, List<JavaClass> types, ConditionEvents events) {
        for (JavaClass type : types) {
          JavaClass element = type.getBaseComponentType();
          if (element.isEquivalentTo(double.class)
              || element.isEquivalentTo(float.class)
              || element.isEquivalentTo(Double.class)
              || element.isEquivalentTo(Float.class)) {
            events.add(SimpleConditionEvent.violated(where, where + " is " + type.getName()));
          }
        }
      }
    };
  }
}
