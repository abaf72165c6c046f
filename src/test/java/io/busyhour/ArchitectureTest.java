package io.busyhour;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.onlyDependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaFieldAccess;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The package tree, as data: who may import whom. */
class ArchitectureTest {
  private static final String ROOT = "io.busyhour";

  /** Each stage, and the other stages that it may import. */
  private static final Map<String, Set<String>> MAY_IMPORT =
      Map.ofEntries(
          Map.entry("event", Set.of()),
          Map.entry("instrument", Set.of()),
          Map.entry("http", Set.of()),
          Map.entry("journal", Set.of("event", "instrument")),
          Map.entry("receive", Set.of("event", "journal", "instrument", "http")),
          Map.entry("projection", Set.of("event", "journal", "instrument")),
          Map.entry("poll", Set.of("event", "journal", "instrument")),
          Map.entry("deliver", Set.of("event", "journal", "instrument", "http")),
          Map.entry("serve", Set.of("event", "projection", "instrument", "http", "journal")),
          Map.entry("cli", Set.of("event")));

  /** Stages whose features stand side by side: none imports another. */
  private static final Set<String> SIDE_BY_SIDE = Set.of("receive", "projection");

  /** What the projection's features tell each other by: it stands between them. */
  private static final String CHANGES = ROOT + ".projection.change";

  /** The only features of {@code serve} that read the journal itself. */
  private static final Set<String> SERVE_FROM_JOURNAL =
      Set.of("serve.export", "serve.timeline", "serve.ledger");

  private static final Pattern NAMED_FOR_NOTHING =
      Pattern.compile(".*(Util|Utils|Helper|Manager|Impl|Common|Dto|DTO)");
  private static final Set<String> PACKAGES_NAMED_FOR_NOTHING =
      Set.of("util", "utils", "common", "model", "dto", "impl", "helper", "manager");
  private static final int MOST_TYPES = 15;

  /** A sealed interface and its records have to stay in one package (JLS 8.1.6). */
  private static final Map<String, Integer> SEALED_FAMILIES =
      Map.of("src/main/java/io/busyhour/event", 22);

  private static final Set<String> FREE_OF_FRAMEWORKS =
      Set.of("event", "journal", "projection", "cli");

  /** Meters that any MicroProfile application can inject carry MicroProfile's annotations. */
  private static final String ANNOTATED_METERS = ROOT + ".projection.meters";

  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  @TestFactory
  Stream<DynamicTest> stage_importsOnlyWhatTheTreeAllows() {
    return MAY_IMPORT.entrySet().stream()
        .map(
            stage ->
                DynamicTest.dynamicTest(
                    stage.getKey(), () -> imports(stage.getKey(), stage.getValue()).check(MAIN)));
  }

  private static ArchRule imports(String stage, Set<String> others) {
    return classes()
        .that(residesIn(stage))
        .should(
            onlyDependOnClassesThat(
                new DescribedPredicate<>("are of %s, %s or no stage of ours", stage, others) {
                  @Override
                  public boolean test(JavaClass target) {
                    String of = stageOf(target);
                    return of == null || of.equals(stage) || others.contains(of);
                  }
                }))
        .allowEmptyShould(true);
  }

  @Test
  void stage_isInTheTree() {
    Set<String> known = new TreeSet<>(MAY_IMPORT.keySet());
    known.add("boot");
    assertThat(MAIN).extracting(ArchitectureTest::stageOf).isSubsetOf(known);
  }

  @Test
  void feature_importsNoOther() {
    for (String stage : SIDE_BY_SIDE) {
      slices()
          .matching("%s.%s.(*)..".formatted(ROOT, stage))
          .should()
          .notDependOnEachOther()
          .ignoreDependency(DescribedPredicate.alwaysTrue(), resideInAPackage(CHANGES))
          .allowEmptyShould(true)
          .check(MAIN);
    }
  }

