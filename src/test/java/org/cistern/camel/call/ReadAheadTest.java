package org.cistern.camel.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.buffer.impl.BufferImpl;
import io.vertx.core.streams.ReadStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How a body that was read ahead is held. */
class ReadAheadTest {

  private static final int LONGEST = 100_000;

  private final Scripted source = new Scripted();
  private final ReadAhead ahead = new ReadAhead(source);
  private final List<Buffer> read = new ArrayList<>();
  private final List<ReadAhead.Outcome> outcomes = new ArrayList<>();
  private final List<Throwable> told = new ArrayList<>();

  @Test
  void aWholeOneIsHeldOnceForTheStepAndForTheReader() {
    gather();
    source.send("some", "x".repeat(5000), "more");
    source.end();
    read();

    assertThat(outcomes).containsExactly(ReadAhead.Outcome.WHOLE);
    assertThat(read).hasSize(1);
    assertThat(((BufferImpl) read.get(0)).byteBuf().array()).isSameAs(ahead.bytes());
    assertThat(text()).isEqualTo("some" + "x".repeat(5000) + "more");
  }

  @Test
  void anEmptyOneHasNoParts() {
    gather();
    source.end();
    read();

    assertThat(ahead.bytes()).isEmpty();
    assertThat(read).isEmpty();
  }

  @Test
  void oneThatIsTooLongComesInItsOrderAndMoreBehindIt() {
    gather();
    source.send("one", "x".repeat(LONGEST));
    read();
    source.send("two");

    assertThat(outcomes).containsExactly(ReadAhead.Outcome.TOO_LONG);
    assertThat(ahead.bytes()).isNull();
    assertThat(text()).isEqualTo("one" + "x".repeat(LONGEST) + "two");
  }

  @Test
  void manySmallPiecesAreHeldInFew() {
    gather();
    source.send("xy".repeat(LONGEST / 2).split(""));
    source.send("z");
    read();

    assertThat(text()).isEqualTo("xy".repeat(LONGEST / 2) + "z");
    assertThat(read).hasSizeLessThan(10);
  }

  @Test
  void aBreakBeforeTheReaderComesIsToldToTheReader() {
    ahead.gather(LONGEST + 1, LONGEST, bytes -> true, outcomes::add);
    source.breakOff(new IOException("cut"));
    ahead.exceptionHandler(told::add);
    read();

    assertThat(outcomes).containsExactly(ReadAhead.Outcome.TOO_LONG);
    assertThat(told).singleElement().isInstanceOf(IOException.class);
  }

  private void gather() {
    ahead.gather(-1, LONGEST, bytes -> true, outcomes::add);
  }

  private void read() {
    ahead.handler(read::add).resume();
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    read.forEach(text::append);
    return text.toString();
  }

  /** A body of which the test says what comes. */
  private static final class Scripted implements ReadStream<Buffer> {

    private Handler<Buffer> parts = part -> {};
    private Handler<Void> end = nothing -> {};
    private Handler<Throwable> broken = cause -> {};

    void send(String... sent) {
      for (String part : sent) {
        parts.handle(Buffer.buffer(part));
      }
    }

    void end() {
      end.handle(null);
    }

    void breakOff(Throwable cause) {
      broken.handle(cause);
    }

    @Override
    public ReadStream<Buffer> handler(@Nullable Handler<Buffer> handler) {
      parts = handler == null ? part -> {} : handler;
      return this;
    }

    @Override
    public ReadStream<Buffer> endHandler(@Nullable Handler<Void> handler) {
      end = handler == null ? nothing -> {} : handler;
      return this;
    }

    @Override
    public ReadStream<Buffer> exceptionHandler(@Nullable Handler<Throwable> handler) {
      broken = handler == null ? cause -> {} : handler;
      return this;
    }

    @Override
    public ReadStream<Buffer> pause() {
      return this;
    }

    @Override
    public ReadStream<Buffer> resume() {
      return this;
    }

    @Override
    public ReadStream<Buffer> fetch(long amount) {
      return this;
    }
  }
}
