package org.cistern.camel.guard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
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
        "- {a: [",
        ""
      })
  void whatHasItsPartsOrCannotBeReadIsNone(String text) {
    assertThat(HollowSteps.find(text)).isNull();
  }
}
