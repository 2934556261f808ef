package org.cistern;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.CanBeAnnotated.Predicates.annotatedWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.cistern.tier.Level;
import org.cistern.tier.memory.Attachment;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The law of the house: who may know whom. */
class ArchitectureTest {

  /** The rooms from the top of the house to its ground: each knows only those below it. */
  private static final List<String> ROOMS =
      List.of(
          "camel",
          "admin",
          "alert",
          "monitor",
          "warmup",
          "flight",
          "upstream",
          "loop",
          "cluster",
          "state",
          "tier",
          "purge",
          "freshness",
          "rule",
          "answer",
          "http");

  /** The rooms that know the JDK and other rooms, and nothing else. */
  private static final List<String> PLAIN =
      List.of("http", "answer", "rule", "freshness", "warmup", "alert");

  /**
   * The rooms behind the steps of the route, from the steps down; those after service are equals.
   */
  private static final List<String> STEP_ROOMS =
      List.of(
          "component", "fetch", "fetch.store", "fetch.ask", "service", "coding", "forward", "keep");

  /** Rooms with rooms inside: their storeys from the top; those of one storey are strangers. */
  private static final List<List<List<String>>> STOREYS =
      List.of(
          List.of(
              List.of("upstream"),
              List.of("upstream.exchange"),
              List.of("upstream.endpoint", "upstream.breaker", "upstream.wire"),
              List.of("upstream.message", "upstream.options")),
          List.of(List.of("rule.load"), List.of("rule.match"), List.of("rule")),
          List.of(
              List.of("http.forwarding"),
              List.of("http.uri", "http.directive"),
              List.of("http.structured", "http.range", "http.coding"),
              List.of("http")));

  private static final Set<Class<?>> CLOCKS =
      Set.of(
          Instant.class,
          LocalDate.class,
          LocalTime.class,
          LocalDateTime.class,
          OffsetDateTime.class,
          ZonedDateTime.class);

  private static final JavaClasses HOUSE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("org.cistern");

  private static String room(String name) {
    return "org.cistern." + name + "..";
  }

  @TestFactory
  Stream<DynamicTest> aRoomKnowsOnlyTheRoomsBelowIt() {
    return ROOMS.stream()
        .filter(room -> ROOMS.indexOf(room) > 0)
        .map(room -> DynamicTest.dynamicTest(room, () -> knowsNothingAbove(room)));
  }

  private static void knowsNothingAbove(String room) {
    String[] above =
        ROOMS.subList(0, ROOMS.indexOf(room)).stream()
            .map(ArchitectureTest::room)
            .toArray(String[]::new);
    check(
        noClasses()
            .that()
            .resideInAPackage(room(room))
            .should()
            .dependOnClassesThat(
                resideInAnyPackage(above).or(DescribedPredicate.equalTo(cistern()))));
  }

  private static JavaClass cistern() {
    return HOUSE.get(Cistern.class);
  }

  @Test
  void everyClassIsInARoomOrStartsTheHouse() {
    List<String> known = new ArrayList<>(ROOMS.stream().map(ArchitectureTest::room).toList());
    known.add("org.cistern");
    check(classes().should().resideInAnyPackage(known.toArray(String[]::new)));
  }

  @TestFactory
  Stream<DynamicTest> aPlainRoomKnowsTheJdkOnly() {
    return PLAIN.stream().map(room -> DynamicTest.dynamicTest(room, () -> knowsJdkOnly(room)));
  }

  /** A parser may stand in a loader, the room {@code rule.load} or a class named so. */
  private static void knowsJdkOnly(String room) {
    check(
        noClasses()
            .that()
            .resideInAPackage(room(room))
            .and()
            .resideOutsideOfPackage("..load..")
            .and()
            .haveSimpleNameNotEndingWith("Loader")
            .should()
            .dependOnClassesThat(
                DescribedPredicate.not(
                    resideInAnyPackage(
                        "java..", "javax.crypto..", "org.jspecify..", "org.cistern.."))));
  }

  @Test
  void onlyCamelAndTheStartKnowCamel() {
    only("org.apache.camel..", "org.cistern", "org.cistern.camel..");
  }

  @Test
  void onlyTheReaderOfRulesKnowsQuartz() {
    only("org.quartz..", "org.cistern.rule.load..");
  }

  @Test
  void onlyTheMemoryTierKnowsCaffeine() {
    only("com.github.benmanes.caffeine..", "org.cistern.tier.memory..");
  }

  @Test
  void onlyTheDiskTierAndStateKnowJdbc() {
    only("java.sql..", "org.cistern.tier.disk..", "org.cistern.state..");
    only("org.sqlite..", "org.cistern.tier.disk..", "org.cistern.state..");
  }

