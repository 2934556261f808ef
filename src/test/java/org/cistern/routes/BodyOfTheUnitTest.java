package org.cistern.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.support.SynchronizationAdapter;
import org.cistern.GatewayUnderTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A body that the end of the exchange's unit of work closes, as rows of a table and files are. */
class BodyOfTheUnitTest {

  private static final String SETS_BODY =
      "- bean: {beanType: '" + BodyOfTheUnitTest.class.getName() + "$Rows'}\n";

  @TempDir Path folder;

  private RecordingUpstream origin;
  private RouteFolder routes;

  @BeforeEach
  void open() {
    origin = RecordingUpstream.cacheable();
    routes = RouteFolder.copyIn(folder);
  }

  @AfterEach
  void close() {
    origin.close();
  }

  private void assertThatTheBodyComes() {
    try (GatewayUnderTest gateway =
        GatewayUnderTest.in(folder).routes(routes.path()).upstream(origin.url()).start()) {
      assertThat(gateway.get("/a").body()).isEqualTo("rows");
      assertThat(gateway.send("POST", "/a", "x").body()).isEqualTo("rows");
    }
  }

  @Test
  void isReadBeforeItIsClosedWhereTheFrontRouteHasSetIt() {
    routes.after("api", "respond", SETS_BODY);
    assertThatTheBodyComes();
  }

  @Test
  void isReadBeforeItIsClosedWhereTheUpstreamRouteHasSetIt() {
    routes.after("upstream", "stale", SETS_BODY);
    assertThatTheBodyComes();
  }

  /** Sets the body. */
  public static final class Rows {

    /** Is what Camel calls. */
    public void set(Exchange exchange) {
      Stream rows = new Stream();
      exchange.getMessage().setBody(rows);
      exchange
          .getExchangeExtension()
          .addOnCompletion(
              new SynchronizationAdapter() {
                @Override
                public void onDone(Exchange done) {
                  rows.closed.countDown();
                }
              });
    }
  }

  /** Whoever reads it leaves whoever closes it the time to do so. */
  private static final class Stream extends InputStream {

    private final CountDownLatch closed = new CountDownLatch(1);
    private int at;

    @Override
    public int read() throws IOException {
      try {
        if (at == 0 && closed.await(300, TimeUnit.MILLISECONDS)) {
          throw new IOException("closed");
        }
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
      return at < 4 ? "rows".charAt(at++) : -1;
    }
  }
}
