package org.cistern.camel.engine.write;

import java.time.InstantSource;
import java.util.List;
import org.cistern.camel.call.ClientCall;
import org.cistern.camel.call.Reply;
import org.cistern.http.HttpDate;

/**
 * What a reply may lack when it is about to be written: the word of {@code Cache-Status} on a
 * problem, and {@code Date}, which a recipient adds to what it passes on without one (RFC 9110
 * section 6.6.1).
 *
 * @param note what {@code Cache-Status} says
 * @param clock the time
 */
public record LastLines(StatusNote note, InstantSource clock) {

  private static final String DATE = "date";

  void on(ClientCall call, Reply reply) {
    note.on(call, reply);
    if (!isDated(reply)) {
      reply.edit(DATE, List.of(now()));
    }
  }

  /** Returns the value of Date for what is written now. */
  public String now() {
    return HttpDate.format(clock.instant());
  }

  /** A route that takes the date off has its reason. */
  private static boolean isDated(Reply reply) {
    return reply.lines().isDated()
        || reply.edits().stream().anyMatch(edit -> edit.name().equalsIgnoreCase(DATE));
  }
}