  @Test
  void onlyTheRedisTierAndTheClusterKnowTheRedisClient() {
    only("io.vertx.redis..", "org.cistern.tier.redis..", "org.cistern.cluster..");
  }

  @Test
  void onlyWhatTouchesTheWireKnowsVertx() {
    String[] wire = {
      "org.cistern.camel..",
      "org.cistern.flight..",
      "org.cistern.upstream..",
      "org.cistern.loop..",
      "org.cistern.cluster..",
      "org.cistern.tier.redis.."
    };
    only("io.vertx..", wire);
    only("io.netty..", wire);
  }

  private static void only(String library, String... rooms) {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages(rooms)
            .should()
            .dependOnClassesThat(resideInAPackage(library)));
  }

  @Test
  void nobodyReadsTheClockButThroughTheSourceThatIsPassedIn() {
    check(
        noClasses()
            .that()
            .doNotHaveFullyQualifiedName(Cistern.class.getName())
            .should()
            .accessTargetWhere(ofTarget("reads the clock", ArchitectureTest::readsClock))
            .orShould()
            .accessTargetWhere(ofTarget("reads the clock", ArchitectureTest::isDateOfNow)));
  }

  private static <T extends JavaAccess<?>> DescribedPredicate<T> ofTarget(
      String description, Predicate<AccessTarget> test) {
    return DescribedPredicate.describe(description, access -> test.test(access.getTarget()));
  }

  private static boolean readsClock(AccessTarget target) {
    JavaClass owner = target.getOwner();
    boolean now = target.getName().equals("now") && CLOCKS.stream().anyMatch(owner::isEquivalentTo);
    boolean system =
        target.getName().startsWith("system")
            && (owner.isEquivalentTo(Clock.class) || owner.isEquivalentTo(InstantSource.class));
    boolean millis =
        target.getName().equals("currentTimeMillis") && owner.isEquivalentTo(System.class);
    return now || system || millis;
  }

  private static boolean measuresTime(AccessTarget target) {
    return target.getName().equals("nanoTime") && target.getOwner().isEquivalentTo(System.class);
  }

  private static boolean isDateOfNow(AccessTarget target) {
    return target.getOwner().isEquivalentTo(Date.class)
        && target instanceof AccessTarget.CodeUnitAccessTarget made
        && made.getName().equals("<init>")
        && made.getRawParameterTypes().isEmpty();
  }

  /** Durations are measured where requests come in and go out; below, ticks are passed in. */
  @Test
  void durationsAreMeasuredAtTheFrontOnly() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages(
                "org.cistern.camel", "org.cistern.camel.engine..", "org.cistern.camel.guard..")
            .should()
            .accessTargetWhere(ofTarget("measures time", ArchitectureTest::measuresTime)));
  }

  @Test
  void theRouteIsTheOnlyWayFromTheSocketToATier() {
    check(
        noClasses()
            .that()
            .resideInAPackage("org.cistern.camel.engine..")
            .should()
            .dependOnClassesThat(
                resideInAnyPackage("org.cistern.tier..", "org.cistern.flight..")
                    .or(resideInAnyPackage(stepRooms()))));
  }

  /** What writes, watches and logs serves the front door, and knows neither it nor each other. */
  @Test
  void theRoomsOfTheEngineAreStrangers() {
    for (String own : engineRooms()) {
      check(
          noClasses()
              .that()
              .resideInAPackage(own)
              .should()
              .dependOnClassesThat(
                  resideInAPackage("org.cistern.camel.engine..")
                      .and(DescribedPredicate.not(resideInAPackage(own)))));
    }
  }

  private static Set<String> engineRooms() {
    return HOUSE.stream()
        .map(JavaClass::getPackageName)
        .filter(name -> name.startsWith("org.cistern.camel.engine."))
        .collect(Collectors.toSet());
  }

  @Test
  void onlyTheEngineWritesToClients() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage("org.cistern.camel.engine..")
            .should()
            .dependOnClassesThat(
                resideInAnyPackage(
                    "org.cistern.camel.engine.write", "org.cistern.camel.engine.idle")));
  }

  /** Steps know what fetches, and that knows what all share; below, the rooms are strangers. */
  @Test
  void theRoomsOfTheStepsImportDownwards() {
    for (String room : STEP_ROOMS) {
      check(
          noClasses()
              .that()
              .resideInAPackage("org.cistern.camel." + room)
              .should()
              .dependOnClassesThat(resideInAnyPackage(notBelow(room))));
    }
  }

  private static String[] notBelow(String room) {
    int at = STEP_ROOMS.indexOf(room);
    int top = STEP_ROOMS.indexOf("service");
    return STEP_ROOMS.stream()
        .filter(other -> !other.equals(room))
        .filter(other -> at > top || STEP_ROOMS.indexOf(other) < at)
        .map(other -> "org.cistern.camel." + other)
        .toArray(String[]::new);
  }

  private static String[] stepRooms() {
    return STEP_ROOMS.stream().map(room -> "org.cistern.camel." + room).toArray(String[]::new);
  }

  @TestFactory
  Stream<DynamicTest> aRoomInsideARoomKnowsOnlyTheStoreysBelowIt() {
    return STOREYS.stream()
        .flatMap(
            house ->
                IntStream.range(0, house.size())
                    .boxed()
                    .flatMap(at -> house.get(at).stream().map(room -> inside(house, at, room))));
  }

  private static DynamicTest inside(List<List<String>> house, int storey, String room) {
    Set<String> known =
        house.stream().skip(storey + 1).flatMap(List::stream).collect(Collectors.toSet());
    String[] strange =
        house.stream()
            .flatMap(List::stream)
            .filter(other -> !other.equals(room) && !known.contains(other))
            .map(other -> "org.cistern." + other)
            .toArray(String[]::new);
    return DynamicTest.dynamicTest(
        room,
        () ->
            check(
                noClasses()
                    .that()
                    .resideInAPackage("org.cistern." + room)
                    .should()
                    .dependOnClassesThat(resideInAnyPackage(strange))));
  }

  @Test
  void noRoomsKnowEachOtherInACircle() {
    check(slices().matching("org.cistern.(**)").should().beFreeOfCycles());
  }

  @Test
  void everyRoomInsideARoomHasItsStorey() {
    Set<String> named =
        STOREYS.stream()
            .flatMap(List::stream)
            .flatMap(List::stream)
            .map(room -> "org.cistern." + room)
            .collect(Collectors.toSet());
    assertThat(HOUSE.stream().map(JavaClass::getPackageName))
        .filteredOn(name -> name.matches("org\\.cistern\\.(upstream|rule|http)\\b.*"))
        .isSubsetOf(named);
    assertThat(HOUSE.stream().map(JavaClass::getPackageName))
        .filteredOn(name -> name.startsWith("org.cistern.camel.fetch"))
        .isSubsetOf(stepRooms());
  }

  /** What a call carries may speak of a tier, but not ask one. */
  @Test
  void aCallAsksNoTier() {
    check(
        noClasses()
            .that()
            .resideInAPackage("org.cistern.camel.call..")
            .should()
            .dependOnClassesThat(
                resideInAnyPackage(
                        "org.cistern.tier..", "org.cistern.flight..", "org.cistern.camel.engine..")
                    .or(resideInAnyPackage(stepRooms()))
                    .and(DescribedPredicate.not(equivalentTo(Level.class)))
                    .and(DescribedPredicate.not(equivalentTo(Attachment.class)))));
  }

  @Test
  void onlyTheEngineListens() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage("org.cistern.camel.engine..")
            .should()
            .accessTargetWhere(
                ofTarget(
                    "makes a server",
                    target ->
                        target.getName().equals("createHttpServer")
                            || target.getName().equals("createNetServer"))));
  }

  @Test
  void noFieldIsPublicAndMutable() {
    check(fields().that().arePublic().should().beFinal().allowEmptyShould(true));
  }

  @Test
  void onlyTheWiringKnowsTheLogOfTheJdk() {
    only("java.util.logging..", "org.cistern", "org.cistern.camel");
  }

  /** The access log may be set to {@code stdout}; everything else is told through the log. */
  @Test
  void onlyTheStartAndTheAccessLogWriteToTheConsole() {
    check(
        noClasses()
            .that()
            .doNotHaveFullyQualifiedName(Cistern.class.getName())
            .and()
            .doNotHaveFullyQualifiedName("org.cistern.camel.engine.log.AccessLog")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err"));
  }

  @Test
  void nullsAreMarkedInEveryPackage() {
    Set<String> marked =
        HOUSE.stream()
            .filter(JavaClass::isInterface)
            .filter(type -> type.getSimpleName().equals("package-info"))
            .filter(annotatedWith("org.jspecify.annotations.NullMarked"))
            .map(JavaClass::getPackageName)
            .collect(Collectors.toSet());
    assertThat(HOUSE.stream().map(JavaClass::getPackageName).distinct()).isSubsetOf(marked);
  }

  private static void check(ArchRule rule) {
    rule.allowEmptyShould(true).check(HOUSE);
  }
}
