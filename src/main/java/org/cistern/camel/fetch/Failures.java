package org.cistern.camel.fetch;

import java.util.List;
import org.cistern.camel.call.Refusals;
import org.cistern.camel.call.Reply;
import org.cistern.upstream.message.UpstreamFailure;

/**
 * What a client is told where no upstream answered and nothing could stand in: what kind of failure
 * it is, and nothing of the network behind.
 */
final class Failures {

  private Failures() {}

  static Reply reply(UpstreamFailure failure) {
    int status = failure.kind().status();
    Reply reply = Refusals.problem(status, title(status), failure.kind().sentence());
    if (status == 503) {
      reply.edit("retry-after", List.of(String.valueOf(Math.max(1, failure.retryAfter()))));
    }
    return reply;
  }

  private static String title(int status) {
    return switch (status) {
      case 408 -> "Request timed out";
      case 502 -> "Bad upstream";
      case 503 -> "Upstream unavailable";
      case 504 -> "Upstream timed out";
      default -> "Not answered";
    };
  }
}
