package org.cistern.camel.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Routes and steps without their parts. */
class HollowStepsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "- route: | line 1: the route has no 'from'",
        "- route: {} | line 1: the route has no 'from'",
        "- route: 5 | line 1: the route has no 'from'",
        "- rest: | line 1: there is nothing under 'rest'",
        "- from: {uri: 'timer:a', steps: [stop: ]} | line 1: there is nothing under 'stop'",
        "- from: {steps: [setBody: foo]} | line 1: setBody has a text; allowed are its parts",
        "- from: {steps: [choice: {when: [{steps: [stop: ]}]}]}"
            + " | line 1: there is nothing under 'stop'",
      })
  void theFirstIsFoundWithItsLine(String text, String sentence) {
    assertThat(HollowSteps.find(text)).isEqualTo(sentence);
  }

  @Test
  void theFirstIsThatOfTheSmallestLine() {
    String text =
        """
        - from:
            uri: timer:a
            steps:
              - filter:
                  simple: a
                  steps:
                    - stop:
              - setBody:
        - route:
        """;

    assertThat(HollowSteps.find(text)).startsWith("line 7: ");
  }

  @Test
  void theLineIsThatOfTheStep() {
    String text =
        """
        - route:
            from:
              uri: timer:a
              steps:
                - to: log:a
                - stop:
        """;

    assertThat(HollowSteps.find(text)).startsWith("line 6: ");
  }

  @Test
  void aFailureWithWordsOrFromElsewhereIsNotTheirs() {
    assertThat(HollowSteps.mayCause(new IllegalStateException("the port is taken"))).isFalse();
    assertThat(HollowSteps.mayCause(new NullPointerException())).isFalse();
    assertThat(HollowSteps.mayCause(new UnsupportedOperationException())).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "- route: {from: {uri: 'timer:a', steps: [{to: 'log:a'}, {stop: {}}]}}",
        "- beans: [{name: a, type: b, properties: {list: [{a: 1}]}}]",
        "- routeTemplate: {id: a, parameters: [{name: b}], from: {uri: 'timer:a', steps: []}}",
        "- rest: {get: [{path: /a, param: [{name: b}], responseMessage: [{message: OK}]}]}",
        "- from: {uri: 'timer:a', steps: [choice: {when: [{simple: a}]}, {rollback: }]}",
        "- interceptFrom: 'direct:*'",
        "{kind: Pipe, spec: {steps: [{uri: 'log:x'}]}}",
        "&a [{from: {uri: 'timer:a', steps: *a}}]",
        "- {a: [",
        ""
      })
  void whatHasItsPartsOrCannotBeReadIsNone(String text) {
    assertThat(HollowSteps.find(text)).isNull();
  }

  @TestFactory
  Stream<DynamicTest> aStepMayBeATextWhereTheSchemaOfCamelSaysSo() throws IOException {
    JsonObject definitions = schema().getJsonObject("items").getJsonObject("definitions");
    JsonObject steps =
        definitions
            .getJsonObject("org.apache.camel.model.ProcessorDefinition")
            .getJsonObject("properties");
    return steps.fieldNames().stream()
        .map(
            name ->
                DynamicTest.dynamicTest(
                    name,
                    () ->
                        assertThat(HollowSteps.find("- from: {steps: [" + name + ": a]}") == null)
                            .isEqualTo(takesText(steps.getJsonObject(name), definitions))));
  }

  private static boolean takesText(JsonObject step, JsonObject definitions) {
    String reference = step.getString("$ref");
    JsonObject definition =
        reference == null
            ? step
            : definitions.getJsonObject(reference.substring(reference.lastIndexOf('/') + 1));
    return definition.getJsonArray("oneOf", new JsonArray()).stream()
        .anyMatch(form -> "string".equals(((JsonObject) form).getString("type")));
  }

  private static JsonObject schema() throws IOException {
    try (InputStream file =
        HollowStepsTest.class.getResourceAsStream("/schema/camelYamlDsl.json")) {
      return new JsonObject(Buffer.buffer(file.readAllBytes()));
    }
  }
}
