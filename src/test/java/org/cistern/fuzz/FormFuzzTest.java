package org.cistern.fuzz;

import org.junit.jupiter.api.Test;

/** The reader of forms under a fuzzer, which begins with the inputs that are kept. */
class FormFuzzTest {

  private static final FuzzRun RUN =
      new FuzzRun(
          FormFuzzer.class,
          "org.cistern.camel.engine.body.**:io.netty.handler.codec.http.multipart.**",
          "fuzz-forms");

  @Test
  void everyFormIsAnsweredAndLeavesNoFile() throws Exception {
    RUN.findsNothing();
  }
}
