package org.cistern.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.cistern.fake.FakeConnection;
import org.cistern.fake.FakeUpstream;
import org.cistern.http.Headers;
import org.cistern.upstream.message.Outgoing;
import org.junit.jupiter.api.Test;

/** Heads that are written as bytes, between others that are not. */
class RequestHeadsTest {

  private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n";

  private final List<String> heads = new CopyOnWriteArrayList<>();

  /** Answers on and on; a body that is announced is read, and HEAD gets hints first. */
  private void answer(FakeConnection connection) throws IOException {
    for (String head = connection.readHead(); !head.isEmpty(); head = connection.readHead()) {
      heads.add(head);
      connection.read(head.contains("Content-Length: 4") ? 4 : 0);
      boolean bodiless = head.startsWith("HEAD");
      connection.write(bodiless ? "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" : "");
      connection.write(bodiless ? HEAD : HEAD + "hello");
    }
  }

  @Test
  void requestsOfEveryKindFollowOneAnotherOnOneConnection() {
    try (FakeUpstream origin = FakeUpstream.playing(this::answer);
        Asking asking = Asking.of(Asking.OPTIONS, origin.port())) {
      for (String method : List.of("POST", "GET", "HEAD", "DELETE", "HEAD", "PUT", "GET", "HEAD")) {
        boolean upload = method.startsWith("P");
        Outgoing plain = Outgoing.of(method, "/" + method, Headers.empty());
        Outgoing outgoing = upload ? plain.withBody(new Parts("abcd"), 4) : plain;

        assertThat(asking.ask(outgoing).body()).isEqualTo(method.equals("HEAD") ? "" : "hello");
        assertThat(heads.get(heads.size() - 1))
            .startsWith(method + " /" + method + " HTTP/1.1\r\n");
      }
      assertThat(origin.accepted()).isEqualTo(1);
    }
  }

  @Test
  void optionsOfTheWholeServerHaveNoPath() {
    try (FakeUpstream origin = FakeUpstream.playing(this::answer);
        Asking asking = new Asking(Asking.OPTIONS, "http://127.0.0.1:" + origin.port() + "/base")) {
      asking.ask(Outgoing.of("OPTIONS", "*", Headers.empty()));

      assertThat(heads.get(0)).startsWith("OPTIONS * HTTP/1.1\r\n");
    }
  }

  @Test
  void anotherInstanceIsAskedWithItsOwnHostAndPath() {
    try (FakeUpstream broken = FakeUpstream.playing(FakeConnection::readHead);
        FakeUpstream origin = FakeUpstream.playing(this::answer);
        Asking asking =
            new Asking(
                Asking.OPTIONS,
                "http://127.0.0.1:"
                    + broken.port()
                    + "/a,http://127.0.0.1:"
                    + origin.port()
                    + "/b")) {
      for (int i = 0; i < 4; i++) {
        assertThat(asking.ask(Asking.get("/x")).body()).isEqualTo("hello");
      }

      assertThat(broken.accepted()).isPositive();
      assertThat(heads)
          .hasSize(4)
          .containsOnly("GET /b/x HTTP/1.1\r\nHost: 127.0.0.1:" + origin.port() + "\r\n\r\n");
    }
  }

  @Test
  void trailersThatAreTakenAreListedAndAMissingBodyIsSaid() {
    try (FakeUpstream origin = FakeUpstream.playing(this::answer);
        Asking asking = Asking.of(Asking.OPTIONS, origin.port())) {
      asking.ask(Outgoing.of("POST", "/", Headers.of("TE", "trailers")));

      assertThat(heads.get(0))
          .endsWith("\r\nTE: trailers\r\nConnection: TE\r\nContent-Length: 0\r\n\r\n");
    }
  }

  @Test
  void aConnectionThatARouteAsksToCloseIsNotUsedAgain() {
    try (FakeUpstream origin = FakeUpstream.playing(this::answer);
        Asking asking = Asking.of(Asking.OPTIONS, origin.port())) {
      asking.ask(Outgoing.of("GET", "/", Headers.of("Connection", "close")));
      await().until(() -> origin.open() == 0);
      asking.ask(Asking.get("/"));

      assertThat(heads.get(0)).contains("\r\nConnection: close\r\n");
      assertThat(origin.accepted()).isEqualTo(2);
    }
  }
}
