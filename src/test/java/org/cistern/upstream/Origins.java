package org.cistern.upstream;

import org.cistern.fake.FakeUpstream;

/** Upstreams that more than one test asks, and what they say. */
final class Origins {

  static final String HELLO = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";

  /** The beginning of a response whose body goes on after it. */
  static final String BEGUN = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n123";

  private Origins() {}

  /** Starts one that answers the first request of a connection with these bytes, and no other. */
  static FakeUpstream answeringOnce(String bytes) {
    return FakeUpstream.playing(
        connection -> {
          connection.readHead();
          connection.write(bytes);
          connection.awaitClose();
        });
  }
}
