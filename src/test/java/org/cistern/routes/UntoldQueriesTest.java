package org.cistern.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.cistern.GatewayUnderTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A query may name a user or hold a key: the log of what went wrong has the path alone. */
class UntoldQueriesTest {

  @Test
  void aRouteThatFailsIsLoggedWithoutTheQueryOfItsRequest(@TempDir Path folder) {
    RouteFolder routes = RouteFolder.copyIn(folder);
    routes.before(
        "api",
        "match",
        "- throwException: {exceptionType: java.lang.IllegalStateException, message: no}\n");
    try (Log log = new Log("");
        GatewayUnderTest gateway = GatewayUnderTest.in(folder).routes(routes.path()).start()) {
      assertThat(gateway.get("/some/path?token=s3cret").statusCode()).isEqualTo(500);

      assertThat(log.text()).contains("/some/path").doesNotContain("s3cret");
    }
  }
}
