package org.cistern.routes;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.cistern.camel.settings.Setting;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** How the shipped routes are written, so that people and editors can work on them. */
class RouteRulesTest {

  private static final Path ROUTES = Path.of("routes");

  private static final Pattern KEBAB = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

  /** Numbers of HTTP are what they are; any other one is an operator's to change. */
  private static final Pattern NUMBER = Pattern.compile("\\d+");

  private static final Set<String> STEPS_OF_LANGUAGES = Set.of("simple", "constant", "jsonpath");

  private static final Pattern PLACEHOLDER =
      Pattern.compile("\\{\\{((?:cistern|cache|redis)\\..*?)}}");

  /** Tells whether the demonstration API runs; it follows from another setting. */
  private static final String MADE_AT_THE_START = "cistern.demonstration";

  private static final JsonSchema SCHEMA = schema();

  private static JsonSchema schema() {
    try (InputStream text = RouteRulesTest.class.getResourceAsStream("/schema/camelYamlDsl.json")) {
      return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V4)
          .getSchema(requireNonNull(text));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(ROUTES)) {
      return files.filter(file -> file.toString().endsWith(".camel.yaml")).sorted().toList();
    }
  }

  @TestFactory
  Stream<DynamicTest> everyFileKeepsTheRules() throws IOException {
    return files().stream()
        .map(
            file ->
                DynamicTest.dynamicTest(
                    file.toString(), () -> assertThat(problems(file)).isEmpty()));
  }

  @Test
  void idsAreUniqueAcrossFiles() throws IOException {
    Set<Object> seen = new HashSet<>();
    List<Object> twice = new ArrayList<>();
    for (Path file : files()) {
      each(
          load(file),
          map -> {
            Object id = map.get("id");
            if (id != null && !seen.add(id)) {
              twice.add(id);
            }
          });
    }
    assertThat(twice).isEmpty();
  }

  /**
   * A start refuses a setting that it does not know, so nobody could fill in such a placeholder.
   */
  @Test
  void aPlaceholderWithThePrefixOfOurSettingsIsASetting() throws IOException {
    List<String> unknown = new ArrayList<>();
    for (Path file : files()) {
      PLACEHOLDER
          .matcher(Files.readString(file))
          .results()
          .map(found -> found.group(1))
          .filter(key -> !MADE_AT_THE_START.equals(key) && Setting.of(key).isEmpty())
          .forEach(unknown::add);
    }
    assertThat(unknown).isEmpty();
  }

  private static List<String> problems(Path file) throws IOException {
    List<String> problems = new ArrayList<>(schemaProblems(file));
    List<?> items = (List<?>) load(file);
    if (items.size() != 1) {
      problems.add("holds " + items.size() + " items; one file is one route");
    }
    if (Files.readString(file).lines().anyMatch(line -> line.strip().startsWith("#"))) {
      problems.add("has a # comment, which editors delete; use description or note");
    }
    items.forEach(item -> itemProblems(file, (Map<?, ?>) item, problems));
    each(items, map -> stepProblems(map, problems));
    return problems;
  }

  private static List<String> schemaProblems(Path file) {
    JsonNode json = new ObjectMapper().valueToTree(load(file));
    return SCHEMA.validate(json).stream().map(Object::toString).toList();
  }

  private static void itemProblems(Path file, Map<?, ?> item, List<String> problems) {
    Object only = item.values().iterator().next();
    Object kind = item.keySet().iterator().next();
    if (!Set.of("route", "routeConfiguration").contains(kind)) {
      problems.add("starts with " + kind + " instead of route");
      return;
    }
    Map<?, ?> route = (Map<?, ?>) only;
    String name = requireNonNull(file.getFileName()).toString().replace(".camel.yaml", "");
    if (!name.equals(route.get("id"))) {
      problems.add("has route id " + route.get("id") + "; it is the file's name");
    }
    if (route.get("description") == null) {
      problems.add("the route has no description");
    }
    if (route.get("from") instanceof Map<?, ?> from) {
      fromProblems(from, problems);
    }
  }

  private static void fromProblems(Map<?, ?> from, List<String> problems) {
    if (from.get("id") == null) {
      problems.add("from has no id");
    }
    int steps = from.get("steps") instanceof List<?> list ? list.size() : 0;
    if (steps > 12) {
      problems.add("has " + steps + " steps in a row; make another direct: route of some");
    }
    int depth = depth(from.get("steps")) - 1;
    if (depth > 2) {
      problems.add("steps are " + depth + " levels deep; two are enough");
    }
  }

  /** Returns how many lists of steps stand in each other. */
  private static int depth(@Nullable Object node) {
    if (node instanceof Map<?, ?> map) {
      return map.entrySet().stream().mapToInt(e -> depth(e.getValue())).max().orElse(0);
    }
    if (node instanceof List<?> list) {
      boolean steps = list.stream().anyMatch(RouteRulesTest::isStep);
      int inside = list.stream().mapToInt(RouteRulesTest::depth).max().orElse(0);
      return steps ? inside + 1 : inside;
    }
    return 0;
  }

  private static boolean isStep(Object node) {
    return node instanceof Map<?, ?> map && map.size() == 1;
  }

  private static void stepProblems(Map<?, ?> map, List<String> problems) {
    if (map.get("id") instanceof String id && !KEBAB.matcher(id).matches()) {
      problems.add("id " + id + " is not in kebab-case");
    }
    if (map.get("uri") instanceof String uri && uri.contains("?")) {
      problems.add("uri " + uri + " has options; they belong under parameters");
    }
    if (map.get("parameters") instanceof Map<?, ?> options) {
      options.values().stream()
          .filter(value -> NUMBER.matcher(String.valueOf(value)).matches())
          .forEach(value -> problems.add("number " + value + " is not a {{placeholder}}"));
    }
    if (map.get("steps") instanceof List<?> steps) {
      steps.forEach(step -> namedProblem(step, problems));
    }
    STEPS_OF_LANGUAGES.stream()
        .filter(language -> map.get(language) instanceof String)
        .forEach(language -> problems.add(language + " in short form: " + map));
    if (map.get("delay") instanceof Map<?, ?> delay
        && NUMBER.matcher(delay.toString().replaceAll("[^0-9{}]", "")).matches()
        && !delay.toString().contains("{{")) {
      problems.add("a delay that is not a {{placeholder}}");
    }
  }

  private static void namedProblem(Object step, List<String> problems) {
    boolean named =
        step instanceof Map<?, ?> map
            && map.size() == 1
            && map.values().iterator().next() instanceof Map<?, ?> options
            && options.get("id") != null;
    if (!named) {
      problems.add("a step is not a map with an id: " + step);
    }
  }

  private static Object load(Path file) {
    try {
      return requireNonNull(
          new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file)));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void each(Object node, java.util.function.Consumer<Map<?, ?>> visitor) {
    if (node instanceof Map<?, ?> map) {
      visitor.accept(map);
      map.values().forEach(value -> each(value, visitor));
    } else if (node instanceof List<?> list) {
      list.forEach(value -> each(value, visitor));
    }
  }
}
