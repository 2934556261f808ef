package org.cistern.camel.service;

import io.vertx.core.buffer.Buffer;
import java.util.function.Consumer;
import org.cistern.camel.call.ClientCall;
import org.cistern.camel.call.TakenBody;
import org.cistern.loop.ByteBudget;

/**
 * Reads the bodies of requests that are keyed by them, up to a bound each and a bound together.
 * What is longer is left as it is, to be passed on.
 *
 * @param max how many bytes a body may have to be in a key
 * @param budget what all bodies that were read for a key may hold together
 */
public record KeyBodies(long max, ByteBudget budget) {

  /** Is told how it went, once, on the call's event loop. */
  public interface Reader {

    /** As much was read as may be. */
    void taken(TakenBody body);

    /** The client went away before all was there. */
    void broken();
  }

  /** Reads the body of a call, unless a step has collected it before. */
  public void read(ClientCall call, Reader reader) {
    byte[] known = call.bytes();
    long length = known == null ? call.length() : known.length;
    if (known == null && !call.hasBody()) {
      reader.taken(TakenBody.whole(Buffer.buffer(0)));
    } else if (length > max) {
      reader.taken(new TakenBody(Buffer.buffer(0), call.body(), length));
    } else if (known != null) {
      reader.taken(TakenBody.whole(Buffer.buffer(known)));
    } else {
      new Reading(call, length, reader).start();
    }
  }

  /** One body on its way in. What it holds is given back when the response is over. */
  private final class Reading {

    private final ClientCall call;
    private final long length;
    private final Reader reader;
    private final ByteBudget.Share held = budget.share();
    private final Buffer read = Buffer.buffer();
    private boolean over;

    private Reading(ClientCall call, long length, Reader reader) {
      this.call = call;
      this.length = length;
      this.reader = reader;
    }

    private void start() {
      if (call.response().closed()) {
        // Vert.x told of it before anybody listened, and does not tell again.
        end(Reader::broken);
        return;
      }
      call.response().endHandler(nothing -> held.end());
      call.request().exceptionHandler(cause -> end(Reader::broken));
      call.request().endHandler(nothing -> end(to -> to.taken(TakenBody.whole(read))));
      call.request().handler(this::part);
      call.goOn();
      call.request().resume();
    }

    private void part(Buffer part) {
      if (over) {
        return;
      }
      boolean more = read.length() + part.length() <= max && held.take(part.length());
      read.appendBuffer(part);
      if (!more) {
        call.request().pause();
        end(to -> to.taken(new TakenBody(read, call.request(), length)));
      }
    }

    private void end(Consumer<Reader> how) {
      if (!over) {
        over = true;
        how.accept(reader);
      }
    }
  }
}
