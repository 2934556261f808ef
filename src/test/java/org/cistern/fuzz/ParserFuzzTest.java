package org.cistern.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** The parsers under a fuzzer: what it found before, and what it makes up now. */
class ParserFuzzTest {

  private static final FuzzRun RUN =
      new FuzzRun(ParserFuzzer.class, "org.cistern.http.**:org.cistern.rule.**", "fuzz");

  @Test
  void whatIsInTheCorpusIsReadWithoutAnException() throws IOException {
    assertThat(RUN.corpus())
        .isNotEmpty()
        .allSatisfy(
            seed ->
                assertThatCode(() -> ParserFuzzer.fuzzerTestOneInput(Files.readAllBytes(seed)))
                    .as(seed.toString())
                    .doesNotThrowAnyException());
  }

  @Test
  void nothingThatTheFuzzerMakesUpEscapesFromAParserOrHangsIt() throws Exception {
    RUN.findsNothing();
  }
}