  @Test
  void serve_readsProjectionsOnly() {
    classes()
        .that(residesIn("serve"))
        .and(
            new DescribedPredicate<JavaClass>("are not of %s", SERVE_FROM_JOURNAL) {
              @Override
              public boolean test(JavaClass type) {
                return SERVE_FROM_JOURNAL.stream()
                    .noneMatch(feature -> type.getPackageName().equals(ROOT + "." + feature));
              }
            })
        .should(
            onlyDependOnClassesThat(
                new DescribedPredicate<>("are not of the journal") {
                  @Override
                  public boolean test(JavaClass target) {
                    return !"journal".equals(stageOf(target));
                  }
                }))
        .allowEmptyShould(true)
        .check(MAIN);
  }

  @Test
  void packages_haveNoCycles() {
    slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(MAIN);
  }

  @Test
  void event_knowsNothingOfTheWorld() {
    classes()
        .that(residesIn("event"))
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            ROOT + ".event..", "java.lang..", "java.math", "java.time", "java.util..")
        .check(MAIN);
  }

  @Test
  void framework_isSeenByFewStages() {
    classes()
        .that(
            new DescribedPredicate<JavaClass>("know no framework") {
              @Override
              public boolean test(JavaClass type) {
                return FREE_OF_FRAMEWORKS.contains(stageOf(type))
                    && !type.getPackageName().startsWith(ANNOTATED_METERS);
              }
            })
        .should()
        .onlyDependOnClassesThat()
        .resideOutsideOfPackages(
            "io.helidon..", "org.eclipse.microprofile..", "jakarta.ws..", "jakarta.inject..")
        .check(MAIN);
  }

  /** The build weaves into a row's own class that a change is noticed, and nowhere else. */
  @Test
  void row_isChangedByItselfOnly() {
    List<JavaFieldAccess> changes =
        MAIN.stream()
            .flatMap(type -> type.getFieldAccessesFromSelf().stream())
            .filter(access -> access.getAccessType() == JavaFieldAccess.AccessType.SET)
            .filter(access -> isRow(access.getTargetOwner()))
            .toList();
    assertThat(changes)
        .isNotEmpty()
        .allMatch(access -> access.getOriginOwner().equals(access.getTargetOwner()));
  }

  private static boolean isRow(JavaClass type) {
    return type.isAnnotatedWith("jakarta.persistence.Entity")
        || type.isAnnotatedWith("jakarta.persistence.Embeddable");
  }

  @Test
  void package_saysWhatLivesThere() {
    Set<String> described =
        SourceTree.main().stream()
            .filter(source -> source.name().equals("package-info.java"))
            .map(SourceTree.Source::folder)
            .collect(Collectors.toSet());
    assertThat(SourceTree.main()).extracting(SourceTree.Source::folder).isSubsetOf(described);
  }

  @Test
  void package_holdsFewTypes() {
    Map<String, Long> types =
        SourceTree.main().stream()
            .filter(source -> !source.name().equals("package-info.java"))
            .collect(Collectors.groupingBy(SourceTree.Source::folder, Collectors.counting()));
    assertThat(types)
        .allSatisfy(
            (folder, count) ->
                assertThat(count)
                    .isLessThanOrEqualTo(SEALED_FAMILIES.getOrDefault(folder, MOST_TYPES)));
  }

  @Test
  void names_nameTheThing() {
    List<String> wrong = new ArrayList<>();
    for (JavaClass type : MAIN) {
      if (NAMED_FOR_NOTHING.matcher(type.getSimpleName()).matches()) {
        wrong.add(type.getName());
      }
      for (String part : type.getPackageName().split("\\.", -1)) {
        if (PACKAGES_NAMED_FOR_NOTHING.contains(part)) {
          wrong.add(type.getName());
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  private static DescribedPredicate<JavaClass> residesIn(String stage) {
    Function<JavaClass, String> of = ArchitectureTest::stageOf;
    return new DescribedPredicate<>("are of " + stage) {
      @Override
      public boolean test(JavaClass type) {
        return stage.equals(of.apply(type));
      }
    };
  }

  /** The stage of one of our classes, null for any other class. */
  private static String stageOf(JavaClass type) {
    String name = type.getBaseComponentType().getPackageName();
    if (!name.startsWith(ROOT + ".")) {
      return null;
    }
    return name.substring(ROOT.length() + 1).split("\\.", 2)[0];
  }
}
